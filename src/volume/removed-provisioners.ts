import { addLegacyProvisioner } from '../csi/driver-profile';
import { KubernetesVersion } from '../platform/kubernetes-version';

const CLASS = (driver: string) => `new StorageClass(…, { driver: CsiDriver.fromDriverName('${driver}') }) under another name, with parameters as its documentation has them`;
const RBD = `ceph-csi takes its place: ${CLASS('rbd.csi.ceph.com')} (clusterID for monitors, pool, imageFeatures; adminId and userId become Secrets)`;
const CEPHFS = `ceph-csi takes its place: ${CLASS('cephfs.csi.ceph.com')} (clusterID for monitors, fsName, pool)`;
const GLUSTER = `Kadalu takes its place: ${CLASS('kadalu')}; or serve the Gluster volume over NFS, by NFS-Ganesha: new NfsStorage(…).addStorageClass(…)`;

// Of Kubernetes itself; its code is gone, so nobody looks at the claims.
addLegacyProvisioner(/^kubernetes\.io\/rbd$/, {
  goneSince: KubernetesVersion.V1_31, why: 'it is deprecated since Kubernetes 1.28 and removed in 1.31, where its claims stay Pending for ever', mapping: RBD,
});
addLegacyProvisioner(/^kubernetes\.io\/glusterfs$/, { why: 'it was removed in Kubernetes 1.26, and its claims stay Pending for ever', mapping: GLUSTER });
addLegacyProvisioner(/^kubernetes\.io\/cephfs$/, { why: 'Kubernetes had volumes of CephFS until 1.30, but never a provisioner for them, so its claims stay Pending for ever', mapping: CEPHFS });

// Programs of kubernetes-incubator/external-storage and of Gluster, which lived on those volumes, or were given up.
const EXTERNAL_STORAGE = { goneSince: KubernetesVersion.V1_31, why: 'its program (external-storage) is given up since 2019, and the volumes that it makes are removed in Kubernetes 1.31' };
addLegacyProvisioner(/^ceph\.com\/rbd$/, { ...EXTERNAL_STORAGE, mapping: RBD });
addLegacyProvisioner(/^ceph\.com\/cephfs$/, { ...EXTERNAL_STORAGE, mapping: CEPHFS });
addLegacyProvisioner(/^(gluster\.org\/(glusterfs|glusterfile|glusterblock)|org\.gluster\.glusterfs)(-[\w.-]+)?$/, {
  why: 'its program is given up with heketi and GD2, which it needs, and the glusterfs volumes of Kubernetes were removed in 1.26', mapping: GLUSTER,
});
