import { Chart, Size } from 'cdk8s';
import {
  Distribution, Findings, GitOpsTool, GlusterAccess, GlusterCluster, GlusterStorage, KadaluBrick, KadaluOperator, KadaluOperatorProps, KadaluPoolType, KadaluQuota,
  NodeUpdateStrategy, PersistentVolumeClaim, PlatformProps, StorageClass, WhenDeleted,
} from '../../src';
import { all, code, codes, containerOf, object, one, testChart, thrown, twoClusters, uncheckedCodes, yaml } from '../support';
import { disk, disks, external, kadalu, pool, RELEASE } from './gluster';

const GIBIBYTE = Size.gibibytes(1);

function operator(props: KadaluOperatorProps = {}, platform: Partial<PlatformProps> = {}): Chart {
  const chart = testChart(platform);
  new KadaluOperator(chart, 'Kadalu', props);
  return chart;
}

/** The verbs of a role, by resource. */
const verbs = (role: any): Record<string, string[]> => Object.fromEntries(role.rules.map((rule: any) => [[...rule.resources, ...rule.resourceNames ?? []].join(' '), rule.verbs]));

describe('the operator', () => {
  test('is written as Kadalu needs it', () => {
    const withoutCrd = yaml(operator()).replace(/^[^]*?(?=^apiVersion: v1\nkind: Namespace)/m, '');
    expect(withoutCrd).toMatchSnapshot();
  });

  test('may patch what it applies, but not the node plugin, and runs no commands in pods', () => {
    const chart = operator();
    expect(verbs(one(chart, 'ClusterRole', 'kadalu-operator'))).toMatchObject({ 'csidrivers kadalu': ['get', 'patch'], 'storageclasses': expect.arrayContaining(['patch']) });
    const own = verbs(one(chart, 'Role'));
    expect(Object.keys(own).sort()).toEqual(['configmaps', 'configmaps kadalu-info', 'pods', 'services', 'statefulsets']);
    expect(own.pods).toEqual(['list']);
  });

  test('is not privileged, and alone', () => {
    const deployment = one(operator(), 'Deployment');
    expect(containerOf(deployment, 'kadalu-operator').securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsUser: 0 });
    expect(deployment.spec.strategy).toEqual({ type: 'Recreate' });
  });

  test('what it reads of its environment', () => {
    const env = containerOf(one(operator({ imageRegistry: 'mirror.example.com/hub', repository: 'storage/kadalu', verbose: true }, { distribution: Distribution.MICROK8S }), 'Deployment'), 'kadalu-operator').env;
    expect(Object.fromEntries(env.map(({ name, value }: any) => [name, value]))).toEqual({
      IMAGES_HUB: 'mirror.example.com/hub', DOCKER_USER: 'storage/kadalu', KADALU_VERSION: RELEASE, KADALU_NAMESPACE: 'kadalu',
      KUBELET_DIR: '/var/snap/microk8s/common/var/lib/kubelet', VERBOSE: 'yes',
    });
  });

  test('only the provisioner gets a token by its account, as the operator starts it without asking for one', () => {
    const accounts = all(operator({ imagePullSecrets: ['hub'] }), 'ServiceAccount');
    expect(accounts.filter(account => account.automountServiceAccountToken !== false).map(account => account.metadata.name)).toEqual(['kadalu-csi-provisioner']);
    // Pods that the operator starts name no Secrets for pulling.
    accounts.forEach(account => expect(account.imagePullSecrets).toEqual([{ name: 'hub' }]));
  });

  test('its namespace lets privileged pods run, and is kept', () => {
    const namespace = one(operator({}, { gitOps: GitOpsTool.FLUX }), 'Namespace');
    expect(namespace.metadata).toMatchObject({ name: 'kadalu', labels: { 'pod-security.kubernetes.io/enforce': 'privileged' }, annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } });
  });

  test('CRD and namespace can come from elsewhere', () => {
    const chart = operator({ installCrds: false, createNamespace: false });
    expect([...all(chart, 'CustomResourceDefinition'), ...all(chart, 'Namespace')]).toEqual([]);
  });

  test('on OpenShift all of its accounts may run privileged pods', () => {
    expect(one(operator({}, { distribution: Distribution.OPENSHIFT }), 'RoleBinding', 'kadalu-privileged')).toMatchObject({
      roleRef: { name: 'system:openshift:scc:privileged' }, subjects: [{ name: 'kadalu-operator' }, { name: 'kadalu-csi-provisioner' }, { name: 'kadalu-server-sa' }, { name: 'kadalu-csi-nodeplugin' }],
    });
  });

  test('is installed once in a cluster', () => {
    const chart = operator();
    expect(code(() => new KadaluOperator(chart, 'Second'))).toBe('CSI003');
    expect(code(() => new GlusterStorage(chart, 'Gluster', { cluster: GlusterCluster.kadalu({ pools: [pool()] }) }))).toBe('CSI003');
  });

  test.each<[string, KadaluOperatorProps]>([
    ['CSI006', { images: { operator: 'mirror.example.com/operator' } }],
    ['CSI006', { images: { registrar: 'registrar:latest' } }],
    ['CSI006', { imageRegistry: 'https://mirror.example.com' }],
    ['CSI006', { repository: '' }],
    ['CSI013', { nodePlugin: { tolerations: [{ effect: 'NoSchedule' }] } }],
    ['CSI013', { operator: { memoryLimit: Size.mebibytes(10) } }],
    ['MAN004', { nodePlugin: { memoryLimit: Size.mebibytes(0) } }],
    ['MAN001', { imagePullSecrets: ['Not A Name'] }],
    ['GLU041', { nodePlugin: { updateStrategy: 'Never' as any } }],
    ['GLU041', { imagePullSecrets: [null as any] }],
  ])('%s for %j', (expected, props) => {
    expect(code(() => operator(props))).toBe(expected);
  });
});

