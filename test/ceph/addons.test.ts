import { Chart, Duration, Size } from 'cdk8s';
import {
  CephCluster, CephCredentials, CephFsCsiDriver, CephKms, CephRbdCsiDriver, CephRbdCsiDriverProps, CephRbdStorage, CsiAddonsController, CsiAddonsSchedulePrecedence, Distribution,
  GitOpsTool, KeyRotationSchedule, MirroringFlattenMode, NodeCount, PersistentVolumeClaim, ReclaimSpaceSchedule, ReplicationState, Schedule, SnapshotController, VolumeReplication,
} from '../../src';
import { all, code, codes, containerOf, objects, one, testApp, uncheckedCodes, yaml } from '../support';

const CLUSTER = CephCluster.external({ clusterId: 'ceph', monitors: ['10.0.0.1:6789'] });
const CREDENTIALS = CephCredentials.fromSecrets({
  provisioner: { name: 'provisioner', namespace: 'ceph', userId: 'provisioner' }, node: { name: 'node', namespace: 'ceph', userId: 'node' },
});
const NIGHTLY = Schedule.daily({ hour: 2, minute: 30 });

function chartWith(platform = {}): Chart {
  const app = testApp(platform);
  SnapshotController.existing(app, { changedBlocks: true });
  return new Chart(app, 'chart', { namespace: 'web' });
}

function storage(chart: Chart, props: CephRbdCsiDriverProps = {}): CephRbdStorage {
  const driver = new CephRbdCsiDriver(chart, 'Driver', { csiAddons: true, ...props });
  return new CephRbdStorage(chart, 'Rbd', { driver, cluster: CLUSTER, credentials: CREDENTIALS, pool: 'kubernetes' });
}

/** What roles of a name let do, as `group/resource: verbs`. */
const rules = (chart: Chart, kind: string, name: string) => one(chart, kind, name).rules
  .map((rule: any) => `${rule.apiGroups[0]}/${rule.resources[0]}${rule.resourceNames ? `[${rule.resourceNames}]` : ''}: ${rule.verbs.join(' ')}`);

