import { cephFs, rbd } from './ceph';
import { CephCredentials, RbdImageFeature, ReclaimPolicy } from '../../src';
import { one } from '../support';

// What docs/adopt/ceph.md says of the charts ceph-csi-rbd and ceph-csi-cephfs 3.17.1: a class and the CSIDriver are taken over as they are.

/** The Secrets of a class of the charts, by the names of their values. */
function secrets(name: string, namespace: string): Record<string, string> {
  return Object.fromEntries(['provisioner', 'controller-expand', 'controller-publish', 'node-stage'].flatMap(key => [
    [`csi.storage.k8s.io/${key}-secret-name`, name], [`csi.storage.k8s.io/${key}-secret-namespace`, namespace],
  ]));
}

const SPEC = { attachRequired: true, podInfoOnMount: true, fsGroupPolicy: 'File', seLinuxMount: true, volumeLifecycleModes: ['Persistent'] }; // the last is Kubernetes' own

test('a class of the chart for RBD, with its default values', () => {
  const storage = rbd({ credentials: CephCredentials.fromSecret({ name: 'csi-rbd-secret', namespace: 'ceph-csi-rbd' }), pool: 'replicapool' });
  storage.addStorageClass('csi-rbd-sc', { imageFeatures: [RbdImageFeature.LAYERING], fsType: 'ext4', reclaimPolicy: ReclaimPolicy.DELETE, expansion: true });
  expect(one(storage, 'StorageClass')).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'csi-rbd-sc' },
    provisioner: 'rbd.csi.ceph.com',
    parameters: { 'clusterID': 'ceph', 'imageFeatures': 'layering', 'pool': 'replicapool', ...secrets('csi-rbd-secret', 'ceph-csi-rbd'), 'csi.storage.k8s.io/fstype': 'ext4' },
    reclaimPolicy: 'Delete',
    allowVolumeExpansion: true,
  });
  expect(one(storage, 'CSIDriver').spec).toEqual(SPEC);
});

test('a class of the chart for CephFS, with its default values', () => {
  const storage = cephFs({ credentials: CephCredentials.fromSecret({ name: 'csi-cephfs-secret', namespace: 'ceph-csi-cephfs' }), fsName: 'myfs' });
  storage.addStorageClass('csi-cephfs-sc', { reclaimPolicy: ReclaimPolicy.DELETE, expansion: true });
  expect(one(storage, 'StorageClass')).toMatchObject({ parameters: { clusterID: 'ceph', fsName: 'myfs', ...secrets('csi-cephfs-secret', 'ceph-csi-cephfs') }, reclaimPolicy: 'Delete', allowVolumeExpansion: true });
  expect(Object.keys(one(storage, 'StorageClass').parameters)).toHaveLength(10);
  expect(one(storage, 'CSIDriver').spec).toEqual(SPEC);
});

test('a snapshot class of the chart', () => {
  const storage = rbd({ credentials: CephCredentials.fromSecret({ name: 'csi-rbd-secret', namespace: 'ceph-csi-rbd' }), snapshots: true });
  storage.addSnapshotClass('csi-rbdplugin-snapclass');
  expect(one(storage, 'VolumeSnapshotClass')).toMatchObject({
    driver: 'rbd.csi.ceph.com',
    deletionPolicy: 'Delete',
    parameters: { 'clusterID': 'ceph', 'csi.storage.k8s.io/snapshotter-secret-name': 'csi-rbd-secret', 'csi.storage.k8s.io/snapshotter-secret-namespace': 'ceph-csi-rbd' },
  });
});
