import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { factsOf } from './driver-facts';
import { NFS_RULES } from './rules';
import { ICsiDriver } from '../csi/i-csi-driver';
import { report, unchecked } from '../findings/report';
import { bytesOf } from '../manifest/bytes';
import { Cluster } from '../platform/cluster';
import { clusterChecks } from '../platform/cluster-checks';

/** A storage whose volumes may be copied: by snapshots, restores and clones. */
interface Copies {
  readonly storage: Construct;
  readonly driver: ICsiDriver;
  /** The names of its classes. */
  readonly classes: ReadonlySet<string>;
  readonly snapshotClasses: readonly unknown[];
}

const COPIES = 'nfs copies';

/** Measured with archives on a server in one network: deckhouse/virtualization#2254. */
const BYTES_PER_SECOND = 77e6;

const GIBIBYTE = 2 ** 30;

export function noteCopies(copies: Copies): void {
  Cluster.of(copies.storage).join(COPIES, copies);
}

interface Claim {
  readonly name: string;
  readonly storageClass?: string;
  readonly size: unknown;
}

/** The claims that an object is, or has made for each of its pods. */
function claimsOf(object: ApiObject): Claim[] {
  const { spec } = object.toJson();
  const templates = object.kind === 'StatefulSet' ? [spec?.volumeClaimTemplates ?? []].flat() : [{ metadata: { name: object.name }, spec }];
  return templates.map((template: any) => ({
    name: template?.metadata?.name, storageClass: template?.spec?.storageClassName, size: template?.spec?.resources?.requests?.storage,
  }));
}

/** NFS125, for all claims of a cluster, whoever wrote them. */
clusterChecks.push((objects, cluster) => {
  const copied = Cluster.of(cluster).members<Copies>(COPIES).filter(({ classes, snapshotClasses }) => classes.size > 0 && snapshotClasses.length > 0);
  copied.filter(({ driver }) => factsOf(driver).operationTimeout === undefined)
    .forEach(({ storage }) => unchecked(storage, NFS_RULES.NFS125, "the driver's time-out: NfsCsiDriver.existing({ operationTimeout })"));
  if (copied.length === 0) {
    return;
  }
  for (const object of objects.filter(({ kind }) => kind === 'PersistentVolumeClaim' || kind === 'StatefulSet')) {
    for (const { name, storageClass, size } of claimsOf(object)) {
      const { driver } = copied.find(({ classes }) => storageClass !== undefined && classes.has(storageClass)) ?? {};
      const timeout = driver && factsOf(driver).operationTimeout?.toSeconds({ integral: false });
      const needed = (bytesOf(size) ?? 0) / BYTES_PER_SECOND;
      if (driver && timeout !== undefined && needed > timeout) {
        report(object, NFS_RULES.NFS125, {
          claim: `'${name}'`,
          size: String(size),
          driver: `'${driver.driverName}'`,
          needed: inMinutes(needed),
          minutes: Math.ceil(needed / 60),
          timeout: inMinutes(timeout),
          largest: mebibytes(timeout * BYTES_PER_SECOND),
        });
      }
    }
  }
});

function inMinutes(seconds: number): string {
  return `${Math.ceil(seconds / 60)} minutes`;
}

function mebibytes(bytes: number): string {
  return bytes < GIBIBYTE ? `${Math.floor(bytes / 2 ** 20)}Mi` : `${Math.floor(bytes / GIBIBYTE)}Gi`;
}
