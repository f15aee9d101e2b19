import { Chart, Duration } from 'cdk8s';
import { cephChart, CLUSTER, rbd, cephFs } from './ceph';
import { CephCluster, CephCredentials, CephFsCsiDriver, CephRbdCsiDriver, CephRbdCsiDriverProps, Distribution, GitOpsTool, NodeUpdateStrategy } from '../../src';
import { all, codes, containerOf, one, testChart, thrown } from '../support';

/** The arguments of the driver in the controller and on the nodes. */
function args(props: CephRbdCsiDriverProps): { controller: string[]; node: string[] } {
  const chart = testChart();
  new CephRbdCsiDriver(chart, 'Driver', props);
  const of = (kind: string) => containerOf(one(chart, kind), 'ceph-csi-rbd').args as string[];
  return { controller: of('Deployment'), node: of('DaemonSet') };
}

const COMMON = ['--type=rbd', '--nodeid=$(NODE_ID)', '--endpoint=$(CSI_ENDPOINT)', '--drivername=rbd.csi.ceph.com'];
const CONTROLLER = ['--controllerserver=true'];
const NODE = ['--nodeserver=true', '--pidlimit=-1', '--pluginpath=/var/lib/kubelet/plugins', '--stagingpath=/var/lib/kubelet/plugins/kubernetes.io/csi/'];

describe('a flag', () => {
  test.each<[CephRbdCsiDriverProps, string[], string[]]>([
    [{}, [], []],
    [{ clusterName: 'production' }, ['--clustername=production'], []],
    [{ domainLabels: ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'] }, [], ['--domainlabels=topology.kubernetes.io/region,topology.kubernetes.io/zone']],
    [
      { flattening: { hardMaxCloneDepth: 6, softMaxCloneDepth: 2, maxSnapshotsOnImage: 100, minSnapshotsOnImage: 50 } },
      ['--rbdhardmaxclonedepth=6', '--rbdsoftmaxclonedepth=2', '--maxsnapshotsonimage=100', '--minsnapshotsonimage=50'],
      [],
    ],
  ])('%j is passed where it has an effect', (props, controller, node) => {
    expect(args(props)).toEqual({ controller: [...COMMON, '--v=4', ...CONTROLLER, ...controller], node: [...COMMON, '--v=4', ...NODE, ...node] });
  });

  test('of both programs is passed to both', () => {
    const { controller, node } = args({ instanceId: 'east', fencing: true, logLevel: 5 });
    [controller, node].forEach(each => expect(each).toEqual(expect.arrayContaining(['--instanceid=east', '--enable-fencing=true', '--v=5'])));
  });
});

test('the controller is confined: no devices, no host, nothing writable but its socket, /tmp and keys in memory', () => {
  const chart = testChart();
  new CephRbdCsiDriver(chart, 'Rbd');
  const { spec } = one(chart, 'Deployment').spec.template;
  expect(spec.hostNetwork).toBeUndefined();
  expect(spec.volumes.filter((volume: any) => volume.hostPath)).toEqual([]);
  const { securityContext, volumeMounts } = containerOf(one(chart, 'Deployment'), 'ceph-csi-rbd');
  expect(securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true });
  expect(volumeMounts.filter((mount: any) => !mount.readOnly).map((mount: any) => mount.mountPath)).toEqual(['/csi', '/tmp', '/tmp/csi/keys']);
});

test('no account reads Secrets by itself; the node plugin reads its node, no more', () => {
  const chart = testChart();
  new CephRbdCsiDriver(chart, 'Rbd');
  new CephFsCsiDriver(chart, 'Fs');
  const rules = all(chart, 'ClusterRole').flatMap(role => role.rules);
  expect(rules.filter(rule => rule.resources.includes('secrets'))).toEqual([]);
  for (const name of ['rbd', 'cephfs']) {
    expect(one(chart, 'ClusterRole', `${name}.csi.ceph.com-node`).rules).toEqual([{ apiGroups: [''], resources: ['nodes'], verbs: ['get'] }]);
  }
});

test('fencing: the controller looks at the taints of nodes, without which it would detach nothing', () => {
  const chart = testChart();
  new CephRbdCsiDriver(chart, 'Rbd', { fencing: true, domainLabels: ['topology.kubernetes.io/zone'] });
  new CephFsCsiDriver(chart, 'Fs', { fencing: true });
  const onNodes = (name: string) => one(chart, 'ClusterRole', `${name}.csi.ceph.com-controller`).rules.filter((rule: any) => rule.resources.includes('nodes')).flatMap((rule: any) => rule.verbs);
  expect([onNodes('rbd'), onNodes('cephfs')]).toEqual([['get', 'list', 'watch'], ['get']]);
});

test('both drivers of one cluster keep out of each other\'s way', () => {
  const chart = testChart();
  new CephRbdCsiDriver(chart, 'Rbd');
  new CephFsCsiDriver(chart, 'Fs');
  new CephRbdCsiDriver(chart, 'Second', { driverName: 'second.rbd.csi.ceph.com' });
  expect(codes(chart)).toEqual([]);
  expect(all(chart, 'DaemonSet').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
    'ceph-csi-rbd/ceph-csi-rbd-node', 'ceph-csi-cephfs/ceph-csi-cephfs-node', 'second-rbd-csi-ceph-com/second-rbd-csi-ceph-com-node',
  ]);
});