describe('the controller', () => {
  test('is as it is written', () => {
    const chart = chartWith();
    new CsiAddonsController(chart, 'Addons');
    expect(yaml(chart).replace(/^apiVersion: apiextensions[^]*?(?=^apiVersion: v1)/m, '')).toMatchSnapshot();
    expect(all(chart, 'CustomResourceDefinition').map(({ metadata }) => metadata.name)).toHaveLength(12);
    expect(codes(chart)).toEqual([]);
  });

  test('deletes nothing but its own jobs, and reads no Secret: sidecars read them', () => {
    const chart = chartWith();
    new CsiAddonsController(chart, 'Addons');
    const granted = rules(chart, 'ClusterRole', 'csi-addons-controller-manager') as string[];
    expect(granted.filter(rule => /secrets|finalizers/.test(rule))).toEqual([]);
    expect(granted.filter(rule => rule.includes('delete')).map(rule => rule.split(':')[0])).toEqual([
      'csiaddonsnodes', 'encryptionkeyrotationcronjobs', 'encryptionkeyrotationjobs', 'reclaimspacecronjobs', 'reclaimspacejobs',
    ].map(resource => `csiaddons.openshift.io/${resource}`).concat(['volumegroupreplicationcontents', 'volumereplications'].map(resource => `replication.storage.openshift.io/${resource}`)));
    expect(rules(chart, 'Role', 'csi-addons-controller-manager')).toEqual(['/configmaps[csi-addons-config]: get', 'coordination.k8s.io/leases: get create update']);
  });

  test('may block the deletion of owners where OpenShift asks for that', () => {
    const chart = chartWith({ distribution: Distribution.OPENSHIFT });
    new CsiAddonsController(chart, 'Addons');
    expect(rules(chart, 'ClusterRole', 'csi-addons-controller-manager')).toEqual(expect.arrayContaining(['/persistentvolumeclaims/finalizers: update', 'csiaddons.openshift.io/reclaimspacecronjobs/finalizers: update']));
    expect(one(chart, 'Deployment').spec.template.spec.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  });

  test('is told by flags, which restart it, and has no second copy on a single node', () => {
    const chart = chartWith({ nodes: NodeCount.SINGLE });
    new CsiAddonsController(chart, 'Addons', {
      schedulePrecedence: CsiAddonsSchedulePrecedence.CLAIM, reclaimSpaceTimeout: Duration.minutes(10), maxConcurrentReconciles: 5, imageRegistry: 'mirror.example.com', imagePullSecrets: ['pull'], createNamespace: false,
      installCrds: false, namespace: 'addons',
    });
    expect(containerOf(one(chart, 'Deployment'), 'manager')).toMatchObject({
      image: 'mirror.example.com/csiaddons/k8s-controller:v0.14.0',
      args: expect.arrayContaining(['--schedule-precedence=pvc', '--reclaim-space-timeout=600s', '--max-concurrent-reconciles=5']),
    });
    expect(objects(chart).map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}`)).toEqual([
      'ServiceAccount addons', 'ClusterRole ', 'ClusterRoleBinding ', 'Role addons', 'RoleBinding addons', 'Deployment addons',
    ]);
  });
});

describe('the sidecar', () => {
  test('is in both pods, and adds exactly what it asks for', () => {
    const [without, having] = [false, true].map(csiAddons => {
      const chart = chartWith();
      CsiAddonsController.existing(chart);
      storage(chart, { csiAddons });
      return chart;
    });
    const added = (kind: string, name: string) => {
      const before = all(without, kind).some(object => object.metadata.name === name) ? rules(without, kind, name) : [];
      return rules(having, kind, name).filter((rule: string) => !before.includes(rule));
    };
    const everywhere = ['authentication.k8s.io/tokenreviews: create', 'csiaddons.openshift.io/csiaddonsnodes: get watch create update'];
    expect(added('ClusterRole', 'rbd.csi.ceph.com-node')).toEqual(['/persistentvolumes: get', everywhere[0]]);
    expect(added('Role', 'ceph-csi-rbd-node')).toEqual(['/pods: get', everywhere[1]]);
    expect(added('ClusterRole', 'rbd.csi.ceph.com-controller')).toEqual([everywhere[0]]); // volumes it gets anyway, for clones
    expect(added('Role', 'ceph-csi-rbd-controller')).toEqual(['/pods: get', 'apps/replicasets: get', everywhere[1]]);
    for (const kind of ['Deployment', 'DaemonSet']) {
      const workload = one(having, kind);
      expect(containerOf(workload, 'ceph-csi-rbd').args).toContain('--csi-addons-endpoint=unix:///csi/csi-addons.sock');
      expect(containerOf(workload, 'csi-addons')).toMatchSnapshot(kind);
      expect(containerOf(one(without, kind), 'csi-addons')).toBeUndefined();
    }
  });

  test('reads the Secret of the nodes, once, whatever the number of storages', () => {
    const chart = chartWith();
    CsiAddonsController.existing(chart);
    const { driver } = storage(chart);
    new CephRbdStorage(chart, 'Second', { driver, cluster: CLUSTER, credentials: CREDENTIALS, pool: 'other' });
    expect(rules(chart, 'Role', 'csi-addons.rbd.csi.ceph.com-node')).toEqual(['/secrets[node]: get']);
    expect(one(chart, 'RoleBinding', 'csi-addons.rbd.csi.ceph.com-node').subjects.map(({ name }: any) => name)).toEqual(['ceph-csi-rbd-controller', 'ceph-csi-rbd-node']);
  });

  test('has ports on the nodes that are its own, and gives way to nobody', () => {
    const chart = chartWith();
    CsiAddonsController.existing(chart);
    new CephRbdCsiDriver(chart, 'Rbd', { csiAddons: true });
    new CephFsCsiDriver(chart, 'Fs', { csiAddons: true });
    new CephRbdCsiDriver(chart, 'Second', { csiAddons: true, driverName: 'second.rbd.csi.ceph.com' });
    expect(all(chart, 'DaemonSet').map(set => containerOf(set, 'csi-addons').ports[0].containerPort)).toEqual([29666, 29667, expect.any(Number)]);
    const third = (props: CephRbdCsiDriverProps) => code(() => new CephRbdCsiDriver(chart, 'Third', { csiAddons: true, driverName: 'third.rbd.csi.ceph.com', ...props }));
    expect(third({ csiAddonsPort: 29662 })).toBe('CSI004');
    expect(code(() => new CephRbdCsiDriver(chartWith(), 'Driver', { csiAddons: true, csiAddonsPort: 9808 }))).toBe('CSI004');
    expect(code(() => new CephRbdCsiDriver(chartWith(), 'Driver', { csiAddons: true, controller: { hostNetwork: true } }))).toBe('CSI004');
  });

  test('is reached through the policy that closes the controller', () => {
    const chart = chartWith();
    new CephRbdCsiDriver(chart, 'Rbd', { csiAddons: true, networkPolicy: true });
    CsiAddonsController.existing(chart, { namespace: 'addons' });
    expect(one(chart, 'NetworkPolicy', 'ceph-csi-rbd-csi-addons').spec.ingress).toEqual([
      { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'addons' } } }], ports: [{ protocol: 'TCP', port: 29666 }] },
    ]);
  });
});

test('csi-omap-generator is the driver again, with its configuration and keys in memory', () => {
  const chart = chartWith();
  new CephRbdCsiDriver(chart, 'Rbd', { omapGenerator: true, clusterName: 'east', instanceId: 'a', image: 'registry.example.com/cephcsi:v3.17.1' });
  expect(containerOf(one(chart, 'Deployment'), 'csi-omap-generator')).toMatchSnapshot();
  expect(rules(chart, 'ClusterRole', 'rbd.csi.ceph.com-controller')).toContain('/secrets: list watch');
  expect(codes(chart)).toEqual(['CEPH190']);
});

test('cluster mappings are what ceph-csi reads, in both directions', () => {
  const chart = chartWith();
  new CephRbdCsiDriver(chart, 'Rbd', { clusterMappings: [{ clusterId: 'west', peerClusterId: 'east', rbdPools: { 2: '3' } }] });
  expect(JSON.parse(one(chart, 'ConfigMap', 'ceph-csi-rbd-config').data['cluster-mapping.json'])).toEqual([
    { clusterIDMapping: { west: 'east' }, RBDPoolIDMapping: [{ 2: '3' }], CephFSFscIDMapping: [] },
  ]);
});

test('changed blocks are one option', () => {
  const chart = chartWith();
  new CephRbdCsiDriver(chart, 'Rbd', { snapshots: true, changedBlocks: { tlsSecretName: 'tls', caCertificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----' } });
  expect(one(chart, 'SnapshotMetadataService').spec.address).toBe('ceph-csi-rbd-snapshot-metadata.ceph-csi-rbd:6443');
  expect(containerOf(one(chart, 'Deployment'), 'csi-snapshot-metadata')).toBeDefined();
  expect(codes(chart)).toEqual([]);
  expect(code(() => new CephRbdCsiDriver(chartWith(), 'Rbd', { changedBlocks: { tlsSecretName: 'tls', caCertificate: '' } }))).toBeDefined();
});

describe('schedules', () => {
  const claimOf = (chart: Chart, rbd: CephRbdStorage, options = {}) => new PersistentVolumeClaim(chart, 'Data', { name: 'data', storageClass: rbd.addStorageClass('fast', options), size: Size.gibibytes(1) });

  test('of a claim take the place of that of its class, and the controller leaves them alone', () => {
    const chart = chartWith();
    new CsiAddonsController(chart, 'Addons');
    const claim = claimOf(chart, storage(chart), { reclaimSpace: Schedule.weekly({ day: 0, hour: 3 }) });
    new ReclaimSpaceSchedule(chart, 'Reclaim', { claim, schedule: Schedule.daily({ hour: 2, timeZone: 'Asia/Shanghai' }), timeout: Duration.minutes(10), backoffLimit: 2, suspend: true });
    expect(one(chart, 'StorageClass').metadata.annotations).toEqual({ 'reclaimspace.csiaddons.openshift.io/schedule': '0 3 * * 0' });
    expect(one(chart, 'ReclaimSpaceCronJob')).toMatchSnapshot();
    expect(codes(chart)).toEqual([]);
  });

  test('of keys are for devices whose keys are kept by volume', () => {
    const chart = chartWith();
    new CsiAddonsController(chart, 'Addons');
    const kms = CephKms.secretMetadata({ id: 'keys', secretName: 'keys', secretNamespace: 'ceph' });
    const claim = claimOf(chart, storage(chart, { kms: [kms] }), { encryption: { kms }, keyRotation: Schedule.monthly({ hour: 3 }) });
    new KeyRotationSchedule(chart, 'Keys', { claim, schedule: NIGHTLY });
    expect(one(chart, 'StorageClass').metadata.annotations).toEqual({ 'keyrotation.csiaddons.openshift.io/schedule': '0 3 1 * *' });
    expect(one(chart, 'EncryptionKeyRotationCronJob').metadata).toMatchObject({ name: 'data-keyrotation', namespace: 'web', annotations: { 'csiaddons.openshift.io/state': 'unmanaged' } });
    expect(codes(chart)).toEqual([]);
  });

  test('of a class and of its claim are both done by a controller that heeds claims first', () => {
    const chart = chartWith();
    new CsiAddonsController(chart, 'Addons', { schedulePrecedence: CsiAddonsSchedulePrecedence.CLAIM });
    new ReclaimSpaceSchedule(chart, 'Reclaim', { claim: claimOf(chart, storage(chart), { reclaimSpace: NIGHTLY }), schedule: NIGHTLY });
    expect(codes(chart)).toEqual(['CEPH177', 'CEPH178']);
  });

  test('of a claim of which nothing is known are listed as unchecked', () => {
    const chart = chartWith();
    CsiAddonsController.existing(chart);
    new KeyRotationSchedule(chart, 'Keys', { claim: PersistentVolumeClaim.fromClaimName('data'), schedule: NIGHTLY });
    expect(uncheckedCodes(chart)).toEqual(['CEPH172', 'CEPH173', 'CEPH180']);
  });
});

describe('mirroring', () => {
  test('is written as csi-addons takes it, and outlives a pruning: without the object it ends', () => {
    const chart = chartWith({ gitOps: GitOpsTool.ARGO_CD });
    new CsiAddonsController(chart, 'Addons');
    const rbd = storage(chart);
    const claim = new PersistentVolumeClaim(chart, 'Data', { name: 'data', storageClass: rbd.addStorageClass('fast'), size: Size.gibibytes(1) });
    const replicationClass = rbd.addReplicationClass('mirror', { schedulingInterval: Duration.hours(48), schedulingStartTime: '14:00:00-05:00', flattenMode: MirroringFlattenMode.FORCE });
    new VolumeReplication(chart, 'Replication', { claim, replicationClass, state: ReplicationState.PRIMARY });
    expect(one(chart, 'VolumeReplicationClass').spec).toEqual({
      provisioner: 'rbd.csi.ceph.com',
      parameters: {
        'schedulingInterval': '48h', // the controller, which looks half as often, does not know days
        'schedulingStartTime': '14:00:00-05:00',
        'flattenMode': 'force',
        'replication.storage.openshift.io/replication-secret-name': 'provisioner',
        'replication.storage.openshift.io/replication-secret-namespace': 'ceph',
      },
    });
    expect(one(chart, 'VolumeReplication')).toMatchSnapshot();
    expect(codes(chart)).toEqual([]);
  });

  test('the volume on the second side has what its records are written from', () => {
    const chart = chartWith();
    CsiAddonsController.existing(chart);
    const rbd = storage(chart, { omapGenerator: true, clusterMappings: [{ clusterId: 'ceph', peerClusterId: 'east', rbdPools: { 2: '2' } }] });
    const volume = rbd.addMirroredVolume('data', {
      volumeHandle: '0001-0004-east-0000000000000002-b0285c97-a0ce-11eb-8c66-0242ac110002', imageName: 'csi-vol-b0285c97-a0ce-11eb-8c66-0242ac110002', capacity: Size.gibibytes(1), attributes: { volumeNamePrefix: 'csi-vol-' },
    });
    new PersistentVolumeClaim(chart, 'Data', { name: 'data', volume });
    expect(one(chart, 'PersistentVolume').spec).toMatchSnapshot();
    expect(codes(chart)).toEqual(['CEPH190']);
  });

  test('a fence class is read by both sidecars, and its user gets the cap', () => {
    const chart = chartWith();
    CsiAddonsController.existing(chart);
    const rbd = storage(chart);
    rbd.addNetworkFenceClass('fence');
    expect(one(chart, 'NetworkFenceClass').spec.parameters).toEqual({
      'clusterID': 'ceph', 'csiaddons.openshift.io/networkfence-secret-name': 'provisioner', 'csiaddons.openshift.io/networkfence-secret-namespace': 'ceph',
    });
    expect(one(chart, 'RoleBinding', 'networkfenceclass-fence').subjects.map(({ name }: any) => name)).toEqual(['ceph-csi-rbd-controller', 'ceph-csi-rbd-node']);
    expect(CREDENTIALS.authCommands().join('\n')).toContain('osd blocklist');
  });
});
