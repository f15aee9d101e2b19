import { ChildProcess, spawn } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { describeOperator, NODE, signIn, writeKubeconfig } from './operator-process';
import { synthesizeSample } from '../docs/app';
import { read, ROOT, samples } from '../docs/markdown';
import { apply, deleteAndWait, eventually, kubectl, run } from '../kubectl';

// docs/own-operator.md, with what this machine has in place of docker: the program runs beside the API server, under the account of the manifests.

const PAGE = 'docs/own-operator.md';
const NS = 'own-operator';

jest.setTimeout(300_000);

const blocks = (language: string) => [...read(PAGE).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block]) => block);
const disk = (size: string) => JSON.stringify({ apiVersion: 'example.com/v1', kind: 'Disk', metadata: { name: 'notes', namespace: NS }, spec: { size, storageClassName: 'own-operator' } });
const field = (object: string, path: string) => kubectl('-n', NS, 'get', object, '-o', `jsonpath={${path}}`);

let folder: string;
let operator: ChildProcess;
let log = '';

describeOperator('the operator of the page', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'own-operator-'));
    mkdirSync(join(folder, 'program'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'program', 'node_modules'));
    writeFileSync(join(folder, 'program', 'operator.mjs'), blocks('js')[0]);
    synthesizeSample(samples(PAGE)[0], join(folder, 'manifests'));
  });

  afterAll(() => {
    operator?.kill();
    deleteAndWait('-f', join(folder, 'manifests', 'dist'));
    deleteAndWait('namespace', NS);
    deleteAndWait('storageclass,pv', 'own-operator');
    rmSync(folder, { recursive: true });
  });

  test('its manifests are accepted, the definition first', () => {
    const [, , , commands] = blocks('console');
    // All but what makes them, and the rollout, which takes a node.
    const applied = commands.split('\n').filter(line => /^kubectl (apply|wait)/.test(line));
    expect(applied).toHaveLength(3);
    run('bash', ['-euc', applied.join('\n')], { cwd: join(folder, 'manifests') });
  });

  test('it makes a claim of a disk, under the account that it was given', async () => {
    const { server, token } = signIn('disk-operator', 'disk-operator');
    const kubeconfig = writeKubeconfig(join(folder, 'kubeconfig'), server, token);
    operator = spawn(NODE, [join(folder, 'program', 'operator.mjs')], { env: { KUBECONFIG: kubeconfig }, stdio: ['ignore', 'pipe', 'pipe'] });
    [operator.stdout!, operator.stderr!].forEach(stream => stream.on('data', data => { log += data; }));
    // A class that nobody serves, and a volume that is there: Kubernetes itself binds the two.
    apply([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NS } },
      { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'own-operator' }, provisioner: 'kubernetes.io/no-provisioner', allowVolumeExpansion: true },
      {
        apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'own-operator' },
        spec: { storageClassName: 'own-operator', capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/nowhere' } },
      },
    ]);
    run('kubectl', ['apply', '-f', '-'], { input: disk('1Gi') });
    await eventually('the disk is bound', () => field('disk/notes', '.status.phase') === 'Bound').catch(error => { throw new Error(`${error.message}\n${log}`); });
    expect(field('disk/notes', '.status.capacity')).toBe('1Gi');
    expect(field('disk/notes', '.status.observedGeneration')).toBe('1');
    expect((await fetch('http://127.0.0.1:8081/readyz')).status).toBe(200);
  });

  test('the claim follows a larger size, and not a smaller one', async () => {
    run('kubectl', ['apply', '-f', '-'], { input: disk('2Gi') });
    await eventually('the claim asks for more', () => field('pvc/notes', '.spec.resources.requests.storage') === '2Gi');
    run('kubectl', ['apply', '-f', '-'], { input: disk('1Gi') });
    await eventually('the log says why not', () => /notes: .*can not be less than/.test(log));
    expect(field('pvc/notes', '.spec.resources.requests.storage')).toBe('2Gi');
  });

  test('a class cannot be changed, and what is no size is refused', () => {
    expect(() => kubectl('-n', NS, 'patch', 'disk', 'notes', '--type=merge', '-p', '{"spec":{"storageClassName":"other"}}')).toThrow(/a claim keeps its class/);
    expect(() => kubectl('-n', NS, 'patch', 'disk', 'notes', '--type=merge', '-p', '{"spec":{"size":"much"}}')).toThrow(/spec.size/);
  });

  test('the claim goes with its disk, and nothing was forbidden', async () => {
    kubectl('-n', NS, 'delete', 'disk', 'notes');
    await eventually('the claim is gone', () => kubectl('-n', NS, 'get', 'pvc', '-o', 'name') === '', 120);
    expect(log).not.toContain('forbidden');
  });
});