describe('the node plugin', () => {
  test('is not restarted by a changed manifest, as its Gluster clients would end', () => {
    expect(one(operator(), 'DaemonSet').spec.updateStrategy).toEqual({ type: 'OnDelete' });
    expect(one(operator({ nodePlugin: { updateStrategy: NodeUpdateStrategy.ROLLING_UPDATE } }), 'DaemonSet').spec.updateStrategy).toEqual({ type: 'RollingUpdate' });
  });

  test('has neither a limit nor a probe that would kill them, and no token', () => {
    const { resources, livenessProbe } = containerOf(one(operator(), 'DaemonSet'), 'kadalu-nodeplugin');
    expect([resources.limits, livenessProbe]).toEqual([undefined, undefined]);
    expect(one(operator(), 'DaemonSet').spec.template.spec.automountServiceAccountToken).toBe(false);
  });

  test('bears every taint', () => {
    expect(one(operator(), 'DaemonSet').spec.template.spec.tolerations).toEqual([{ operator: 'Exists' }]);
  });

  test.each([[Distribution.VANILLA, '/var/lib/kubelet'], [Distribution.K0S, '/var/lib/k0s/kubelet'], [Distribution.TKGI, '/var/vcap/data/kubelet']])('is where the kubelet of %# looks', (distribution, directory) => {
    const daemonSet = one(operator({}, { distribution }), 'DaemonSet');
    const paths = daemonSet.spec.template.spec.volumes.flatMap(({ hostPath }: any) => hostPath?.path ?? []);
    expect(paths).toEqual(['plugins/kadalu', 'plugins_registry', 'pods', 'plugins/kubernetes.io/csi'].map(path => `${directory}/${path}`).concat('/dev'));
    // What is mounted for a pod has the path that the kubelet says.
    expect(containerOf(daemonSet, 'kadalu-nodeplugin').volumeMounts.filter((mount: any) => mount.mountPropagation).map((mount: any) => mount.mountPath))
      .toEqual([`${directory}/pods`, `${directory}/plugins/kubernetes.io/csi`]);
    expect(containerOf(daemonSet, 'csi-node-driver-registrar').args).toContain(`--kubelet-registration-path=${directory}/plugins/kadalu/csi.sock`);
  });

  test('images, pods and memory of one\'s own', () => {
    const chart = operator({
      images: { nodePlugin: 'mirror.example.com/csi:1', operator: 'mirror.example.com/op:1', registrar: 'mirror.example.com/registrar:1' },
      nodePlugin: { memoryLimit: Size.gibibytes(2), nodeSelector: { storage: 'yes' }, podLabels: { team: 'storage' }, cpuRequest: '50m' },
    });
    const daemonSet = one(chart, 'DaemonSet');
    expect(daemonSet.spec.template.spec.containers.map(({ image }: any) => image)).toEqual(['mirror.example.com/csi:1', 'mirror.example.com/registrar:1']);
    expect(containerOf(daemonSet, 'kadalu-nodeplugin').resources).toEqual({ requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '2Gi' } });
    expect(daemonSet.spec.template.metadata.labels.team).toBe('storage');
  });
});

