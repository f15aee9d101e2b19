import { Chart, Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { common, duration, flag, id, label, members, mostly, name, number, size, some, Step, text } from './basics';
import { image, pullSecrets, registry } from './csi';
import {
  CephCluster, CephClusterMapping, CephCredentials, CephKms, CephRbdCsiDriver, CephRbdStorage, CephRbdStorageClassOptions, CsiAddonsController, CsiAddonsSchedulePrecedence,
  ICsiDriver, KeyRotationSchedule, MirroringFlattenMode, MirroringMode, PersistentVolumeClaim, ReclaimSpaceSchedule, ReplicationState, Schedule, VolumeReplication,
} from '../../src';

const controller = some({
  ...common,
  namespace: label,
  createNamespace: flag,
  installCrds: flag,
  imageRegistry: registry,
  image,
  imagePullSecrets: pullSecrets,
  schedulePrecedence: members(CsiAddonsSchedulePrecedence),
  reclaimSpaceTimeout: duration,
  maxConcurrentReconciles: number(fc.integer({ min: 1, max: 100 })),
}, []);

/** It throws by itself what it finds, so it is made within a step. */
const schedule = fc.tuple(
  text(['@daily', '30 2 * * 0', '0 */6 * * *'], ['@every 1h', '* * *', '61 * * * *']), some({ timeZone: text(['Etc/UTC', 'Asia/Shanghai'], ['CET+1']) }, []),
).map(([expression, options]) => () => Schedule.cron(expression, options));
const limits = some({
  ...common,
  name,
  suspend: flag,
  startingDeadline: duration,
  timeout: duration,
  backoffLimit: number(fc.integer({ min: 1, max: 60 })),
  retryDeadline: mostly(fc.integer({ min: 1, max: 1800 }).map(seconds => Duration.seconds(seconds)), duration),
  successfulJobsHistoryLimit: number(fc.integer({ min: 0, max: 60 })),
  failedJobsHistoryLimit: number(fc.integer({ min: 0, max: 60 })),
}, []);

const mapping: fc.Arbitrary<CephClusterMapping> = some({
  clusterId: text(['ceph'], ['']), peerClusterId: text(['east', 'west'], ['ceph']), rbdPools: fc.dictionary(text(['2', '11'], ['kubernetes']), text(['3'], ['x']), { maxKeys: 2, noNullPrototype: true }),
}, ['clusterId', 'peerClusterId']);
const driver = some({
  csiAddons: mostly(fc.constant(true), flag),
  omapGenerator: flag,
  csiAddonsPort: number(fc.integer({ min: 20000, max: 29000 })),
  csiAddonsImage: image,
  networkPolicy: flag,
  clusterMappings: fc.array(mapping, { maxLength: 1 }),
}, ['csiAddons']);
const mirroring = some({
  ...common,
  mirroringMode: members(MirroringMode),
  schedulingInterval: mostly(fc.integer({ min: 1, max: 3000 }).map(minutes => Duration.minutes(minutes)), duration),
  schedulingStartTime: text(['14:00:00-05:00', '02:30'], ['noon']),
  flattenMode: members(MirroringFlattenMode),
}, []);
const replication = some({ ...common, name, state: members(ReplicationState), autoResync: mostly(fc.constant(false), flag, 4) }, ['state']);
const mirrored = some({
  volumeHandle: text(['0001-0004-ceph-0000000000000002-b0285c97-a0ce-11eb-8c66-0242ac110002', '0001-0004-east-0000000000000002-b0285c97-a0ce-11eb-8c66-0242ac110002'], ['disk1']),
  imageName: text(['csi-vol-b0285c97-a0ce-11eb-8c66-0242ac110002', 'shop-b0285c97-a0ce-11eb-8c66-0242ac110002'], ['a/b', 'csi-vol-1']),
  capacity: size,
}, ['volumeHandle', 'imageName', 'capacity']);

const KMS = CephKms.existing('keys');

/** Storage on a driver that was installed elsewhere, or here. */
function storage(chart: Chart, of: ICsiDriver, cluster: CephCluster): CephRbdStorage {
  return new CephRbdStorage(chart, id(), { driver: of, cluster, credentials: CephCredentials.fromSecret({ name: 'ceph', namespace: 'ceph' }), pool: 'kubernetes' });
}

function claimOf(chart: Chart, rbd: CephRbdStorage, options: CephRbdStorageClassOptions): PersistentVolumeClaim {
  const storageClass = rbd.addStorageClass('mirrored', options);
  return new PersistentVolumeClaim(chart, id(), { name: 'mirrored', storageClass, size: fc.sample(size, { numRuns: 1, seed: 1 })[0] });
}

export const cephAddonsSteps: fc.Arbitrary<Step>[] = [
  controller.map(props => chart => { new CsiAddonsController(chart, id(), props); }),
  fc.tuple(controller, driver, limits, limits, schedule, flag).map(([props, sidecar, reclaim, rotation, when, ofClass]) => (chart, known) => {
    new CsiAddonsController(chart, id(), props);
    const own = new CephRbdCsiDriver(chart, id(), { ...sidecar, kms: [CephKms.secretMetadata({ id: 'keys', secretName: 'keys', secretNamespace: 'ceph' })] });
    known.push(own);
    const rbd = storage(chart, own, CephCluster.external({ clusterId: 'ceph', monitors: ['10.0.0.1:6789'] }));
    const claim = claimOf(chart, rbd, { encryption: { kms: KMS }, keyRotation: ofClass ? when() : undefined });
    new KeyRotationSchedule(chart, id(), { ...rotation, claim, schedule: when() });
    new ReclaimSpaceSchedule(chart, id(), { ...reclaim, claim, schedule: when() });
  }),
  fc.tuple(mirroring, replication, fc.option(mirrored, { nil: undefined }), mapping).map(([options, side, volume, known]) => chart => {
    CsiAddonsController.existing(chart);
    const own = CephRbdCsiDriver.existing({ csiAddons: true, omapGenerator: true, clusterMappings: [known] });
    const rbd = storage(chart, own, CephCluster.existing('ceph'));
    rbd.addNetworkFenceClass('fence');
    const claim = volume ? new PersistentVolumeClaim(chart, id(), { name: 'mirrored', volume: rbd.addMirroredVolume('mirrored', volume) }) : claimOf(chart, rbd, {});
    new VolumeReplication(chart, id(), { ...side, claim, replicationClass: rbd.addReplicationClass('mirror', options) });
  }),
];
