import { everything } from './everything';
import { GitOpsTool, Namespace, NfsCsiDriver } from '../../src';
import { objects, one, testChart } from '../support';

const KEYS = { argo: 'argocd.argoproj.io/sync-options', flux: 'kustomize.toolkit.fluxcd.io/prune', helm: 'helm.sh/resource-policy' };

/** What holds data, or is needed to reach it: losing one of these loses data. */
const HOLDS_DATA = [
  'CephBlockPool images',
  'CephBlockPoolRadosNamespace tenant',
  'CephCluster rook-ceph',
  'CephCluster rook-external',
  'CephConnection ceph',
  'CephFilesystem files',
  'CephFilesystemSubVolumeGroup files-tenant',
  'ClientProfile ceph',
  'ConfigMap ceph-csi-cephfs-config',
  'ConfigMap ceph-csi-cephfs-kms-config',
  'ConfigMap ceph-csi-rbd-config',
  'ConfigMap ceph-csi-rbd-kms-config',
  'ConfigMap gluster-mount',
  'ConfigMap gluster-nfs',
  'ConfigMap nfs-server',
  'ConfigMap rook-ceph-mon-endpoints',
  'ConfigMap second-rbd-csi-ceph-com-kms-config',
  'CustomResourceDefinition cephblockpoolradosnamespaces.ceph.rook.io',
  'CustomResourceDefinition cephblockpools.ceph.rook.io',
  'CustomResourceDefinition cephbucketnotifications.ceph.rook.io',
  'CustomResourceDefinition cephbuckettopics.ceph.rook.io',
  'CustomResourceDefinition cephclients.ceph.rook.io',
  'CustomResourceDefinition cephclusters.ceph.rook.io',
  'CustomResourceDefinition cephconnections.csi.ceph.io',
  'CustomResourceDefinition cephcosidrivers.ceph.rook.io',
  'CustomResourceDefinition cephfilesystemmirrors.ceph.rook.io',
  'CustomResourceDefinition cephfilesystems.ceph.rook.io',
  'CustomResourceDefinition cephfilesystemsubvolumegroups.ceph.rook.io',
  'CustomResourceDefinition cephnfses.ceph.rook.io',
  'CustomResourceDefinition cephnvmeofgateways.ceph.rook.io',
  'CustomResourceDefinition cephobjectrealms.ceph.rook.io',
  'CustomResourceDefinition cephobjectstoreaccounts.ceph.rook.io',
  'CustomResourceDefinition cephobjectstores.ceph.rook.io',
  'CustomResourceDefinition cephobjectstoreusers.ceph.rook.io',
  'CustomResourceDefinition cephobjectzonegroups.ceph.rook.io',
  'CustomResourceDefinition cephobjectzones.ceph.rook.io',
  'CustomResourceDefinition cephrbdmirrors.ceph.rook.io',
  'CustomResourceDefinition clientprofilemappings.csi.ceph.io',
  'CustomResourceDefinition clientprofiles.csi.ceph.io',
  'CustomResourceDefinition csiaddonsnodes.csiaddons.openshift.io',
  'CustomResourceDefinition drivers.csi.ceph.io',
  'CustomResourceDefinition encryptionkeyrotationcronjobs.csiaddons.openshift.io',
  'CustomResourceDefinition encryptionkeyrotationjobs.csiaddons.openshift.io',
  'CustomResourceDefinition kadalustorages.kadalu-operator.storage',
  'CustomResourceDefinition networkfenceclasses.csiaddons.openshift.io',
  'CustomResourceDefinition networkfences.csiaddons.openshift.io',
  'CustomResourceDefinition operatorconfigs.csi.ceph.io',
  'CustomResourceDefinition reclaimspacecronjobs.csiaddons.openshift.io',
  'CustomResourceDefinition reclaimspacejobs.csiaddons.openshift.io',
  'CustomResourceDefinition snapshotmetadataservices.cbt.storage.k8s.io',
  'CustomResourceDefinition storages.storage.example.com',
  'CustomResourceDefinition volumegroupreplicationclasses.replication.storage.openshift.io',
  'CustomResourceDefinition volumegroupreplicationcontents.replication.storage.openshift.io',
  'CustomResourceDefinition volumegroupreplications.replication.storage.openshift.io',
  'CustomResourceDefinition volumegroupsnapshotclasses.groupsnapshot.storage.k8s.io',
  'CustomResourceDefinition volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io',
  'CustomResourceDefinition volumegroupsnapshots.groupsnapshot.storage.k8s.io',
  'CustomResourceDefinition volumereplicationclasses.replication.storage.openshift.io',
  'CustomResourceDefinition volumereplications.replication.storage.openshift.io',
  'CustomResourceDefinition volumesnapshotclasses.snapshot.storage.k8s.io',
  'CustomResourceDefinition volumesnapshotcontents.snapshot.storage.k8s.io',
  'CustomResourceDefinition volumesnapshots.snapshot.storage.k8s.io',
  'DaemonSet gluster-mount',
  'DaemonSet kadalu-csi-nodeplugin',
  'EndpointSlice nas',
  'KadaluStorage pool1',
  'Namespace apps',
  'Namespace ceph-csi-cephfs',
  'Namespace ceph-csi-rbd',
  'Namespace csi-example-com',
  'Namespace csi-nfs',
  'Namespace gluster-mount',
  'Namespace gluster-nfs',
  'Namespace kadalu',
  'Namespace nfs-server',
  'Namespace rook-ceph',
  'Namespace second-rbd-csi-ceph-com',
  'PersistentVolume archive',
  'PersistentVolume directory',
  'PersistentVolume disk',
  'PersistentVolume gluster-mounted',
  'PersistentVolume gluster-reports',
  'PersistentVolume old',
  'PersistentVolumeClaim addons-0',
  'PersistentVolumeClaim addons-1',
  'PersistentVolumeClaim archive',
  'PersistentVolumeClaim data',
  'PersistentVolumeClaim data-db-0',
  'PersistentVolumeClaim gluster-nfs-recovery',
  'PersistentVolumeClaim nfs-server-data',
  'PersistentVolumeClaim orders',
  'PersistentVolumeClaim orders-restored',
  'PersistentVolumeClaim restored',
  'Role cephfs.csi.ceph.com-ceph',
  'Role nfs-mount-options-gluster-nfs.gluster-nfs.svc.cluster.local',
  'Role nfs-mount-options-nfs.example.com',
  'Role rbd.csi.ceph.com-ceph',
  'Role rook-ceph.rbd.csi.ceph.com-rook',
  'RoleBinding cephfs.csi.ceph.com-ceph',
  'RoleBinding nfs-mount-options-gluster-nfs.gluster-nfs.svc.cluster.local',
  'RoleBinding nfs-mount-options-nfs.example.com',
  'RoleBinding rbd.csi.ceph.com-ceph',
  'RoleBinding rook-ceph.rbd.csi.ceph.com-rook',
  'Secret nfs-mount-options-gluster-nfs.gluster-nfs.svc.cluster.local',
  'Secret nfs-mount-options-nfs.example.com',
  'Service gluster-nfs',
  'Service nas',
  'Service nfs-server',
  'ServiceAccount gluster-mount',
  'ServiceAccount gluster-nfs',
  'ServiceAccount kadalu-csi-nodeplugin',
  'ServiceAccount kadalu-server-sa',
  'ServiceAccount nfs-server',
  'ServiceAccount rook-ceph-default',
  'ServiceAccount rook-ceph-mgr',
  'ServiceAccount rook-ceph-nvmeof',
  'ServiceAccount rook-ceph-osd',
  'StatefulSet gluster-nfs',
  'StatefulSet nfs-server',
  'VolumeReplication addons-0',
  'VolumeSnapshot imported',
  'VolumeSnapshot once',
  'VolumeSnapshotContent apps.imported',
];

