import { Chart } from 'cdk8s';
import {
  ClaimSelector, CsiCapabilities, CsiDriver, ICsiDriver, IPersistentVolumeClaim, IVolumeSnapshotClass, PersistentVolumeClaim, PlatformProps, Schedule, SnapshotController,
  SnapshotDeletionPolicy, SnapshotPolicy, SnapshotPolicyProps, StorageClass, VolumeGroupSnapshotClass, VolumeSnapshotClass,
} from '../../src';
import { testChart } from '../support';

export function driverOf(driverName = 'csi.example.com', capabilities: CsiCapabilities | undefined = { snapshot: true, groupSnapshot: true }): ICsiDriver {
  return CsiDriver.fromDriverName(driverName, { capabilities });
}

/** A chart with a namespace, in a cluster that handles snapshots and groups. */
export function policyChart(platform: Partial<PlatformProps> = {}): Chart {
  const chart = testChart(platform, { namespace: 'shop' });
  SnapshotController.existing(chart, { groupSnapshots: true });
  return chart;
}

/** A snapshot class that is there already. */
export function daily(driver: ICsiDriver | undefined = driverOf(), name = 'daily', deletionPolicy: SnapshotDeletionPolicy = SnapshotDeletionPolicy.DELETE): IVolumeSnapshotClass {
  return VolumeSnapshotClass.fromVolumeSnapshotClassName(name, { driver, deletionPolicy });
}

export const GROUPS = VolumeGroupSnapshotClass.fromVolumeGroupSnapshotClassName('groups', { driver: driverOf(), deletionPolicy: SnapshotDeletionPolicy.DELETE });

/** A claim that is there already. */
export function claim(name = 'data', namespace: string | undefined = 'shop', driver: ICsiDriver | undefined = driverOf()): IPersistentVolumeClaim {
  return PersistentVolumeClaim.fromClaimName(name, { namespace, storageClass: StorageClass.fromStorageClassName(`of-${driver?.driverName ?? 'nobody'}`, { driver }) });
}

/** A policy that trips nothing, but for what is given. */
export function policy(props: Partial<SnapshotPolicyProps> = {}, chart = policyChart()): SnapshotPolicy {
  return new SnapshotPolicy(chart, `Policy-${chart.node.children.length}`, {
    name: 'nightly',
    schedule: Schedule.daily({ hour: 2, timeZone: 'Asia/Shanghai' }),
    claims: ClaimSelector.of(claim()),
    snapshotClass: daily(),
    retention: { daily: 7, weekly: 4, monthly: 6 },
    ...props,
  });
}
