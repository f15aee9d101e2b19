import { addLegacyProvisioner } from '../csi/driver-profile';

const GLUSTER = () => "Kadalu takes its place: new StorageClass(…, { driver: CsiDriver.fromDriverName('kadalu') }) under another name, with parameters as its documentation has them; "
  + 'or serve the Gluster volume over NFS, by NFS-Ganesha: new NfsStorage(…).addStorageClass(…)';

// Of Kubernetes itself; its code is gone, so nobody looks at the claims.
addLegacyProvisioner(/^kubernetes\.io\/glusterfs$/, { why: 'it was removed in Kubernetes 1.26, and its claims stay Pending for ever', mapping: GLUSTER });

// Programs of Gluster, which lived on those volumes, or were given up.
addLegacyProvisioner(/^(gluster\.org\/(glusterfs|glusterfile|glusterblock)|org\.gluster\.glusterfs)(-[\w.-]+)?$/, {
  why: 'its program is given up with heketi and GD2, which it needs, and the glusterfs volumes of Kubernetes were removed in 1.26', mapping: GLUSTER,
});