describe('protection from pruning', () => {
  test.each([
    [GitOpsTool.ARGO_CD, KEYS.argo, 'Prune=false,Delete=false'],
    [GitOpsTool.FLUX, KEYS.flux, 'disabled'],
    [GitOpsTool.HELM, KEYS.helm, 'keep'],
  ])('%s keeps what holds data, and nothing else', (gitOps, key, value) => {
    const kept = objects(everything({ gitOps })).filter(object => object.metadata.annotations?.[key] !== undefined);
    expect(kept.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual(HOLDS_DATA);
    kept.forEach(object => expect(object.metadata.annotations[key]).toBe(value));
  });

  test('nothing is annotated where nothing prunes', () => {
    const keys = objects(everything()).flatMap(object => Object.keys(object.metadata.annotations ?? {}));
    expect(keys.filter(key => Object.values(KEYS).includes(key))).toEqual([]);
  });

  test.each([
    [GitOpsTool.ARGO_CD, KEYS.argo, 'ServerSideApply=true', 'ServerSideApply=true,Prune=false,Delete=false'],
    [GitOpsTool.ARGO_CD, KEYS.argo, 'Prune=true', 'Prune=true,Delete=false'],
    [GitOpsTool.ARGO_CD, KEYS.argo, 'Replace=true, Prune=true', 'Replace=true, Prune=true,Delete=false'],
    [GitOpsTool.FLUX, KEYS.flux, 'enabled', 'enabled'],
    [GitOpsTool.FLUX, KEYS.helm, 'keep', 'keep'],
    [GitOpsTool.HELM, KEYS.argo, 'Replace=true', 'Replace=true'],
  ])('%s: the user\'s own %s: %s stays', (gitOps, key, own, expected) => {
    const chart = testChart({ gitOps });
    new Namespace(chart, 'Namespace', { name: 'web', holdsData: true, annotations: { [key]: own } });
    expect(one(chart, 'Namespace').metadata.annotations[key]).toBe(expected);
  });

  test('the user\'s own options for what holds no data are left alone', () => {
    const chart = testChart({ gitOps: GitOpsTool.ARGO_CD });
    new NfsCsiDriver(chart, 'Driver', { annotations: { [KEYS.argo]: 'Replace=true' } });
    objects(chart).filter(object => object.kind !== 'Namespace').forEach(object => expect(object.metadata.annotations[KEYS.argo]).toBe('Replace=true'));
  });

  test('a Namespace is kept only if it says that it holds data', () => {
    const chart = testChart({ gitOps: GitOpsTool.FLUX });
    new Namespace(chart, 'Namespace', { name: 'web' });
    expect(one(chart, 'Namespace').metadata.annotations).toBeUndefined();
  });
});
