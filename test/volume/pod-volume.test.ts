import { ApiObject, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { AccessMode, Findings, KubernetesVersion, VolumeMountOptions, PersistentVolumeClaim, PodVolume } from '../../src';
import { codes, containerOf, deployment, nfs, object, one, testChart, uncheckedCodes } from '../support';

const web = (kubernetes = KubernetesVersion.V1_35) => testChart({ kubernetes }, { namespace: 'web' });

function mount(workload: ApiObject, options: Partial<VolumeMountOptions> = {}, claimName = 'data'): ApiObject {
  PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName(claimName)).mountTo(workload, { container: 'main', path: '/data', ...options });
  return workload;
}

/** The Deployment of a chart as it is written. */
const written = (chart: Chart) => one(chart, 'Deployment');
const volumesOf = (chart: Chart) => written(chart).spec.template.spec.volumes;
const mountsOf = (chart: Chart, container = 'main') => containerOf(written(chart), container).volumeMounts;

describe('read-only', () => {
  test('pulls every lever that works: the pod\'s volume, the mount, and what is mounted below it', () => {
    const chart = web();
    mount(deployment(chart, 'main'), { readOnly: true });
    expect(volumesOf(chart)).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'data', readOnly: true } }]);
    expect(mountsOf(chart)).toEqual([{ mountPath: '/data', name: 'data', readOnly: true, recursiveReadOnly: 'IfPossible' }]);
  });

  test.each([
    [KubernetesVersion.V1_27, undefined], [KubernetesVersion.V1_30, undefined], [KubernetesVersion.V1_31, 'IfPossible'], [KubernetesVersion.V1_37, 'IfPossible'],
  ])('on %s recursiveReadOnly is %s', (kubernetes, expected) => {
    const chart = web(kubernetes);
    mount(deployment(chart, 'main'), { readOnly: true });
    expect(mountsOf(chart)[0].recursiveReadOnly).toBe(expected);
    expect(mountsOf(chart)[0].readOnly).toBe(true);
  });

  test.each([
    ['writer first', [false, true]],
    ['reader first', [true, false]],
  ])('beside a writer in the same pod holds for the reader alone: %s', (_, [first, second]) => {
    const chart = web();
    const workload = deployment(chart, 'first', 'second');
    mount(workload, { container: 'first', readOnly: first });
    mount(workload, { container: 'second', readOnly: second });
    expect(volumesOf(chart)).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }]);
    expect(['first', 'second'].map(container => mountsOf(chart, container)[0].readOnly ?? false)).toEqual([first, second]);
  });

  test.each([[false, undefined], [true, true]])('beside a mount of that volume that the user wrote with readOnly %s', (readOnly, expected) => {
    const chart = web();
    const own = { name: 'own', volumeMounts: [{ name: 'data', mountPath: '/data', readOnly }] };
    mount(object(chart, 'Deployment', { spec: { template: { spec: { containers: [{ name: 'main' }, own] } } } }, 'apps/v1'), { readOnly: true });
    expect(volumesOf(chart)[0].persistentVolumeClaim.readOnly).toBe(expected);
  });

  test('holds for one claim and leaves another one in the same pod writable', () => {
    const chart = web();
    const workload = mount(deployment(chart, 'main'), { readOnly: true });
    mount(workload, { path: '/other' }, 'other');
    expect(volumesOf(chart).map((volume: any) => volume.persistentVolumeClaim.readOnly)).toEqual([true, undefined]);
  });

  test('holds for one pod and leaves another one with the same claim writable', () => {
    const chart = web();
    mount(object(chart, 'Deployment', { metadata: { name: 'reader' }, spec: { template: { spec: { containers: [{ name: 'main' }] } } } }, 'apps/v1'), { readOnly: true });
    mount(object(chart, 'Deployment', { metadata: { name: 'writer' }, spec: { template: { spec: { containers: [{ name: 'main' }] } } } }, 'apps/v1'));
    expect(one(chart, 'Deployment', 'writer').spec.template.spec.volumes).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }]);
  });

  test('said to be false is a writer', () => {
    const chart = web();
    mount(deployment(chart, 'main'), { readOnly: false });
    expect(mountsOf(chart)).toEqual([{ mountPath: '/data', name: 'data' }]);
  });

  test('of every pod leaves nothing to warn of in a claim that is ReadOnlyMany', () => {
    const chart = web();
    const claim = new PersistentVolumeClaim(chart, 'Claim', {
      name: 'data', storageClass: nfs(chart).addStorageClass('fast'), size: Size.gibibytes(1), accessModes: [AccessMode.READ_ONLY_MANY],
    });
    PodVolume.fromClaim(claim).mountTo(deployment(chart, 'main'), { container: 'main', path: '/data', readOnly: true });
    expect(codes(chart)).toEqual([]); // the fix of NFS112 says to do just this
    const writer = object(chart, 'Deployment', { metadata: { name: 'writer' }, spec: { template: { spec: { containers: [{ name: 'main' }] } } } }, 'apps/v1');
    PodVolume.fromClaim(claim).mountTo(writer, { container: 'main', path: '/data' });
    expect(codes(chart)).toEqual(['NFS112']); // one pod that may write is enough
  });
});

