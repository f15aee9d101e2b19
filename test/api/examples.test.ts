import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { apps, EXAMPLES } from '../examples/examples';
import { canI, deleteAndWait, eventually, kubectl, run } from '../kubectl';

// Applies each example with the commands that its README prints, to an empty API server, for real.

jest.setTimeout(420_000);

/** The sh blocks of a README, each with the cluster that it is for, where an app writes several: ```sh east. */
const blocks = (folder: string) => [...readFileSync(join(EXAMPLES, folder, 'README.md'), 'utf8').matchAll(/^```sh ?(\w*)\n(.*?)^```/gms)].map(([, cluster, text]) => ({ cluster, text }));

/** The commands for a cluster, and those for any. */
const commands = (folder: string, cluster: string) => blocks(folder).filter(block => ['', cluster].includes(block.cluster)).flatMap(({ text }) => text.trim().split('\n'));

const folders = readdirSync(EXAMPLES).filter(folder => existsSync(join(EXAMPLES, folder, 'README.md'))).sort();
const clusters = folders.flatMap(folder => {
  const named = [...new Set(blocks(folder).map(({ cluster }) => cluster).filter(cluster => cluster !== ''))];
  return (named.length > 0 ? named : ['']).map(cluster => [folder, cluster] as const);
});

/** What is written for a cluster; of several each has its name in front of its files. */
function outputs(folder: string, cluster = ''): string[] {
  const dists = apps(folder).map(app => join(EXAMPLES, app, 'dist'));
  return cluster === '' ? dists : dists.filter(existsSync).flatMap(dist => readdirSync(dist).filter(file => file.startsWith(`${cluster}-`)).map(file => join(dist, file)));
}

const files = (output: string) => (output.endsWith('.yaml') ? [output] : readdirSync(output).map(file => join(output, file)));

function remove(folder: string, cluster: string): void {
  // Later apps need earlier ones, so the last goes first.
  outputs(folder, cluster).reverse().filter(existsSync).forEach(output => deleteAndWait('-f', output));
}

/** The examples' alerts are for clusters with the prometheus-operator. */
const PROMETHEUS = join(__dirname, 'crds', 'prometheus-operator-v0.93.0.json');

beforeAll(() => {
  const drivers = kubectl('get', 'csidrivers,storageclasses', '-o', 'name');
  if (drivers !== '') {
    throw new Error(`this test wants an API server without drivers and classes, but there are:\n${drivers}`);
  }
  kubectl('apply', '-f', PROMETHEUS);
  kubectl('wait', '--for', 'condition=established', '--timeout=60s', '-f', PROMETHEUS);
});

afterAll(() => deleteAndWait('-f', PROMETHEUS));

describe.each(clusters)('%s %s', (folder, cluster) => {
  afterAll(() => remove(folder, cluster));

  test('is accepted by the commands of its README', () => {
    for (const command of commands(folder, cluster)) {
      run('bash', ['-euc', command], { cwd: join(EXAMPLES, folder) });
    }
    for (const output of outputs(folder, cluster)) {
      const wanted = files(output).map(file => readFileSync(file, 'utf8').split(/^---$/m).length).reduce((sum, count) => sum + count);
      expect(kubectl('get', '-f', output, '-o', 'name').trim().split('\n')).toHaveLength(wanted);
    }
  });

  test('shows no change when it is applied again', () => {
    outputs(folder, cluster).forEach(output => expect(kubectl('diff', '-f', output)).toBe(''));
  });
});

describe('what the control plane makes of the examples', () => {
  afterAll(() => clusters.forEach(([folder, cluster]) => remove(folder, cluster)));

  test('the claim of a static volume is bound to it, a dynamic one waits for our driver', async () => {
    outputs('gitops-split').forEach(dist => {
      kubectl('apply', '-f', dist);
      if (dist.includes('driver')) {
        kubectl('wait', '--for', 'condition=established', '--timeout=60s', 'crd/volumesnapshotclasses.snapshot.storage.k8s.io');
      }
    });
    const phase = (claim: string) => kubectl('-n', 'build', 'get', 'pvc', claim, '-o', 'jsonpath={.status.phase}');
    await eventually('handbook is bound', () => phase('handbook') === 'Bound');
    expect(kubectl('get', 'pv', 'handbook', '-o', 'jsonpath={.spec.claimRef.namespace}/{.spec.claimRef.name}')).toBe('build/handbook');
    await eventually('the claim waits for nfs.csi.k8s.io', () => kubectl('-n', 'build', 'get', 'events', '-o', 'jsonpath={.items[*].message}').includes("'nfs.csi.k8s.io'"));
    expect(phase('cache')).toBe('Pending');
  });

  test.each([
    ['get', 'secrets/nfs-mount-options-nfs.example.com', 'csi-nfs', 'yes'],
    ['get', 'secrets/another', 'csi-nfs', 'no'],
    ['list', 'secrets', 'csi-nfs', 'no'],
    ['get', 'secrets', 'kube-system', 'no'],
    ['create', 'leases.coordination.k8s.io', 'csi-nfs', 'yes'],
    ['create', 'leases.coordination.k8s.io', 'kube-system', 'no'],
    ['create', 'persistentvolumes', 'default', 'yes'],
    ['patch', 'volumesnapshotcontents.snapshot.storage.k8s.io', 'default', 'yes'],
    ['update', 'volumesnapshotcontents.snapshot.storage.k8s.io', 'default', 'no'],
    ['update', 'volumesnapshotcontents.snapshot.storage.k8s.io --subresource=status', 'default', 'yes'],
    ['list', 'pods', 'default', 'no'],
    ['list', 'nodes', 'default', 'no'],
  ])('the controller may %s %s in %s: %s', (verb, resource, namespace, answer) => {
    expect(canI('csi-nfs:csi-nfs-controller', verb, resource, namespace)).toBe(answer);
  });
});
