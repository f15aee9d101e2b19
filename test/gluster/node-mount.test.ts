import { Size, Testing } from 'cdk8s';
import { HOSTS, nodeMountProps } from './gateway';
import { Distribution, GlusterAccess, GlusterCluster, GlusterNodeMountOptions, GlusterStaticVolumeOptions, GlusterStorage, GlusterStorageProps } from '../../src';
import { all, code, codes, one, stderr, testChart } from '../support';

/** Storage that nodes mount and that trips nothing, unless told otherwise. */
function storage(options: Partial<GlusterNodeMountOptions> = {}, props: Partial<GlusterStorageProps> = {}, chart = testChart()): GlusterStorage {
  return new GlusterStorage(chart, 'Gluster', {
    cluster: GlusterCluster.external({ hosts: HOSTS, volume: 'gv0' }), access: GlusterAccess.NODE_MOUNT, nodeMount: nodeMountProps(options), ...props,
  });
}

function withVolume(options: Partial<GlusterStaticVolumeOptions> = {}, ...args: Parameters<typeof storage>): GlusterStorage {
  const gluster = storage(...args);
  gluster.addStaticVolume('reports', { capacity: Size.gibibytes(10), subDir: 'reports/2026', ...options });
  return gluster;
}

const podOf = (gluster: GlusterStorage) => one(gluster, 'DaemonSet').spec.template.spec;

test('the shape', () => {
  const gluster = withVolume();
  expect(Testing.synth(gluster.node.scope as any)).toMatchSnapshot();
  expect(codes(gluster)).toEqual([]);
});

test('the mount reaches the node, and its directory is there only while it is mounted', () => {
  const gluster = withVolume({}, { hostDirectory: '/srv/gluster' });
  const [container] = podOf(gluster).containers;
  expect(podOf(gluster).volumes).toContainEqual({ name: 'mounts', hostPath: { path: '/srv/gluster', type: 'DirectoryOrCreate' } });
  expect(container.volumeMounts).toContainEqual({ name: 'mounts', mountPath: '/mounts', mountPropagation: 'Bidirectional' });
  expect(container.args[0]).toBe('/mounts/gv0');
  // Below the mount itself: that is the directory which a node has that has not mounted.
  expect(one(gluster, 'PersistentVolume').spec.local).toEqual({ path: '/srv/gluster/gv0/reports/2026' });
  expect(one(gluster, 'Namespace').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('privileged');
});

test('each host is asked, on the port that glusterd has', () => {
  const args = (port?: number) => podOf(storage({ extraArgs: ['--attribute-timeout=1'] }, { cluster: GlusterCluster.external({ hosts: HOSTS, volume: 'gv0', port }) })).containers[0].args.slice(1);
  const servers = HOSTS.map(host => `--volfile-server=${host}`);
  expect(args(24008)).toEqual([...servers, '--volfile-server-port=24008', '--volfile-id=gv0', '--attribute-timeout=1']);
  expect(args()).toEqual([...servers, expect.stringMatching(/port=24007$/), '--volfile-id=gv0', '--attribute-timeout=1']);
});

test('pods with its volumes run where it is mounted', () => {
  const gluster = withVolume({}, { nodeSelector: { gluster: 'yes' } });
  expect(podOf(gluster).nodeSelector).toEqual({ 'gluster': 'yes', 'kubernetes.io/os': 'linux' });
  expect(one(gluster, 'PersistentVolume').spec.nodeAffinity.required.nodeSelectorTerms).toEqual([{
    matchExpressions: [{ key: 'gluster', operator: 'In', values: ['yes'] }, { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }],
  }]);
  expect(podOf(gluster).tolerations).toEqual([{ operator: 'Exists' }]);
  expect(podOf(storage({ tolerations: [] })).tolerations ?? []).toEqual([]);
});

test('a mounter is replaced by who deletes it, unless it is said to roll', () => {
  expect(one(storage(), 'DaemonSet').spec.updateStrategy).toEqual({ type: 'OnDelete' });
  expect(one(storage({ rollingUpdate: true }), 'DaemonSet').spec.updateStrategy).toEqual({ type: 'RollingUpdate' });
  // A restart would cut the mounts of every pod of the node.
  expect(podOf(storage()).containers[0].livenessProbe).toBeUndefined();
});

test('labels and annotations of the storage are on all, those of the mount on what mounts', () => {
  const gluster = withVolume({}, { labels: { part: 'mount' } }, { labels: { part: 'storage', team: 'a' } });
  for (const kind of ['Namespace', 'ConfigMap', 'DaemonSet', 'ServiceAccount']) {
    expect([kind, one(gluster, kind).metadata.labels]).toMatchObject([kind, { part: 'mount', team: 'a' }]);
  }
  expect(one(gluster, 'PersistentVolume').metadata.labels).toEqual({ part: 'storage', team: 'a' });
});

test('there is no driver and no class', () => {
  const gluster = withVolume();
  expect(gluster.driver).toBeUndefined();
  expect(all(gluster, 'CSIDriver')).toEqual([]);
});

test('on OpenShift its account may be privileged', () => {
  expect(one(storage({}, {}, testChart({ distribution: Distribution.OPENSHIFT })), 'RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: 'gluster-mount', namespace: 'gluster-mount' }]);
});

describe('wrong types end in findings', () => {
  const WRONG = [null, 5, 'text', true, [], [null], [5], { a: null }, Number.NaN];
  const tried = (build: (value: any) => GlusterStorage) => WRONG.forEach(value => {
    try {
      stderr(() => Testing.synth(build(value).node.scope as any));
    } catch (error) {
      expect([value, (error as Error).name, (error as Error).message]).toEqual([value, 'FindingError', expect.any(String)]);
    }
  });

  test.each([
    'name', 'namespace', 'createNamespace', 'image', 'imagePullSecrets', 'hostDirectory', 'nodeSelector', 'tolerations', 'rollingUpdate', 'memoryLimit', 'extraArgs', 'labels', 'annotations',
  ])('of %s', property => tried(value => storage({ [property]: value })));

  test.each(['capacity', 'pool', 'subDir', 'share', 'readOnly', 'accessModes', 'claim', 'labels', 'annotations'])('of %s of a volume', property => tried(value => withVolume({ [property]: value })));

  test.each([
    ['labels', () => storage({ labels: 'text' as any })], ['a namespace', () => storage({ namespace: 5 as any })], ['a memoryLimit', () => storage({ memoryLimit: '1Gi' as any })],
  ])('%s of another type', (_, build) => expect(code(build)).toBe('GLU080'));
});