test('the CSIDriver is as that of the Helm chart, which cannot be changed', () => {
  const chart = testChart();
  new CephRbdCsiDriver(chart, 'Rbd');
  new CephFsCsiDriver(chart, 'Fs');
  all(chart, 'CSIDriver').forEach(({ spec }) => expect(spec).toEqual({
    attachRequired: true, podInfoOnMount: true, fsGroupPolicy: 'File', seLinuxMount: true, volumeLifecycleModes: ['Persistent'],
  }));
});

test('CephFS without attaching has no attacher', () => {
  const chart = testChart();
  new CephFsCsiDriver(chart, 'Fs', { attach: false });
  expect(one(chart, 'CSIDriver').spec.attachRequired).toBe(false);
  expect(containerOf(one(chart, 'Deployment'), 'csi-attacher')).toBeUndefined();
});

test('SELinux is shown to the node plugin only where it is enforced', () => {
  const paths = (distribution: Distribution) => {
    const chart = testChart({ distribution });
    new CephRbdCsiDriver(chart, 'Rbd');
    return one(chart, 'DaemonSet').spec.template.spec.volumes.flatMap((volume: any) => volume.hostPath?.path ?? []);
  };
  expect(paths(Distribution.OPENSHIFT)).toContain('/etc/selinux');
  expect(paths(Distribution.VANILLA)).not.toContain('/etc/selinux'); // Talos has none that can be mounted
});

test('topology goes to sidecar and nodes, and volumes are attached by it', () => {
  const chart = testChart();
  new CephRbdCsiDriver(chart, 'Rbd', { domainLabels: ['topology.kubernetes.io/zone'], sidecars: { provisioner: { extraArgs: ['--strict-topology=true'] } } });
  expect(containerOf(one(chart, 'Deployment'), 'csi-provisioner').args).toEqual(expect.arrayContaining(['--immediate-topology=false', '--strict-topology=true']));
});

describe('the configuration', () => {
  const config = (chart: Chart, name = 'ceph-csi-rbd-config') => JSON.parse(one(chart, 'ConfigMap', name).data['config.json']);

  test('has an entry for each cluster that is used with the driver, in whatever chart, by its clusterId', () => {
    const chart = cephChart();
    const { driver } = rbd({}, chart);
    const second = CephCluster.external({
      clusterId: 'a-second', monitors: ['10.1.0.1:3300'], radosNamespace: 'tenant', mirrorDaemonCount: 2, subvolumeGroup: 'group', readAffinity: { crushLocationLabels: ['topology.kubernetes.io/zone'] },
    });
    const other = new Chart(chart.node.root as any, 'other');
    rbd({ cluster: second, driver, credentials: CephCredentials.fromSecret({ name: 'second', namespace: 'ceph' }) }, other);
    expect(config(chart)).toEqual([
      {
        clusterID: 'a-second', monitors: ['10.1.0.1:3300'], rbd: { radosNamespace: 'tenant', mirrorDaemonCount: 2 }, readAffinity: { enabled: true, crushLocationLabels: ['topology.kubernetes.io/zone'] },
      },
      { clusterID: 'ceph', monitors: CLUSTER.connection!.monitors },
    ]);
  });

  test('of CephFS has what is of CephFS', () => {
    const chart = cephChart();
    cephFs({ cluster: CephCluster.external({ clusterId: 'ceph', monitors: ['10.0.0.1:3300'], radosNamespace: 'tenant', subvolumeGroup: 'group', cephFsRadosNamespace: 'journal', extraConfiguration: { cephFS: { kernelMountOptions: 'ms_mode=secure' } } }) }, chart);
    expect(config(chart, 'ceph-csi-cephfs-config')).toEqual([{ clusterID: 'ceph', monitors: ['10.0.0.1:3300'], cephFS: { subvolumeGroup: 'group', radosNamespace: 'journal', kernelMountOptions: 'ms_mode=secure' } }]);
  });

  test('of Ceph\'s clients asks for cephx, and takes settings', () => {
    const chart = testChart();
    new CephFsCsiDriver(chart, 'Fs', { cephConfiguration: { client_mount_timeout: '30' } });
    expect(one(chart, 'ConfigMap', 'ceph-csi-cephfs-ceph-conf').data).toEqual({
      'ceph.conf': '[global]\nauth_cluster_required = cephx\nauth_service_required = cephx\nauth_client_required = cephx\nfuse_big_writes = true\nclient_mount_timeout = 30\n', 'keyring': '',
    });
  });

  test('is kept when it is pruned: without it no volume can be mounted', () => {
    const chart = cephChart({ gitOps: GitOpsTool.ARGO_CD });
    rbd({}, chart);
    expect(one(chart, 'ConfigMap', 'ceph-csi-rbd-config').metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
  });
});

test('what is set of pods goes beside what ceph-csi needs', () => {
  const chart = testChart();
  new CephRbdCsiDriver(chart, 'Rbd', {
    operationTimeout: Duration.minutes(5), logDirectory: '/var/log/ceph', node: { updateStrategy: NodeUpdateStrategy.ON_DELETE, env: [{ name: 'LOG', value: '1' }] },
  });
  const node = one(chart, 'DaemonSet');
  expect(node.spec.updateStrategy).toEqual({ type: 'OnDelete' });
  expect(containerOf(node, 'ceph-csi-rbd').env).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'POD_NAMESPACE' }), { name: 'LOG', value: '1' }]));
  expect(node.spec.template.spec.volumes).toContainEqual({ name: 'ceph-logs', hostPath: { path: '/var/log/ceph', type: 'DirectoryOrCreate' } });
  expect(containerOf(one(chart, 'Deployment'), 'csi-provisioner').args).toContain('--timeout=300s');
});