describe('pools', () => {
  test('as they are written', () => {
    const chart = testChart({ gitOps: GitOpsTool.ARGO_CD });
    kadalu(chart, [
      pool({ performance: { quickRead: false, openBehind: false, statPrefetch: undefined }, bricks: [...disks(3), ...['node4', 'node5', 'node6'].map(node => KadaluBrick.device(node, '/dev/disk/by-id/x', { decommissioned: true }))] }),
      pool({ name: 'wide', type: KadaluPoolType.DISPERSE, disperse: { data: 4, redundancy: 2 }, bricks: disks(6, 'nvme-eui'), whenDeleted: WhenDeleted.DELETE }),
      pool({ name: 'two', type: KadaluPoolType.REPLICA2, tiebreaker: { node: 'tie.example.com', path: '/mnt' }, bricks: disks(2, 'scsi'), singleVolume: true }),
      pool({ name: 'claims', type: KadaluPoolType.REPLICA1, bricks: [KadaluBrick.claim(PersistentVolumeClaim.fromClaimName('brick', { namespace: 'kadalu' }))], whenDeleted: WhenDeleted.KEEP_DATA }),
    ]);
    expect(yaml(chart)).toMatchSnapshot();
  });

  test('are kept when they leave Git', () => {
    const chart = testChart({ gitOps: GitOpsTool.HELM });
    kadalu(chart);
    expect(one(chart, 'KadaluStorage').metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' });
  });

  describe('the UUID that marks their bricks', () => {
    const idOf = (name: string, volumeId?: string) => {
      const chart = testChart();
      kadalu(chart, [pool({ name, volumeId })]);
      return one(chart, 'KadaluStorage').spec.volume_id;
    };

    test('follows from the name alone, for ever', () => {
      expect(idOf('pool1')).toBe('47bb6a8a-8984-58c4-abae-0649fd726787');
      expect(idOf('pool2')).not.toBe(idOf('pool1'));
      expect(idOf('pool1')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    });

    test('can be that of bricks that have one', () => {
      expect(idOf('pool1', '0f8fad5b-d9cb-469f-a165-70867728950e')).toBe('0f8fad5b-d9cb-469f-a165-70867728950e');
    });
  });

  test.each([
    [WhenDeleted.DELETE, 'delete'], [WhenDeleted.ARCHIVE, 'archive'], [WhenDeleted.KEEP_DATA, 'retain'], [undefined, 'archive'],
  ])('%s is pvReclaimPolicy %s', (whenDeleted, policy) => {
    const chart = testChart();
    kadalu(chart, [pool({ whenDeleted })]);
    expect(one(chart, 'KadaluStorage').spec.pvReclaimPolicy).toBe(policy);
  });

  test('a toleration has an operator, as Kadalu would write the word None', () => {
    const chart = testChart();
    kadalu(chart, [pool({ tolerations: [{ key: 'storage', value: 'x', effect: 'NoSchedule' }] })], { driver: KadaluOperator.existing() });
    expect(one(chart, 'KadaluStorage').spec.tolerations).toEqual([{ key: 'storage', operator: 'Equal', value: 'x', effect: 'NoSchedule' }]);
    expect(uncheckedCodes(chart)).toEqual(['GLU025']);
  });

  test('bricks of two clusters never meet', () => {
    const [east, west] = twoClusters();
    [east, west].forEach(chart => kadalu(chart));
    expect(codes(east)).toEqual([]);
  });

  test('a name of one cluster begins no name of another one', () => {
    const [east, west] = twoClusters();
    kadalu(east, [pool({ name: 'a' })]);
    kadalu(west, [pool({ name: 'a-b' })]);
    expect(codes(east)).toEqual([]);
  });

  test.each([['node1', '/dev/sda/'], ['node1', '/'], ['node1', '/dev/a"b'], [undefined, '/dev/sdb'], ['node1', 7], ['Node 1', '/dev/sdb']])('no brick is %s:%s', (node, path) => {
    expect(code(() => KadaluBrick.device(node as any, path as any))).toBe('GLU004');
  });

  test.each([null, undefined, 7, {}, { claimName: 7 }])('no claim is %j', claim => {
    expect(code(() => KadaluBrick.claim(claim as any))).toBe('GLU004');
  });

  test('what the user wrote is not understood, and ends in findings', () => {
    for (const spec of [undefined, null, 7, {}, { type: 7, storage: 'x' }, { type: 'Disperse', storage: [null, 7, {}], disperse: 'x' }, { type: 'Replica2', storage: [{ pvc: 7 }, { pvc: 8 }], tiebreaker: 7, tolerations: 7, options: [{}] }]) {
      const chart = testChart();
      object(chart, 'KadaluStorage', { metadata: { name: 'theirs', namespace: 'kadalu' }, spec }, 'kadalu-operator.storage/v1alpha1');
      expect([JSON.stringify(spec), codes(chart).length > 0]).toEqual([JSON.stringify(spec), true]);
    }
  });
});

describe('classes and volumes', () => {
  test('of a pool, as they are written', () => {
    const chart = testChart();
    const storage = kadalu(chart);
    storage.addStorageClass('fast', { expansion: true, isDefault: true });
    storage.addStorageClass('blocks', { virtualBlock: true, whenDeleted: WhenDeleted.KEEP_VOLUME });
    storage.addStaticVolume('reports', { capacity: GIBIBYTE, subDir: 'reports/2026', claim: { name: 'reports', namespace: 'web' } });
    expect(yaml(chart)).toMatchSnapshot();
  });

  test('of an external Gluster, as they are written', () => {
    const chart = testChart();
    const storage = external(chart, { kadalu: { name: 'files', mountFlags: ['log-level=WARNING', 'acl'], quota: KadaluQuota.SERVER_SIDE } });
    storage.addStorageClass('files');
    storage.addStaticVolume('whole', { capacity: GIBIBYTE });
    expect(yaml(chart)).toMatchSnapshot();
  });

  test('only what was said is in a class, as it can never be changed', () => {
    const chart = testChart();
    kadalu(chart).addStorageClass('fast');
    expect(one(chart, 'StorageClass')).toEqual({
      apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'kadalu', parameters: { storage_name: 'pool1' }, reclaimPolicy: 'Delete',
    });
  });

  test('a pool that is one volume says so in its class, where Kadalu looks', () => {
    const chart = testChart();
    kadalu(chart, [pool({ singleVolume: true })]).addStorageClass('whole');
    expect(one(chart, 'StorageClass').parameters).toEqual({ storage_name: 'pool1', single_pv_per_pool: 'true' });
  });

  test('without a driver, Kadalu is installed', () => {
    const chart = testChart();
    const storage = new GlusterStorage(chart, 'Gluster', { cluster: GlusterCluster.kadalu({ pools: [pool()] }) });
    storage.addStorageClass('fast');
    expect(storage.driver!.driverName).toBe('kadalu');
    expect(one(chart, 'DaemonSet').metadata.name).toBe('kadalu-csi-nodeplugin');
    expect(storage.apiObjects.length).toBeGreaterThan(10);
    expect(codes(chart)).toEqual([]);
  });

  test('the driver of another cluster is refused', () => {
    const [east, west] = twoClusters();
    const driver = new KadaluOperator(east, 'Kadalu');
    expect(code(() => kadalu(west, undefined, { driver }))).toBe('PLT005');
  });

  test('a class of the operator is named by a reference', () => {
    expect(StorageClass.fromStorageClassName('kadalu.pool1', { driver: KadaluOperator.existing() }).storageClassName).toBe('kadalu.pool1');
  });

  test('what cannot be checked is listed', () => {
    const chart = testChart({}, { namespace: 'apps' });
    const storageClass = kadalu(chart, [pool({ type: KadaluPoolType.ARBITER })], { driver: KadaluOperator.existing() }).addStorageClass('fast');
    new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass, size: GIBIBYTE });
    expect(uncheckedCodes(chart)).toEqual(['GLU009', 'GLU019']);
  });

  test('a second class of a name says where the first one is', () => {
    const storage = kadalu(testChart());
    storage.addStorageClass('fast');
    expect(code(() => storage.addStorageClass('fast'))).toBe('MAN002');
  });
});

