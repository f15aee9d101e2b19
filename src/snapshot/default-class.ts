import { IConstruct } from 'constructs';
import { SNAPSHOT_CLASS } from './class-kinds';
import { driverOfDefault } from './class-parts';
import { SNAPSHOT_RULES } from './rules';
import { report, unchecked } from '../findings/report';
import { Cluster } from '../platform/cluster';
import { clusterChecks } from '../platform/cluster-checks';

const CLASSLESS = 'snapshots without a class';

interface Classless {
  readonly snapshot: IConstruct;
  /** The name of the driver of its claim, where it is known. */
  readonly driver?: string;
}

/** Notes a snapshot that gets the default class of its driver. */
export function noteClassless(snapshot: IConstruct, driver?: string): void {
  Cluster.of(snapshot).join(CLASSLESS, { snapshot, driver });
}

/** SNP012: whoever writes classes of the driver in this cluster writes the default one too; else it may be anywhere. */
clusterChecks.push((objects, cluster) => {
  const classless = Cluster.of(cluster).members<Classless>(CLASSLESS);
  if (classless.length === 0) {
    return;
  }
  const classes = objects.filter(object => object.kind === SNAPSHOT_CLASS.kind);
  const written = new Set(classes.map(object => object.toJson().driver));
  const defaults = new Set(classes.map(object => driverOfDefault(object, SNAPSHOT_CLASS)));
  for (const { snapshot, driver } of classless) {
    if (driver === undefined) {
      unchecked(snapshot, SNAPSHOT_RULES.SNP012, 'the driver of the claim');
    } else if (!written.has(driver)) {
      unchecked(snapshot, SNAPSHOT_RULES.SNP012, `the snapshot classes of the driver '${driver}': none is written here`);
    } else if (!defaults.has(driver)) {
      report(snapshot, SNAPSHOT_RULES.SNP012, { driver: `'${driver}'` });
    }
  }
});