test('a node plugin that maps again what rbd-nbd served may read what it needs for that, by name', () => {
  const chart = cephChart();
  const driver = new CephRbdCsiDriver(chart, 'Driver', { volumeHealer: true });
  rbd({ driver }, chart);
  expect(one(chart, 'ClusterRole', 'rbd.csi.ceph.com-node').rules.map((rule: any) => `${rule.resources}: ${rule.verbs}`)).toEqual(['nodes: get', 'persistentvolumes: get', 'volumeattachments: get,list']);
  expect(one(chart, 'RoleBinding', 'node.rbd.csi.ceph.com-ceph-csi')).toMatchObject({ metadata: { namespace: 'ceph' }, subjects: [{ name: 'ceph-csi-rbd-node' }] });
});

test('keys are written to the disk of a node only where mounts of ceph-fuse are to be recovered', () => {
  const mounts = (fuseRecovery: boolean) => {
    const chart = testChart();
    new CephFsCsiDriver(chart, 'Fs', { fuseRecovery });
    return containerOf(one(chart, 'DaemonSet'), 'ceph-csi-cephfs').volumeMounts.map((mount: any) => mount.mountPath);
  };
  expect(mounts(true)).toContain('/csi/mountinfo');
  expect(mounts(false)).not.toContain('/csi/mountinfo');
});

test('fencing: the controller may look at a node, and finds the Secret for volumes whose class named none', () => {
  const chart = cephChart();
  const driver = new CephRbdCsiDriver(chart, 'Driver', { fencing: true });
  rbd({ driver }, chart);
  expect(one(chart, 'ClusterRole', 'rbd.csi.ceph.com-controller').rules).toContainEqual({ apiGroups: [''], resources: ['nodes'], verbs: ['get'] });
  expect(JSON.parse(one(chart, 'ConfigMap', 'ceph-csi-rbd-config').data['config.json'])[0].rbd).toEqual({ controllerPublishSecretRef: { name: 'ceph-csi', namespace: 'ceph' } });
});

test('the accounts of a driver from elsewhere are those of who installed it, as far as that is told', () => {
  expect(CephRbdCsiDriver.existing().controllerServiceAccount).toEqual({ name: 'ceph-csi-rbd-provisioner', namespace: 'ceph-csi-rbd' });
  expect(CephRbdCsiDriver.existing({ name: 'ceph-csi-rbd' })).toMatchObject({
    controllerServiceAccount: { name: 'ceph-csi-rbd-controller', namespace: 'ceph-csi-rbd' }, nodeServiceAccount: { name: 'ceph-csi-rbd-node', namespace: 'ceph-csi-rbd' },
  });
  expect(CephFsCsiDriver.existing({ driverName: 'rook-ceph.cephfs.csi.ceph.com' }).controllerServiceAccount).toBeUndefined();
});

test.each<[string, object]>([
  ['a flag in words', { fencing: 'false' }], ['a healer in words', { volumeHealer: 'false' }], ['a number for a name', { instanceId: NaN }],
])('%s is refused: it would be taken for true, or never be changed again', (_, props) => {
  expect(thrown(() => new CephRbdCsiDriver(testChart(), 'Driver', props as CephRbdCsiDriverProps))!.code).toBe('CEPH001');
});
