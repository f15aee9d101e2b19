import { Size } from 'cdk8s';
import { GlusterAccess, GlusterCluster, GlusterStorage, KadaluBrick, KadaluOperator, KadaluPoolType, KadaluQuota, NodeUpdateStrategy, PersistentVolumeClaim, WhenDeleted } from '../../src';
import { FindingError } from '../../src/findings/report';
import { object, stderr, testChart } from '../support';
import { disks, gluster, pool, RELEASE } from './gluster';

// From JavaScript anything may come. Each value of props that are right is replaced by values of other types: what is not taken ends in a finding.

const JUNK: any[] = [undefined, null, 7, NaN, '', 'x', true, [], {}, [null], { a: null }, () => 1];

/** Every copy of a value in which one thing is another one. */
function* broken(value: any): Generator<any> {
  yield* JUNK;
  if (typeof value === 'object' && value !== null && [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value))) {
    for (const key of Object.keys(value)) {
      for (const other of broken(value[key])) {
        yield Array.isArray(value) ? value.map((entry, index) => (`${index}` === key ? other : entry)) : { ...value, [key]: other };
      }
    }
  }
}

const POD = {
  memoryRequest: Size.mebibytes(64), memoryLimit: Size.mebibytes(512), cpuRequest: '10m', nodeSelector: { a: 'b' }, tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule' }],
  priorityClassName: 'high', podLabels: { a: 'b' }, podAnnotations: { a: 'b' },
};
const OPERATOR = {
  version: RELEASE, imageRegistry: 'docker.io', repository: 'kadalu', images: { operator: 'a/b:1', nodePlugin: 'a/b:1', registrar: 'a/b:1' }, imagePullSecrets: ['pull'], createNamespace: true,
  installCrds: true, verbose: true, operator: POD, nodePlugin: { ...POD, updateStrategy: NodeUpdateStrategy.ON_DELETE }, labels: { a: 'b' }, annotations: { a: 'b' },
};
const POOL = {
  ...pool(), type: KadaluPoolType.DISPERSE, bricks: disks(3), disperse: { data: 2, redundancy: 1 }, whenDeleted: WhenDeleted.ARCHIVE, singleVolume: false,
  performance: { quickRead: true },
  tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule' }], volumeId: '0f8fad5b-d9cb-469f-a165-70867728950e', capacity: Size.gibibytes(9), allowSameNode: false, acceptSplitBrain: false,
};
const EXTERNAL = { name: 'files', quota: KadaluQuota.NONE, whenDeleted: WhenDeleted.ARCHIVE, singleVolume: false, mountFlags: ['acl'] };
const CLASS = { pool: 'pool1', whenDeleted: WhenDeleted.ARCHIVE, virtualBlock: true, expansion: true, isDefault: true, labels: { a: 'b' } };
const VOLUME = { capacity: Size.gibibytes(1), pool: 'pool1', path: 'a/b', accessModes: ['ReadWriteMany'], claim: { name: 'a', namespace: 'b' } };
const SPEC = {
  type: 'Disperse', storage: [{ node: 'node1', device: '/dev/disk/by-id/x', decommissioned: '' }, { pvc: 'a' }, { node: 'node2', path: '/x' }],
  disperse: { data: 2, redundancy: 1 }, volume_id: POOL.volumeId,
  options: [{ key: 'performance.quick-read', value: 'on' }], tolerations: POOL.tolerations, tiebreaker: { node: 'a', path: '/b' }, details: { gluster_hosts: ['a'], gluster_volname: 'b' }, single_pv_per_pool: true,
};

const driver = KadaluOperator.existing({ version: RELEASE });
const storage = (chart: any, pools: any[] = [pool()]) => new GlusterStorage(chart, 'Gluster', { cluster: GlusterCluster.kadalu({ pools }), driver });

test.each<[string, any, (chart: any, props: any) => unknown]>([
  ['the operator', OPERATOR, (chart, props) => new KadaluOperator(chart, 'Kadalu', props)],
  ['an operator that is there', { version: RELEASE, namespace: 'kadalu' }, (_, props) => KadaluOperator.existing(props)],
  ['a pool', POOL, (chart, props) => storage(chart, [props])],
  ['pools', { pools: [POOL] }, (_, props) => GlusterCluster.kadalu(props)],
  ['an external Gluster', { hosts: ['gluster1', 'gluster2'], volume: 'gv0', port: 24007 }, (_, props) => GlusterCluster.external(props)],
  ['an external Gluster by Kadalu', EXTERNAL, (chart, props) => new GlusterStorage(chart, 'Gluster', { cluster: gluster(), access: GlusterAccess.KADALU_CSI, driver, kadalu: props })],
  ['the storage', { cluster: gluster(), access: GlusterAccess.KADALU_CSI, kadalu: EXTERNAL, labels: {} }, (chart, props) => new GlusterStorage(chart, 'Gluster', { driver, ...props, access: props?.access ?? GlusterAccess.KADALU_CSI })],
  ['a class', CLASS, (chart, props) => storage(chart).addStorageClass('fast', props)],
  ['a volume', VOLUME, (chart, props) => storage(chart).addStaticVolume('old', props)],
  ['options of a brick', { decommissioned: true }, (_, props) => KadaluBrick.device('node1', '/dev/disk/by-id/x', props)],
  ['a claim as a brick', { claimName: 'a', namespace: 'kadalu' }, (_, props) => KadaluBrick.claim(props as PersistentVolumeClaim)],
  ['a KadaluStorage by hand', SPEC, (chart, spec) => object(chart, 'KadaluStorage', { metadata: { name: 'pool1', namespace: 'kadalu' }, spec }, 'kadalu-operator.storage/v1alpha1')],
  ['an external KadaluStorage by hand', { ...SPEC, type: 'External' }, (chart, spec) => {
    object(chart, 'StorageClass', { metadata: { name: 'x' }, provisioner: 'kadalu', parameters: { hostvol_type: 'External', gluster_hosts: 'a', gluster_volname: 'b' } }, 'storage.k8s.io/v1');
    return object(chart, 'KadaluStorage', { metadata: { name: 'pool1', namespace: 'kadalu' }, spec }, 'kadalu-operator.storage/v1alpha1');
  }],
])('%s of wrong types ends in findings', (_, right, build) => {
  const others: string[] = [];
  stderr(() => {
    for (const props of broken(right)) {
      try {
        const chart = testChart();
        build(chart, props);
        chart.toJson();
      } catch (error: any) {
        if (!(error instanceof FindingError) && !/^Validation failed/.test(error.message)) {
          others.push(`${JSON.stringify(props)}: ${error.stack.split('\n').slice(0, 3).join(' ')}`);
        }
      }
    }
  });
  expect(others.slice(0, 5)).toEqual([]);
});