describe('what is typed wrongly ends in a finding', () => {
  const build = (props: any) => () => new GlusterStorage(testChart(), 'Gluster', props);
  const cluster = () => GlusterCluster.kadalu({ pools: [pool()] });

  test.each<[string, () => unknown]>([
    ['GLU041', build(undefined)],
    ['GLU041', build({ cluster: 'gv0' })],
    ['GLU041', build({ cluster: GlusterCluster.kadalu({ pools: [pool()] }), access: 'kadalu' })],
    ['VOL005', () => kadalu(testChart(), undefined, { driver: 'kadalu' as any })],
    ['GLU041', () => GlusterCluster.external(undefined as any)],
    ['GLU041', () => GlusterCluster.external({ hosts: [7] as any, volume: 'gv0' })],
    ['GLU040', () => GlusterCluster.external({} as any)],
    ['GLU041', () => GlusterCluster.kadalu(null as any)],
    ['GLU041', () => GlusterCluster.kadalu({ pools: [null as any] })],
    ['GLU040', () => GlusterCluster.kadalu({} as any)],
    ['GLU041', () => kadalu(testChart(), [pool({ name: undefined })])],
    ['GLU041', () => kadalu(testChart(), [pool({ disperse: 4 as any })])],
    ['GLU041', () => kadalu(testChart(), [pool({ tolerations: [null as any] })])],
    ['GLU041', () => kadalu(testChart(), [pool({ capacity: '1Ti' as any })])],
    ['GLU041', () => kadalu(testChart()).addStorageClass('fast', { pool: 7 as any })],
    ['GLU041', () => kadalu(testChart()).addStorageClass('fast', { volumeBindingMode: 'Later' as any })],
    ['MAN001', () => kadalu(testChart()).addStorageClass(undefined as any)],
    ['GLU041', () => kadalu(testChart()).addStaticVolume('old', undefined as any)],
    ['GLU041', () => kadalu(testChart()).addStaticVolume('old', { capacity: GIBIBYTE, subDir: 7 as any })],
    ['GLU041', () => external(testChart(), { kadalu: { mountFlags: 'acl' as any } })],
    ['GLU041', () => external(testChart(), { kadalu: { quota: 'yes' as any } })],
  ])('%s (%#)', (expected, make) => {
    expect(code(make)).toBe(expected);
    expect(cluster().pools).toHaveLength(1);
  });

  test('the fix of a combination can be pasted', () => {
    expect(thrown(() => external(testChart(), { access: GlusterAccess.NODE_MOUNT }))!.fix).toContain('GlusterAccess.KADALU_CSI');
  });
});

test('warnings can be accepted with a reason that stands beside the pool', () => {
  const chart = testChart();
  const storage = kadalu(chart, [pool({ type: KadaluPoolType.REPLICA1, bricks: [KadaluBrick.path('node1', '/bricks/pool1')] })]);
  Findings.of(storage).acknowledge('GLU026', 'XFS of its own, mounted by Ignition');
  expect(codes(chart)).toEqual([]);
  chart.toJson();
  expect(one(chart, 'KadaluStorage').metadata.annotations['cdk8s-storage/GLU026']).toBe('XFS of its own, mounted by Ignition');
});

test('disks are told apart', () => {
  expect([disk('node1'), disk('node2')].map(({ node, devicePath }) => `${node} ${devicePath}`)).toEqual(['node1 /dev/disk/by-id/wwn-0x5000-node1', 'node2 /dev/disk/by-id/wwn-0x5000-node2']);
});
