import { Chart, Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Distribution, Findings, GitOpsTool, KubernetesVersion, Namespace, PlatformProps, PodSecurityLevel, RookLogLevel, RookOperator, RookOperatorProps } from '../../src';
import { writeClusterAccounts } from '../../src/ceph/rook/operator/cluster-accounts';
import { all, code, codes, containerOf, one, testChart, thrown, twoClusters, uncheckedCodes, yaml } from '../support';

function operator(props: RookOperatorProps = {}, platform: Partial<PlatformProps> = {}): Chart {
  const chart = testChart(platform);
  new RookOperator(chart, 'Rook', { csiOperator: false, ...props });
  return chart;
}

/** The verbs of a role, by resource. */
const verbs = (role: any): Record<string, string[]> => Object.fromEntries(role.rules.map((rule: any) => [rule.resources.join(' '), rule.verbs]));
const pod = (chart: Chart) => one(chart, 'Deployment').spec.template.spec;
const environment = (chart: Chart) => Object.fromEntries(containerOf(one(chart, 'Deployment'), 'rook-ceph-operator').env.map(({ name, value }: any) => [name, value]));
const definitions = (chart: Chart) => all(chart, 'CustomResourceDefinition').map(({ metadata }) => metadata.name);

test('the operator is written with what it may do', () => {
  expect(yaml(operator()).replace(/^[^]*?(?=^apiVersion: v1\nkind: Namespace)/m, '')).toMatchSnapshot();
});

test('the operator with everything', () => {
  const chart = operator({
    clusterNamespaces: ['ceph-two'], objectStorage: true, orchestrator: true, serviceMonitors: true, serviceExports: true, multus: true, discoveryDaemon: true,
    discoveryInterval: Duration.hours(1), logLevel: RookLogLevel.DEBUG, cephCommandsTimeout: Duration.minutes(1), concurrentClusters: 2, metricsPort: 8080, imagePullSecrets: ['hub'],
    settings: { ROOK_CEPH_ALLOW_LOOP_DEVICES: 'true' },
    pod: { memoryLimit: Size.gibibytes(1), cpuRequest: '1', nodeSelector: { storage: 'yes' }, tolerations: [{ key: 'storage', operator: 'Exists' }], podLabels: { team: 'storage' } },
  }, { distribution: Distribution.OPENSHIFT });
  expect(yaml(chart).replace(/^[^]*?(?=^apiVersion: v1\nkind: Namespace)/m, '')).toMatchSnapshot();
});

