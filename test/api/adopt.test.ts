import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Yaml } from 'cdk8s';
import { CsiDriver, Distribution, KubernetesVersion, NfsCsiDriver, NfsServer, NfsStorage, NfsStorageClassOptions, Platform, ReclaimPolicy, SecretReference, StorageClass } from '../../src';
import { deleteAndWait, kubectl, refusal } from '../kubectl';
import { objects } from '../support';

// What docs/adopt/nfs.md says of the API server, beside an install that has the names and fields of chart csi-driver-nfs 4.13.4.

jest.setTimeout(180_000);

const THERE = 'adopt-there';
const ACCOUNT = { name: 'csi-nfs-controller-sa', namespace: THERE };
const PARAMETERS = { server: 'nfs.example.com', share: '/exports' };

let directory: string;

function file(name: string, manifests: readonly object[]): string {
  const path = join(directory, `${name}.yaml`);
  writeFileSync(path, Yaml.stringify(...manifests));
  return path;
}

/** A workload that has in common with the chart's what the API server compares: name and selector. */
function workload(kind: string, name: string): object {
  const labels = { app: name };
  const spec = { serviceAccountName: 'csi-nfs-controller-sa', containers: [{ name: 'nfs', image: 'registry.k8s.io/sig-storage/nfsplugin:v4.13.4' }] };
  return { apiVersion: 'apps/v1', kind, metadata: { name, namespace: THERE }, spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } } };
}

/** What is there already. */
function installed(volumeLifecycleModes = ['Persistent']): object[] {
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: THERE } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'mount-options', namespace: THERE }, stringData: { mountOptions: 'nfsvers=4.1' } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: ACCOUNT },
    { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: 'nfs.csi.k8s.io' }, spec: { attachRequired: false, volumeLifecycleModes, fsGroupPolicy: 'File' } },
    {
      apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'nfs-csi' }, provisioner: 'nfs.csi.k8s.io',
      parameters: { ...PARAMETERS, 'csi.storage.k8s.io/provisioner-secret-name': 'mount-options', 'csi.storage.k8s.io/provisioner-secret-namespace': THERE },
      reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate', allowVolumeExpansion: true, mountOptions: ['nfsvers=4.1'],
    },
    workload('Deployment', 'csi-nfs-controller'),
    workload('DaemonSet', 'csi-nfs-node'),
  ];
}

function app(build: (chart: Chart) => unknown): object[] {
  const root = new App();
  Platform.set(root, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });
  const chart = new Chart(root, 'adopt');
  build(chart);
  return objects(chart);
}

/** Ours beside the driver that is there. */
const beside = (name: string, options?: NfsStorageClassOptions) => app(chart => new NfsStorage(chart, 'Nfs', {
  server: NfsServer.external({ host: PARAMETERS.server, share: PARAMETERS.share }),
  driver: NfsCsiDriver.existing({ version: 'v4.13.4', controllerServiceAccount: ACCOUNT }),
}).addStorageClass(name, options));

/** Ours instead, with the class that is there taken over as it is. */
const instead = () => app(chart => new StorageClass(chart, 'Class', {
  name: 'nfs-csi',
  driver: new NfsCsiDriver(chart, 'Driver'),
  parameters: PARAMETERS,
  secrets: { provisioner: SecretReference.fromName('mount-options', THERE) },
  reclaimPolicy: ReclaimPolicy.DELETE,
  expansion: true,
  mountOptions: ['nfsvers=4.1'],
}));

const apply = (name: string, manifests: readonly object[]) => kubectl('apply', '--validate=strict', '-f', file(name, manifests));

const uids = () => kubectl('get', 'csidriver/nfs.csi.k8s.io', 'storageclass/nfs-csi', '-o', 'jsonpath={.items[*].metadata.uid}');
const mayRead = (secret: string, account: string) => !refusal(() => kubectl('auth', 'can-i', 'get', `secrets/${secret}`, '-n', THERE, '--as', `system:serviceaccount:${account}`));
const remove = (...manifests: readonly object[]) => deleteAndWait('-f', file('remove', manifests));

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'cdk8s-storage-adopt-'));
  const drivers = kubectl('get', 'csidrivers,storageclasses', '-o', 'name');
  if (drivers !== '') {
    throw new Error(`this test wants an API server without drivers and classes, but there are:\n${drivers}`);
  }
});

