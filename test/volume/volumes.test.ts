import { Chart, Size } from 'cdk8s';
import {
  AccessMode, CsiDriver, GitOpsTool, HostPathType, NodeCount, PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimProps, PersistentVolumeProps, PersistentVolumeSource,
  ReclaimPolicy, SecretReference, StaticStorageClass, StorageClass, VolumeMode,
} from '../../src';
import { code, codes, nfs, objects, one, testChart, thrown, uncheckedCodes, yaml } from '../support';

const GIBIBYTE = Size.gibibytes(1);
const { fromStorageClassName } = StorageClass;
const NFS = PersistentVolumeSource.nfs({ server: 'nfs.example.com', path: '/old' });

function volume(chart: Chart, props: Partial<PersistentVolumeProps> = {}) {
  return new PersistentVolume(chart, 'Volume', { name: 'archive', capacity: GIBIBYTE, source: NFS, ...props });
}

function claim(chart: Chart, props: Partial<PersistentVolumeClaimProps>) {
  return new PersistentVolumeClaim(chart, 'Claim', { name: 'data', ...props });
}

const web = () => testChart({}, { namespace: 'web' });

describe('PersistentVolume', () => {
  test('is retained unless said otherwise: the data was there before', () => {
    const chart = web();
    volume(chart);
    expect(one(chart, 'PersistentVolume').spec).toEqual({
      accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, nfs: { server: 'nfs.example.com', path: '/old' }, persistentVolumeReclaimPolicy: 'Retain',
    });
  });

  test('of a CSI driver and its claim, as they are written', () => {
    const chart = web();
    const archive = volume(chart, {
      source: PersistentVolumeSource.csi({
        driver: CsiDriver.fromDriverName('csi.example.com'), volumeHandle: 'vol-1', volumeAttributes: { pool: 'ssd' }, fsType: 'xfs',
      }),
      accessModes: [AccessMode.READ_WRITE_ONCE_POD],
      volumeMode: VolumeMode.FILESYSTEM,
      reclaimPolicy: ReclaimPolicy.DELETE,
      storageClass: fromStorageClassName('fast'),
      mountOptions: ['noatime'],
    });
    claim(chart, { volume: archive });
    expect(yaml(chart)).toMatchSnapshot();
  });

  test('mounted by the node itself is read-only where it says so', () => {
    const chart = web();
    volume(chart, { source: PersistentVolumeSource.nfs({ server: 'nfs.example.com', path: '/old', readOnly: true }) });
    expect(one(chart, 'PersistentVolume').spec.nfs).toEqual({ server: 'nfs.example.com', path: '/old', readOnly: true });
  });
});

describe('what holds data', () => {
  test('is kept from pruning by the declared GitOps tool: the claim and the volume, but not the class', () => {
    const chart = testChart({ gitOps: GitOpsTool.ARGO_CD }, { namespace: 'web' });
    claim(chart, { volume: volume(chart, { storageClass: new StaticStorageClass(chart, 'Class', { name: 'local' }) }) });
    const prune = (kind: string) => one(chart, kind).metadata.annotations?.['argocd.argoproj.io/sync-options'];
    expect([prune('PersistentVolumeClaim'), prune('PersistentVolume'), prune('StorageClass')]).toEqual([expect.stringContaining('Prune=false'), expect.stringContaining('Prune=false'), undefined]);
  });
});

test('the access modes of a volume are its own, whatever becomes of the list that it was given', () => {
  const accessModes = [AccessMode.READ_WRITE_ONCE];
  const archive = volume(web(), { accessModes });
  accessModes.push(AccessMode.READ_WRITE_MANY);
  expect(archive.accessModes).toEqual(['ReadWriteOnce']);
});

test('a class without a provisioner is known not to enlarge or create volumes', () => {
  expect(new StaticStorageClass(web(), 'Class', { name: 'local' })).toMatchObject({ expansion: false, provisions: false, volumeBindingMode: 'WaitForFirstConsumer' });
});

test('a label of a node that no node can have is refused', () => {
  const source = PersistentVolumeSource.local({ path: '/mnt' });
  expect(code(() => volume(web(), { source, nodeAffinity: { 'kubernetes.io/hostname': ['node 1'] } }))).toBe('MAN003');
});

