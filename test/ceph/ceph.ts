import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { CephCluster, CephCredentials, CephFsStorage, CephFsStorageProps, CephRbdStorage, CephRbdStorageProps, PlatformProps, SnapshotController } from '../../src';
import { testApp } from '../support';

export const MONITORS = ['10.0.0.1:6789', '10.0.0.2:6789', '10.0.0.3:6789'];
export const CLUSTER = CephCluster.external({ clusterId: 'ceph', monitors: MONITORS, release: 19 });
export const CREDENTIALS = CephCredentials.fromSecret({ name: 'ceph-csi', namespace: 'ceph' });

/** A chart of a cluster that has a snapshot-controller. */
export function cephChart(platform: Partial<PlatformProps> = {}): Chart {
  const app = testApp(platform);
  SnapshotController.existing(app, { groupSnapshots: true });
  return new Chart(app, 'chart', { namespace: 'web' });
}

/** Storage on `CLUSTER`, and its driver. */
export function rbd(props: Partial<CephRbdStorageProps> = {}, scope: Construct = cephChart()): CephRbdStorage {
  return new CephRbdStorage(scope, 'Rbd', { cluster: CLUSTER, credentials: CREDENTIALS, pool: 'kubernetes', ...props });
}

/** Storage on `CLUSTER`, and its driver. */
export function cephFs(props: Partial<CephFsStorageProps> = {}, scope: Construct = cephChart()): CephFsStorage {
  return new CephFsStorage(scope, 'Fs', { cluster: CLUSTER, credentials: CREDENTIALS, fsName: 'cephfs', ...props });
}
