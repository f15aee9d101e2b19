import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { BACKUP_RULES } from './rules';
import { report, unchecked } from '../../findings/report';
import { Cluster } from '../../platform/cluster';
import { clusterChecks } from '../../platform/cluster-checks';
import { SNAPSHOT_CLASS } from '../class-kinds';
import { driverOfDefault } from '../class-parts';

const POLICIES = 'backups by Velero';
const MARK = 'velero.io/csi-volumesnapshot-class';

interface VeleroPolicy {
  /** The names of the drivers of the claims; not always known. */
  readonly drivers?: readonly (string | undefined)[];
  /** Drivers whose class the policy names. */
  readonly chosen: ReadonlySet<string>;
  /** Namespaces that were given by their names. */
  readonly namespaces: readonly string[];
}

type Noted = VeleroPolicy & { readonly scope: Construct };

/** Notes a policy whose classes and namespaces are looked at in the whole cluster. */
export function noteVelero(scope: Construct, policy: VeleroPolicy): void {
  Cluster.of(scope).join(POLICIES, { scope, ...policy });
}

clusterChecks.push((objects, cluster) => {
  const policies = Cluster.of(cluster).members<Noted>(POLICIES);
  const classes = policies.length > 0 ? objects.filter(object => object.kind === SNAPSHOT_CLASS.kind) : [];
  for (const policy of policies) {
    checkClasses(policy, classes);
    checkNamespaces(policy, objects);
  }
});

/** SNP056, SNP057, as GetVolumeSnapshotClassForStorageClass in pkg/util/csi of Velero chooses. */
function checkClasses({ scope, drivers = [undefined], chosen }: Noted, classes: readonly ApiObject[]): void {
  for (const driver of new Set(drivers)) {
    const ofDriver = classes.filter(object => object.toJson().driver === driver);
    const marked = ofDriver.filter(object => object.metadata.toJson().labels?.[MARK] !== undefined);
    const fallback = ofDriver.some(object => driverOfDefault(object, SNAPSHOT_CLASS) === driver);
    const facts = { driver: `'${driver}'`, count: ofDriver.length };
    if (driver === undefined) {
      unchecked(scope, BACKUP_RULES.SNP056, 'the drivers of the claims: ClaimSelector.of names claims whose class has a driver');
    } else if (chosen.has(driver) || (marked.length === 0 && fallback)) {
      continue;
    } else if (ofDriver.length === 0) {
      unchecked(scope, BACKUP_RULES.SNP056, `the snapshot classes of the driver '${driver}': none is written here`);
    } else if (marked.length > 1) {
      report(scope, BACKUP_RULES.SNP056, { ...facts, problem: `${marked.length} are marked for it, and it takes whichever the API server lists first` });
    } else if (marked.length === 0 && ofDriver.length > 1) {
      report(scope, BACKUP_RULES.SNP056, { ...facts, problem: 'none is marked for it, nor the default one, so every backup would fail' });
    } else if (marked.length === 0) {
      report(scope, BACKUP_RULES.SNP057, { ...facts, class: ofDriver[0].name });
    }
  }
}

/** SNP058 */
function checkNamespaces({ scope, namespaces }: Noted, objects: readonly ApiObject[]): void {
  const others = objects.filter(object => !object.node.scopes.includes(scope));
  for (const namespace of namespaces) {
    if (!others.some(object => object.metadata.namespace === namespace || (object.kind === 'Namespace' && object.name === namespace))) {
      report(scope, BACKUP_RULES.SNP058, { namespace });
    }
  }
}