describe('permissions', () => {
  test('of the whole cluster are nodes, names of volumes and classes, and where there is Ceph', () => {
    expect(verbs(one(operator(), 'ClusterRole', 'rook-ceph-system'))).toEqual({
      nodes: ['get', 'list', 'watch'], persistentvolumes: ['list'], storageclasses: ['get', 'list', 'watch'], cephblockpools: ['list'], cephclusters: ['list'], cephfilesystems: ['list'],
    });
    expect(verbs(one(operator(), 'ClusterRole', 'rook-ceph-osd'))).toEqual({ nodes: ['get', 'list'] });
    expect(all(operator(), 'ClusterRole')).toHaveLength(2);
  });

  test('reach Secrets and commands of other namespaces never, and its own only where Ceph is', () => {
    const rules = all(operator(), 'ClusterRole').flatMap(role => role.rules).flatMap((rule: any) => rule.resources);
    expect(rules).not.toEqual(expect.arrayContaining(['secrets']));
    expect(verbs(one(operator(), 'Role', 'rook-ceph-operator'))).not.toHaveProperty('pods/exec');
    expect(verbs(one(operator({ multus: true }), 'Role', 'rook-ceph-operator'))).toMatchObject({ 'pods/exec': ['create'] });
  });

  test('with other namespaces it reads everywhere, and still writes where it is told', () => {
    const wide = verbs(one(operator({ clusterNamespaces: ['ceph-two'] }), 'ClusterRole', 'rook-ceph-system'));
    expect(wide.secrets).toEqual(['get', 'list', 'watch']);
    expect(Object.values(wide).flat()).not.toEqual(expect.arrayContaining(['create']));
    expect(environment(operator({ clusterNamespaces: ['ceph-two'] }))).toMatchObject({ ROOK_CURRENT_NAMESPACE_ONLY: 'false' });
    expect(environment(operator({ clusterNamespaces: ['rook-ceph'] }))).toMatchObject({ ROOK_CURRENT_NAMESPACE_ONLY: 'true' });
  });

  test('object stores are seen and left alone, unless they are asked for', () => {
    const [without, withThem] = [operator(), operator({ objectStorage: true })].map(chart => verbs(one(chart, 'Role', 'rook-ceph-operator')));
    expect(without.cephobjectstores).toEqual(['get', 'list', 'watch']);
    expect(without).not.toHaveProperty('cephobjectstores/status');
    expect(withThem.cephobjectstores).toEqual(['get', 'list', 'watch', 'update']);
    expect(environment(operator())).toMatchObject({ ROOK_DISABLE_OBJECT_BUCKET_CLAIM: 'true' });
    expect(definitions(operator())).not.toContain('objectbucketclaims.objectbucket.io');
    expect(definitions(operator({ objectStorage: true }))).toContain('objectbucketclaims.objectbucket.io');
    expect(one(operator({ objectStorage: true }), 'ServiceAccount', 'rook-ceph-rgw').metadata.namespace).toBe('rook-ceph');
  });

  test('of ceph-mgr are those of its sidecar, and with the orchestrator those of its module', () => {
    expect(verbs(one(operator(), 'Role', 'rook-ceph-mgr')).cephclusters).toEqual(['get']);
    expect(verbs(one(operator({ orchestrator: true }), 'Role', 'rook-ceph-mgr')).cephclusters).toEqual(['get', 'list', 'watch', 'create', 'update', 'patch', 'delete']);
    expect(all(operator(), 'ClusterRole').map(role => role.metadata.name)).not.toContain('rook-ceph-mgr-cluster');
  });

  test('a Ceph cluster in another namespace gets what its operator was installed with', () => {
    const chart = operator({ clusterNamespaces: ['ceph-two'], orchestrator: true, imagePullSecrets: ['hub'] });
    writeClusterAccounts(new Construct(chart, 'Two'), 'ceph-two', 'rook-ceph', {});
    const two = all(chart, 'RoleBinding').filter(({ metadata }) => metadata.namespace === 'ceph-two');
    expect(two.find(({ metadata }) => metadata.name === 'rook-ceph-operator').subjects).toEqual([{ kind: 'ServiceAccount', name: 'rook-ceph-system', namespace: 'rook-ceph' }]);
    expect(all(chart, 'ServiceAccount').find(({ metadata }) => metadata.namespace === 'ceph-two').imagePullSecrets).toEqual([{ name: 'hub' }]);
    expect(one(chart, 'RoleBinding', 'rook-ceph-mgr-system-ceph-two')).toMatchObject({ metadata: { namespace: 'rook-ceph' }, subjects: [{ name: 'rook-ceph-mgr', namespace: 'ceph-two' }] });
    expect(one(chart, 'ClusterRole', 'ceph-two-osd').rules).toHaveLength(1);
    expect(codes(chart)).toEqual(['CEPH135']);
    expect(uncheckedCodes(chart)).toEqual([]);
  });

  test('whether there are accounts in a namespace whose Ceph cluster is written elsewhere is not known', () => {
    expect(uncheckedCodes(operator({ clusterNamespaces: ['ceph-two'] }))).toEqual(['CEPH137']);
  });
});