describe('a plain ApiObject', () => {
  const SPEC = { containers: [{ name: 'main' }] };
  const TEMPLATE = { template: { spec: SPEC } };

  test.each([
    ['Pod', 'v1', SPEC, (json: any) => json.spec],
    ['Deployment', 'apps/v1', TEMPLATE, (json: any) => json.spec.template.spec],
    ['StatefulSet', 'apps/v1', TEMPLATE, (json: any) => json.spec.template.spec],
    ['DaemonSet', 'apps/v1', TEMPLATE, (json: any) => json.spec.template.spec],
    ['ReplicaSet', 'apps/v1', TEMPLATE, (json: any) => json.spec.template.spec],
    ['ReplicationController', 'v1', TEMPLATE, (json: any) => json.spec.template.spec],
    ['Job', 'batch/v1', TEMPLATE, (json: any) => json.spec.template.spec],
    ['CronJob', 'batch/v1', { jobTemplate: { spec: TEMPLATE } }, (json: any) => json.spec.jobTemplate.spec.template.spec],
  ])('%s is mounted into', (kind, apiVersion, spec, podOf) => {
    const chart = web();
    mount(object(chart, kind, { spec }, apiVersion));
    expect(podOf(one(chart, kind))).toEqual({
      containers: [{ name: 'main', volumeMounts: [{ mountPath: '/data', name: 'data' }] }],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    });
  });

  test('that is a PodTemplate is mounted into, and has no spec of its own', () => {
    const chart = web();
    mount(object(chart, 'PodTemplate', TEMPLATE));
    expect(one(chart, 'PodTemplate').template.spec).toEqual({
      containers: [{ name: 'main', volumeMounts: [{ mountPath: '/data', name: 'data' }] }],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    });
  });

  test('with gaps in its lists, as JavaScript makes them, is mounted into', () => {
    const chart = web();
    mount(object(chart, 'Deployment', { spec: { template: { spec: { containers: [undefined, { name: 'main' }], volumes: [null] } } } }, 'apps/v1'));
    expect(codes(chart)).toEqual([]);
    expect(volumesOf(chart)).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }]);
  });

  test('keeps the volumes and mounts that it has', () => {
    const chart = web();
    const own = { volumes: [{ name: 'tmp', emptyDir: {} }], containers: [{ name: 'main', volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] }] };
    mount(object(chart, 'Deployment', { spec: { template: { spec: own } } }, 'apps/v1'));
    expect(volumesOf(chart).map((volume: any) => volume.name)).toEqual(['tmp', 'data']);
    expect(mountsOf(chart).map((entry: any) => entry.mountPath)).toEqual(['/tmp', '/data']);
  });

  test('is mounted into an init container', () => {
    const chart = web();
    const spec = { initContainers: [{ name: 'prepare' }], containers: [{ name: 'main' }] };
    mount(object(chart, 'Deployment', { spec: { template: { spec } } }, 'apps/v1'), { container: 'prepare' });
    expect(mountsOf(chart, 'prepare')).toHaveLength(1);
    expect(mountsOf(chart, 'main')).toBeUndefined();
  });

  test('is the same each time it is rendered', () => {
    const chart = web();
    const workload = mount(deployment(chart, 'main'));
    expect(workload.toJson()).toEqual(workload.toJson());
    expect(written(chart)).toEqual(workload.toJson());
  });
});