test('a volume that somebody else makes may be a device, whatever the driver of its class can do', () => {
  const storageClass = fromStorageClassName('local', { provisions: false, driver: CsiDriver.fromDriverName('csi.example.com', { capabilities: {} }) });
  expect(code(() => claim(web(), { storageClass, size: GIBIBYTE, volumeMode: VolumeMode.BLOCK }))).toBeUndefined();
});

describe('a claim on a volume', () => {
  test('takes from it what it does not say, and reserves it', () => {
    const chart = web();
    claim(chart, { volume: volume(chart, { accessModes: [AccessMode.READ_WRITE_MANY], storageClass: fromStorageClassName('old') }) });
    expect(one(chart, 'PersistentVolumeClaim').spec).toEqual({
      accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'old', volumeName: 'archive',
    });
    expect(one(chart, 'PersistentVolume').spec.claimRef).toEqual({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'data', namespace: 'web' });
  });

  test('without a class names the empty one, or the default class would make a new volume', () => {
    const chart = web();
    claim(chart, { volume: volume(chart) });
    expect(one(chart, 'PersistentVolumeClaim').spec.storageClassName).toBe('');
  });

  test('on a device is one for a device', () => {
    const chart = web();
    const source = PersistentVolumeSource.csi({ driver: CsiDriver.fromDriverName('csi.example.com'), volumeHandle: 'vol-1' });
    claim(chart, { volume: volume(chart, { volumeMode: VolumeMode.BLOCK, source }) });
    expect(one(chart, 'PersistentVolumeClaim').spec.volumeMode).toBe('Block');
  });

  test('may ask for less, and for the same in another unit', () => {
    for (const size of [Size.mebibytes(500), Size.mebibytes(1024), Size.kibibytes(1024 * 1024)]) {
      const chart = web();
      claim(chart, { size, volume: volume(chart) });
      expect(codes(chart)).toEqual([]);
    }
  });

  test('is one, also where the namespace is that of whoever applies the manifests', () => {
    const chart = testChart();
    const archive = nfs(chart).addStaticVolume('archive', { capacity: GIBIBYTE });
    claim(chart, { volume: archive });
    expect(code(() => new PersistentVolumeClaim(chart, 'Second', { name: 'second', volume: archive })) ?? codes(chart)[0]).toBe('VOL011');
  });

  test('in another chart reserves it for its own namespace', () => {
    const chart = web();
    const archive = volume(chart);
    claim(new Chart(chart.node.root as any, 'shop', { namespace: 'shop' }), { volume: archive });
    expect(one(chart, 'PersistentVolume').spec.claimRef.namespace).toBe('shop');
  });
});

describe('a claim on a class', () => {
  test('says who may mount it, how much it asks for, and of which class', () => {
    const chart = web();
    claim(chart, { storageClass: fromStorageClassName('fast'), size: GIBIBYTE });
    expect(one(chart, 'PersistentVolumeClaim')).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'web' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'fast' },
    });
  });

  test('knows its namespace, given or that of its chart', () => {
    const storageClass = fromStorageClassName('fast');
    expect(claim(web(), { storageClass, size: GIBIBYTE }).namespace).toBe('web');
    expect(claim(web(), { storageClass, size: GIBIBYTE, namespace: 'shop' }).namespace).toBe('shop');
    expect(claim(testChart(), { storageClass, size: GIBIBYTE }).namespace).toBeUndefined();
  });

  test('has the name that it was given, wherever it stands', () => {
    const chart = web();
    claim(new Chart(chart, 'deeper', { namespace: 'web' }), { storageClass: fromStorageClassName('fast'), size: GIBIBYTE });
    expect(one(chart, 'PersistentVolumeClaim').metadata.name).toBe('data');
  });
});

