import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { apps, EXAMPLES } from '../examples/examples';
import { canI, deleteAndWait, eventually, kubectl, run } from '../kubectl';

// Applies each example with the commands that its README prints, to an empty API server, for real.

jest.setTimeout(420_000);

/** The commands in the sh blocks of a README. */
function commands(readme: string): string[] {
  return [...readFileSync(readme, 'utf8').matchAll(/^```sh\n(.*?)^```/gms)].flatMap(block => block[1].trim().split('\n'));
}

const folders = readdirSync(EXAMPLES).filter(folder => existsSync(join(EXAMPLES, folder, 'README.md'))).sort();

function outputs(folder: string): string[] {
  return apps(folder).map(app => join(EXAMPLES, app, 'dist'));
}

function remove(folder: string): void {
  // Later apps need earlier ones, so the last goes first.
  outputs(folder).reverse().filter(existsSync).forEach(dist => deleteAndWait('-f', dist));
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

describe.each(folders)('%s', folder => {
  afterAll(() => remove(folder));

  test('is accepted by the commands of its README', () => {
    for (const command of commands(join(EXAMPLES, folder, 'README.md'))) {
      run('bash', ['-euc', command], { cwd: join(EXAMPLES, folder) });
    }
    for (const dist of outputs(folder)) {
      const wanted = readdirSync(dist).map(file => readFileSync(join(dist, file), 'utf8').split(/^---$/m).length).reduce((sum, count) => sum + count);
      expect(kubectl('get', '-f', dist, '-o', 'name').trim().split('\n')).toHaveLength(wanted);
    }
  });

  test('shows no change when it is applied again', () => {
    outputs(folder).forEach(dist => expect(kubectl('diff', '-f', dist)).toBe(''));
  });
});

describe('what the control plane makes of the examples', () => {
  afterAll(() => folders.forEach(remove));

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