afterEach(() => remove(...instead(), ...beside('nfs-beside'), ...installed()));

afterAll(() => rmSync(directory, { recursive: true }));

describe('beside the driver that is there', () => {
  test('classes are added, and nothing of the driver is changed', () => {
    apply('there', installed());
    const before = uids();
    const ours = beside('nfs-beside');
    apply('beside', ours);
    expect(kubectl('diff', '-f', file('beside', ours))).toBe('');
    expect(uids()).toBe(before);
    expect(mayRead('nfs-mount-options-nfs.example.com', `${THERE}:csi-nfs-controller-sa`)).toBe(true);
    expect(mayRead('mount-options', `${THERE}:csi-nfs-controller-sa`)).toBe(false); // a ClusterRole of the chart reads it
  });

  test('a class of a name that is there is refused', () => {
    apply('there', installed());
    expect(refusal(() => apply('beside', beside('nfs-csi'))))
      .toMatch(/The StorageClass "nfs-csi" is invalid: parameters: (Forbidden: updates to parameters are forbidden|Invalid value: .*: field is immutable)/); // the latter since 1.36 or 1.37
  });
});

describe('instead of the driver that is there', () => {
  test('the API server does not notice that two drivers would run', () => {
    apply('there', installed());
    expect(refusal(() => apply('instead', instead()))).toBe('');
    expect(kubectl('get', 'deployments', '-A', '-o', 'jsonpath={.items[?(@.metadata.name=="csi-nfs-controller")].metadata.namespace}')).toBe(`${THERE} csi-nfs`);
  });

  test('in the namespace of the other, its workloads cannot become ours', () => {
    apply('there', installed());
    const message = refusal(() => apply('same', app(chart => new NfsCsiDriver(chart, 'Driver', { namespace: THERE, createNamespace: false }))));
    for (const [kind, name] of [['Deployment', 'csi-nfs-controller'], ['DaemonSet', 'csi-nfs-node']]) {
      expect(message).toMatch(new RegExp(`${kind}.apps "${name}" is invalid: spec.selector: .*: field is immutable`));
    }
  });

  test('a CSIDriver with inline volumes cannot lose them', () => {
    apply('there', installed(['Persistent', 'Ephemeral']));
    expect(refusal(() => apply('instead', instead()))).toMatch(/The CSIDriver "nfs.csi.k8s.io" is invalid: spec.volumeLifecycleModes: .*: field is immutable/);
    expect(refusal(() => apply('inline', app(chart => new NfsCsiDriver(chart, 'Driver', { inlineVolumes: true }))))).toBe('');
  });

  test('after its workloads are gone, driver and class stay the same objects, and the account reads the Secret of the class', () => {
    apply('there', installed());
    const before = uids();
    kubectl('-n', THERE, 'delete', 'deployment/csi-nfs-controller', 'daemonset/csi-nfs-node', 'serviceaccount/csi-nfs-controller-sa');
    const ours = instead();
    apply('instead', ours);
    expect(kubectl('diff', '-f', file('instead', ours))).toBe('');
    expect(uids()).toBe(before);
    expect(mayRead('mount-options', 'csi-nfs:csi-nfs-controller')).toBe(true);
    expect(mayRead('another', 'csi-nfs:csi-nfs-controller')).toBe(false);
  });

  test('removing one install removes the CSIDriver of both', () => {
    apply('there', installed());
    apply('instead', instead());
    remove(...installed());
    expect(refusal(() => kubectl('get', 'csidriver', 'nfs.csi.k8s.io'))).toContain('not found');
  });
});

test('a driver may also be named without its facts', () => {
  apply('there', installed());
  const driver = CsiDriver.fromDriverName('nfs.csi.k8s.io', { controllerServiceAccount: ACCOUNT });
  expect(refusal(() => apply('beside', app(chart => new NfsStorage(chart, 'Nfs', { server: NfsServer.external({ host: PARAMETERS.server, share: PARAMETERS.share }), driver }).addStorageClass('nfs-beside'))))).toBe('');
});
