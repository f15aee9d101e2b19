import { Construct } from 'constructs';
import { gatewayStorage } from './gateway';
import { fail } from '../../findings/report';
import { GLUSTERD_PORT } from '../../ganesha/backend';
import { Access } from '../access';
import { GlusterStorageProps } from '../gluster-storage-props';
import { KADALU_DRIVER_NAME } from '../kadalu/kadalu-profile';
import { GLUSTER_RULES } from '../rules';

/** By NFS: whatever classes and volumes of an NFS server can do. GLU071, GLU072 */
export function gatewayAccess(storage: Construct, props: GlusterStorageProps): Access {
  const { cluster, gateway, driver } = props;
  if (!gateway) {
    fail(storage, GLUSTER_RULES.GLU071);
  }
  if (driver?.driverName === KADALU_DRIVER_NAME) {
    fail(storage, GLUSTER_RULES.GLU073);
  }
  const { hosts, volume, port } = cluster;
  // FSAL_GLUSTER asks there, and nothing says otherwise.
  if (port !== undefined && port !== GLUSTERD_PORT) {
    fail(storage, GLUSTER_RULES.GLU072, { port });
  }
  const nfs = gatewayStorage(storage, { hosts, volume: volume! }, gateway, props, driver);
  return {
    driver: nfs.driver,
    addStorageClass: (name, options) => nfs.addStorageClass(name, options),
    addSnapshotClass: (name, options) => nfs.addSnapshotClass(name, options),
    addStaticVolume: (name, options) => nfs.addStaticVolume(name, options),
  };
}