describe('the pod', () => {
  test('asks nothing of its node, and writes to scratch only', () => {
    const { securityContext, containers: [container], volumes } = pod(operator());
    expect(securityContext).toEqual({ runAsNonRoot: true, runAsUser: 2016, runAsGroup: 2016, seccompProfile: { type: 'RuntimeDefault' } });
    expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true });
    expect(volumes.every((volume: any) => volume.emptyDir)).toBe(true);
    expect(container.volumeMounts.map((mount: any) => mount.mountPath)).toEqual(['/var/lib/rook', '/etc/ceph', '/tmp']);
  });

  test('is alone, and has the selector of the chart', () => {
    expect(one(operator(), 'Deployment').spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' }, selector: { matchLabels: { app: 'rook-ceph-operator' } } });
  });

  test('on OpenShift it has the user that is chosen for it, and pods of Ceph may be privileged', () => {
    const chart = operator({}, { distribution: Distribution.OPENSHIFT });
    expect(pod(chart).securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(environment(chart)).toMatchObject({ ROOK_HOSTPATH_REQUIRES_PRIVILEGED: 'true' });
    const { roleRef, subjects } = one(chart, 'RoleBinding', 'rook-ceph-privileged');
    expect(roleRef.name).toBe('system:openshift:scc:privileged');
    expect(subjects.map(({ name }: any) => name)).not.toContain('rook-ceph-system');
    expect(one(operator({ discoveryDaemon: true }, { distribution: Distribution.OPENSHIFT }), 'RoleBinding', 'rook-discover-privileged').subjects).toEqual(
      [{ kind: 'ServiceAccount', name: 'rook-ceph-system', namespace: 'rook-ceph' }],
    );
  });

  test('only the discovery daemon makes the account hand out its token by itself', () => {
    expect(one(operator(), 'ServiceAccount', 'rook-ceph-system').automountServiceAccountToken).toBe(false);
    expect(one(operator({ discoveryDaemon: true }), 'ServiceAccount', 'rook-ceph-system')).not.toHaveProperty('automountServiceAccountToken');
  });

  test('has a probe where it has an endpoint', () => {
    expect(pod(operator()).containers[0].livenessProbe).toBeUndefined();
    expect(pod(operator({ metricsPort: 8080 })).containers[0].livenessProbe.httpGet).toEqual({ path: '/metrics', port: 'metrics' });
    expect(environment(operator({ metricsPort: 8080 }))).toMatchObject({ ROOK_OPERATOR_METRICS_BIND_ADDRESS: ':8080' });
  });
});

test('settings are in the ConfigMap that Rook finds by its name, only those that were said', () => {
  expect(one(operator(), 'ConfigMap')).toMatchObject({ metadata: { name: 'rook-ceph-operator-config' }, data: { ROOK_LOG_LEVEL: 'INFO' } });
  expect(one(operator({ discoveryDaemon: true, discoveryInterval: Duration.hours(2), settings: { ROOK_CEPH_ALLOW_LOOP_DEVICES: 'true' } }), 'ConfigMap').data).toEqual({
    ROOK_LOG_LEVEL: 'INFO', ROOK_ENABLE_DISCOVERY_DAEMON: 'true', ROOK_DISCOVER_DEVICES_INTERVAL: '7200s', ROOK_CEPH_ALLOW_LOOP_DEVICES: 'true',
  });
});

test('the namespace lets privileged pods run, and is kept, as are definitions and accounts', () => {
  const chart = operator({}, { gitOps: GitOpsTool.FLUX });
  const kept = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };
  expect(one(chart, 'Namespace').metadata).toMatchObject({ labels: { 'pod-security.kubernetes.io/enforce': 'privileged' }, annotations: kept });
  expect(one(chart, 'CustomResourceDefinition', 'cephclusters.ceph.rook.io').metadata.annotations).toMatchObject(kept);
  expect(one(chart, 'ServiceAccount', 'rook-ceph-osd').metadata.annotations).toMatchObject(kept);
});

test('definitions and namespace can come from elsewhere', () => {
  const chart = operator({ installCrds: false, createNamespace: false });
  expect([...definitions(chart), ...all(chart, 'Namespace')]).toEqual([]);
});