describe('cdk8s-plus-27', () => {
  function plus(chart: Chart) {
    return new kplus.Deployment(chart, 'Deployment', { metadata: { name: 'web' }, containers: [{ name: 'main', image: 'busybox:1.36' }] });
  }

  test('is mounted into by the object behind it', () => {
    const chart = web();
    mount(ApiObject.of(plus(chart)), { readOnly: true });
    expect(volumesOf(chart)).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'data', readOnly: true } }]);
    expect(mountsOf(chart)).toEqual([{ mountPath: '/data', name: 'data', readOnly: true, recursiveReadOnly: 'IfPossible' }]);
  });

  test('may get its container after the mount', () => {
    const chart = web();
    const workload = plus(chart);
    mount(ApiObject.of(workload), { container: 'late' });
    expect(codes(chart)).toEqual(['VOL009']);
    workload.addContainer({ name: 'late', image: 'busybox:1.36' });
    expect(codes(chart)).toEqual([]);
    expect(mountsOf(chart, 'late')).toEqual([{ mountPath: '/data', name: 'data' }]);
    expect(mountsOf(chart, 'main') ?? []).toEqual([]);
  });

  test('keeps volumes of its own', () => {
    const chart = web();
    const workload = plus(chart);
    mount(ApiObject.of(workload));
    workload.containers[0].mount('/cache', kplus.Volume.fromEmptyDir(workload, 'Cache', 'cache'));
    expect(volumesOf(chart).map((volume: any) => volume.name).sort()).toEqual(['cache', 'data']);
    expect(mountsOf(chart).map((entry: any) => entry.mountPath).sort()).toEqual(['/cache', '/data']);
  });
});

describe('one claim', () => {
  test('in two containers is one volume', () => {
    const chart = web();
    const workload = deployment(chart, 'a', 'b');
    ['a', 'b'].forEach(container => mount(workload, { container }));
    expect(volumesOf(chart)).toHaveLength(1);
  });

  test('by two PodVolumes is one volume', () => {
    const chart = web();
    const workload = mount(deployment(chart, 'main'));
    mount(workload, { path: '/again', subPath: 'a/b' });
    expect(volumesOf(chart)).toHaveLength(1);
    expect(mountsOf(chart)[1]).toEqual({ mountPath: '/again', name: 'data', subPath: 'a/b' });
  });

  test.each([
    ['data.web.example', 'data-web-example'],
    ['a'.repeat(70), 'a'.repeat(63)],
    [`${'a'.repeat(62)}.b`, 'a'.repeat(62)],
  ])('%s is a volume of a name that a pod may have', (claimName, volume) => {
    const chart = web();
    mount(deployment(chart, 'main'), {}, claimName);
    expect(volumesOf(chart)).toEqual([{ name: volume, persistentVolumeClaim: { claimName } }]);
  });

  test.each([['a.b', 'a-b'], [`${'a'.repeat(63)}b`, `${'a'.repeat(63)}c`]])('%s is not taken for %s, whose volume would have the same name', (first, second) => {
    const chart = web();
    const workload = mount(deployment(chart, 'main'), {}, first);
    mount(workload, { path: '/other' }, second);
    expect(codes(chart)).toEqual(['VOL009']);
  });
});

describe('what goes wrong', () => {
  test('a misspelt container is told the names that there are', () => {
    const chart = web();
    mount(deployment(chart, 'main', 'proxy'), { container: 'mian' });
    expect(Findings.of(chart).list()[0]).toMatchObject({ code: 'VOL009', fix: expect.stringContaining("'main', 'proxy'") });
  });

  test('a path twice, once with a slash at its end', () => {
    const chart = web();
    mount(mount(deployment(chart, 'main')), { path: '/data/' });
    expect(codes(chart)).toEqual(['VOL009']);
  });

  test('the root of the container', () => {
    const chart = web();
    expect(() => mount(deployment(chart, 'main'), { path: '/' })).toThrow('VOL009');
  });

  test('a workload whose namespace is not known, for a claim whose is', () => {
    const chart = testChart();
    const claim = PersistentVolumeClaim.fromClaimName('data', { namespace: 'web' });
    PodVolume.fromClaim(claim).mountTo(deployment(chart, 'main'), { container: 'main', path: '/data' });
    expect([...codes(chart), ...Findings.of(chart).unchecked().map(rule => rule.code)]).toEqual(['VOL010']);
  });

  test('a claim whose namespace is not known, for a workload whose is; but not where neither is', () => {
    const chart = web();
    mount(deployment(chart, 'main'));
    expect([codes(chart), uncheckedCodes(chart)]).toEqual([[], ['VOL010']]);
    const nowhere = testChart();
    mount(deployment(nowhere, 'main'));
    expect([codes(nowhere), uncheckedCodes(nowhere)]).toEqual([[], []]);
  });
});