test('a reference to a claim carries what it was told', () => {
  const driver = CsiDriver.fromDriverName('csi.example.com');
  const storageClass = fromStorageClassName('fast', { driver });
  expect(PersistentVolumeClaim.fromClaimName('data')).toEqual({ claimName: 'data', dataSourceKind: 'PersistentVolumeClaim', dataSourceName: 'data' });
  expect(PersistentVolumeClaim.fromClaimName('data', { namespace: 'web', storageClass, size: GIBIBYTE, volumeMode: VolumeMode.BLOCK })).toEqual({
    claimName: 'data',
    dataSourceKind: 'PersistentVolumeClaim',
    dataSourceName: 'data',
    dataSourceDriver: driver,
    dataSourceSize: GIBIBYTE,
    dataSourceVolumeMode: 'Block',
    namespace: 'web',
    storageClass,
  });
});

describe('a volume of a node', () => {
  const specOf = (chart: Chart) => one(chart, 'PersistentVolume').spec;

  test('is a local disk of the nodes that have all the labels', () => {
    const chart = web();
    const storageClass = new StaticStorageClass(chart, 'Class', { name: 'local' });
    volume(chart, {
      source: PersistentVolumeSource.local({ path: '/dev/sdb', fsType: 'xfs' }), nodeAffinity: { 'kubernetes.io/hostname': ['node-1', 'node-2'], 'example.com/rack': ['a'] }, storageClass,
    });
    expect(specOf(chart).local).toEqual({ path: '/dev/sdb', fsType: 'xfs' });
    expect(specOf(chart).nodeAffinity).toEqual({
      required: {
        nodeSelectorTerms: [{
          matchExpressions: [
            { key: 'kubernetes.io/hostname', operator: 'In', values: ['node-1', 'node-2'] }, { key: 'example.com/rack', operator: 'In', values: ['a'] },
          ],
        }],
      },
    });
    expect(one(chart, 'StorageClass')).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'local' },
      provisioner: 'kubernetes.io/no-provisioner',
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
    });
    expect([codes(chart), uncheckedCodes(chart)]).toEqual([[], []]);
  });

  test('is a directory, of a type if one is given', () => {
    const chart = testChart({ nodes: NodeCount.SINGLE });
    volume(chart, { source: PersistentVolumeSource.hostPath({ path: '/srv', type: HostPathType.DIRECTORY_OR_CREATE }) });
    expect(specOf(chart).hostPath).toEqual({ path: '/srv', type: 'DirectoryOrCreate' });
    expect(specOf(chart).nodeAffinity).toBeUndefined();
  });

  test('of a class that says nothing of binding is warned of: it binds at once', () => {
    const chart = web();
    const storageClass = new StorageClass(chart, 'Class', { name: 'fast', driver: CsiDriver.fromDriverName('csi.example.com') });
    volume(chart, { source: PersistentVolumeSource.local({ path: '/mnt' }), nodeAffinity: { 'kubernetes.io/hostname': ['node-1'] }, storageClass });
    expect(codes(chart)).toEqual(['VOL028']);
  });

  test('of a class whose binding is not declared is listed', () => {
    const chart = web();
    volume(chart, { source: PersistentVolumeSource.local({ path: '/mnt' }), nodeAffinity: { 'kubernetes.io/hostname': ['node-1'] }, storageClass: fromStorageClassName('local') });
    expect(uncheckedCodes(chart)).toEqual(['VOL028']);
  });
});