test('two operators, each with its own namespace, leave each other alone', () => {
  const chart = operator();
  const second = new RookOperator(chart, 'Second', { namespace: 'rook-two', installCrds: false, csiOperator: false });
  expect(second.apiObjects.filter(({ kind }) => kind.startsWith('ClusterRole')).map(({ name }) => name)).toEqual(['rook-two-system', 'rook-two-system', 'rook-two-osd', 'rook-two-osd']);
  expect(codes(chart)).toEqual([]);
  expect(second.watchesAllNamespaces).toBe(false);
});

test('operators of two clusters do not meet', () => {
  const [east, west] = twoClusters();
  new RookOperator(east, 'Rook', { clusterNamespaces: ['ceph'] });
  new RookOperator(west, 'Rook');
  expect(codes(west)).toEqual(['CEPH135']);
  expect(Findings.of(west).list()).toEqual([]);
});

test('one that exists is what is said of it', () => {
  expect(RookOperator.existing()).toEqual({ namespace: 'rook-ceph' });
  expect(RookOperator.existing({ namespace: 'rook', watchesAllNamespaces: true })).toEqual({ namespace: 'rook', watchesAllNamespaces: true });
});

test('a namespace that is there already is looked at', () => {
  const chart = operator({ createNamespace: false }, { distribution: Distribution.TALOS });
  expect(codes(chart)).toEqual(['CEPH134']);
  new Namespace(chart, 'Namespace', { name: 'rook-ceph', podSecurity: PodSecurityLevel.PRIVILEGED });
  expect(codes(chart)).toEqual([]);
});

describe('from JavaScript', () => {
  test.each<[string, any]>([
    ['CEPH130', null], ['CEPH130', 'rook'], ['CEPH130', { clusterNamespaces: 'ceph' }], ['CEPH130', { clusterNamespaces: [null] }], ['CEPH130', { discoveryInterval: '60m' }],
    ['CEPH130', { settings: { ROOK_CEPH_ALLOW_LOOP_DEVICES: true } }], ['CEPH130', { pod: { memoryLimit: '1Gi' } }], ['CEPH130', { logLevel: 'info' }], ['CEPH130', { objectstorage: true }],
    ['CEPH130', { pod: { memorylimit: Size.gibibytes(1) } }], ['MAN001', { namespace: 'Rook' }], ['CSI006', { image: 'rook/ceph' }], ['CSI006', { imageRegistry: 'https://mirror' }],
    ['CSI013', { pod: { cpuRequest: 'much' } }], ['MAN001', { imagePullSecrets: [''] }],
  ])('%s for %j', (expected, props) => {
    expect(code(() => new RookOperator(testChart(), 'Rook', props))).toBe(expected);
  });

  test('a misspelt property names the one that was meant', () => {
    expect(thrown(() => operator({ clusterNamespace: ['ceph'] } as any))?.fix).toContain('clusterNamespaces');
    expect(code(() => RookOperator.existing({ watchesAllNamespace: true } as any))).toBe('CEPH130');
    expect(code(() => RookOperator.existing(null as any))).toBe('CEPH130');
  });
});

test('Kubernetes older than Rook supports is a warning', () => {
  expect(codes(operator({}, { kubernetes: KubernetesVersion.V1_30 }))).toEqual(['CEPH133']);
  expect(codes(operator({}, { kubernetes: KubernetesVersion.V1_31 }))).toEqual([]);
});

test('ceph-csi-operator comes with it, in the same namespace, and looks after drivers there', () => {
  const chart = testChart();
  new RookOperator(chart, 'Rook', { imageRegistry: 'registry.example.com' });
  const deployments = chart.toJson().filter(({ kind }: any) => kind === 'Deployment').map(({ metadata: { namespace, name }, spec }: any) => [namespace, name, spec.template.spec.containers[0].image]);
  expect(deployments).toEqual([
    ['rook-ceph', 'ceph-csi-operator', 'registry.example.com/cephcsi/ceph-csi-operator:v1.0.4'],
    ['rook-ceph', 'rook-ceph-operator', 'registry.example.com/rook/ceph:v1.20.6'],
  ]);
});
