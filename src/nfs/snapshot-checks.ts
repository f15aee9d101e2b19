import { Construct } from 'constructs';
import { NFS_DRIVER_NAME } from './nfs-profile';
import { inHandle } from './paths';
import { NFS_RULES } from './rules';
import { ICsiDriver } from '../csi/i-csi-driver';
import { report } from '../findings/report';
import { Cluster } from '../platform/cluster';
import { clusterChecks } from '../platform/cluster-checks';
import { SNAPSHOT_CLASS } from '../snapshot/class-kinds';

const DRIVERS = 'nfs drivers by any name';

/** Notes a driver that is csi-driver-nfs, whatever its name. */
export function noteDriver(storage: Construct, driver: ICsiDriver): void {
  Cluster.of(storage).join(DRIVERS, driver);
}

/** A parameter by its name, which the driver takes in any case. */
function parameterOf(parameters: unknown, name: string): string | undefined {
  const [, value] = Object.entries(parameters ?? {}).find(([key]) => key.toLowerCase() === name) ?? [];
  return value === undefined ? undefined : String(value);
}

/** NFS017, for all volumes and snapshot classes of a cluster, whoever wrote them. */
clusterChecks.push((objects, cluster) => {
  const names = new Set([NFS_DRIVER_NAME, ...Cluster.of(cluster).members<ICsiDriver>(DRIVERS).map(({ driverName }) => driverName)]);
  const classes = objects.filter(({ kind }) => kind === SNAPSHOT_CLASS.kind).map(object => ({ name: object.name, ...object.toJson() }))
    .filter(({ driver }) => names.has(driver));
  if (classes.length === 0) {
    return;
  }
  for (const object of objects.filter(({ kind }) => kind === 'PersistentVolume')) {
    const { csi } = object.toJson().spec ?? {};
    const [server, share, subDir = ''] = String(csi?.volumeHandle ?? '').split('#');
    if (share === undefined) {
      continue;
    }
    const directory = `/${inHandle(`${share}/${subDir}`)}`;
    for (const { name, parameters } of classes.filter(({ driver }) => driver === csi.driver)) {
      const target = `/${inHandle(parameterOf(parameters, 'share') ?? share)}`;
      if ((parameterOf(parameters, 'server') ?? server) === server && `${target}/`.startsWith(directory === '/' ? '/' : `${directory}/`)) {
        report(object, NFS_RULES.NFS017, { volume: `'${object.name}'`, directory: `'${directory}'`, target: `'${target}'`, snapshotClass: `'${name}'` });
      }
    }
  }
});