describe('a CSI volume', () => {
  const SECRETS = {
    controllerExpand: SecretReference.fromName('expand', 'vault'),
    controllerPublish: SecretReference.fromName('publish', 'vault'),
    nodeStage: SecretReference.fromName('stage', 'vault'),
    nodePublish: SecretReference.fromName('mount', 'vault'),
    nodeExpand: SecretReference.fromName('grow', 'vault'),
  };
  const driver = CsiDriver.fromDriverName('csi.example.com', { controllerServiceAccount: { name: 'controller', namespace: 'csi' }, capabilities: { attach: true } });

  test('names its Secrets, and grants the controller those that it reads, no others', () => {
    const chart = web();
    volume(chart, { source: PersistentVolumeSource.csi({ driver, volumeHandle: 'one', secrets: SECRETS }) });
    expect(one(chart, 'PersistentVolume').spec.csi).toEqual({
      driver: 'csi.example.com',
      volumeHandle: 'one',
      controllerExpandSecretRef: { name: 'expand', namespace: 'vault' },
      controllerPublishSecretRef: { name: 'publish', namespace: 'vault' },
      nodeStageSecretRef: { name: 'stage', namespace: 'vault' },
      nodePublishSecretRef: { name: 'mount', namespace: 'vault' },
      nodeExpandSecretRef: { name: 'grow', namespace: 'vault' },
    });
    expect(one(chart, 'Role')).toMatchObject({
      metadata: { name: 'persistentvolume-archive-secrets', namespace: 'vault' },
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['publish', 'expand'], verbs: ['get'] }],
    });
    expect(one(chart, 'RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: 'controller', namespace: 'csi' }]);
  });

  test('whose Secrets only the kubelet reads grants nothing', () => {
    const chart = web();
    volume(chart, { source: PersistentVolumeSource.csi({ driver, volumeHandle: 'one', secrets: { nodeStage: SECRETS.nodeStage } }) });
    expect(objects(chart).map(object => object.kind)).toEqual(['PersistentVolume']);
  });

  test.each([['${pvc.name}', 'VOL005'], ['$x', 'VOL005'], ['A b', 'MAN001']])('takes no Secret %s: there is no claim that could fill it in', (name, expected) => {
    const secrets = { nodeStage: SecretReference.fromTemplate(name, 'vault') };
    expect(code(() => volume(web(), { source: PersistentVolumeSource.csi({ driver, volumeHandle: 'one', secrets }) }))).toBe(expected);
  });

  test('is read-only where the driver attaches, and listed where that is not known', () => {
    const chart = web();
    volume(chart, { source: PersistentVolumeSource.csi({ driver, volumeHandle: 'one', readOnly: true }) });
    expect(one(chart, 'PersistentVolume').spec.csi.readOnly).toBe(true);
    expect(uncheckedCodes(chart)).toEqual([]);
    const unknown = web();
    volume(unknown, { source: PersistentVolumeSource.csi({ driver: CsiDriver.fromDriverName('csi.example.com'), volumeHandle: 'one', readOnly: true }) });
    expect(uncheckedCodes(unknown)).toEqual(['VOL007']);
  });

  test.each([
    ['source', () => volume(web(), { source: undefined as any })],
    ['driver', () => volume(web(), { source: PersistentVolumeSource.csi({ driver: undefined as any, volumeHandle: 'one' }) })],
    ['volumeHandle', () => volume(web(), { source: PersistentVolumeSource.csi({ driver, volumeHandle: undefined as any }) })],
    ['path', () => volume(web(), { source: PersistentVolumeSource.local({ path: undefined as any }), nodeAffinity: { a: ['b'] } })],
    ['values of a label', () => volume(web(), { source: PersistentVolumeSource.local({ path: '/mnt' }), nodeAffinity: { a: undefined as any } })],
    ['server', () => volume(web(), { source: PersistentVolumeSource.nfs({ server: undefined as any, path: '/' }) })],
  ])('without %s is VOL005', (_, build) => {
    expect(thrown(build)).toMatchObject({ code: 'VOL005', message: expect.not.stringContaining('undefined') });
  });
});

test('a short name of an NFS server is taken where every node resolves it, and is no field of the volume', () => {
  const chart = web();
  volume(chart, { source: PersistentVolumeSource.nfs({ server: 'nas', path: '/old', nodesResolve: true }) });
  expect(one(chart, 'PersistentVolume').spec.nfs).toEqual({ server: 'nas', path: '/old' });
});

test('a claim chooses among volumes that exist by their labels', () => {
  const chart = web();
  claim(chart, { storageClass: new StaticStorageClass(chart, 'Class', { name: 'local' }), size: GIBIBYTE, selector: { disk: 'ssd' } });
  expect(one(chart, 'PersistentVolumeClaim').spec.selector).toEqual({ matchLabels: { disk: 'ssd' } });
});

test('what is not known of a device is listed', () => {
  const chart = web();
  claim(chart, { storageClass: fromStorageClassName('fast'), size: GIBIBYTE, volumeMode: VolumeMode.BLOCK });
  expect(uncheckedCodes(chart)).toEqual(['VOL022']);
});
