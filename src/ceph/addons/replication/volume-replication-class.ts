import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { MirroringFlattenMode } from './flatten-mode';
import { MirroringMode } from './mirroring-mode';
import { VolumeReplicationClassProps } from './volume-replication-class-props';
import { VolumeReplicationClass as VolumeReplicationClassL1 } from '../../../../imports/replication.storage.openshift.io';
import { ICsiDriver } from '../../../csi/i-csi-driver';
import { grantSecrets } from '../../../csi/secret-reference';
import { fail, report } from '../../../findings/report';
import { emit } from '../../../manifest/emit';
import { all, ANY, checkShape, DURATION, oneOf, spelled, TEXT } from '../../../manifest/shapes';
import { checkSubdomain } from '../../../manifest/validate';
import { Cluster } from '../../../platform/cluster';
import { checkHandedOver } from '../../../volume/checks';
import { checkAble } from '../able';
import { needAddons } from '../controller/presence';
import { checkSecret } from '../network-fence-class';
import { CEPH_ADDONS_RULES } from '../rules';
import { malformed } from '../values';

/** A VolumeReplicationClass that volumes can name. */
export interface IVolumeReplicationClass {
  /** The name of the class. */
  readonly replicationClassName: string;

  /**
   * The driver of its volumes.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly driver?: ICsiDriver;

  /**
   * How they are mirrored.
   *
   * @default - not declared
   */
  readonly mirroringMode?: MirroringMode;
}

/** What is known of a VolumeReplicationClass that exists already. */
export interface ExistingReplicationClassOptions {
  /**
   * The driver of its volumes (`provisioner`).
   *
   * @default - not declared
   */
  readonly driver?: ICsiDriver;

  /**
   * How they are mirrored (`mirroringMode`).
   *
   * @default - not declared
   */
  readonly mirroringMode?: MirroringMode;
}

const PREFIX = 'replication.storage.openshift.io/replication-secret';
const PROPS = spelled({
  ...all(ANY, 'driver', 'secret', 'labels', 'annotations'),
  ...all(TEXT, 'name', 'schedulingStartTime'),
  schedulingInterval: DURATION,
  mirroringMode: oneOf(MirroringMode),
  flattenMode: oneOf(MirroringFlattenMode),
});
const EXISTING = spelled({ driver: ANY, mirroringMode: oneOf(MirroringMode) });
/** A time of the day, perhaps with a date and a zone: what `rbd mirror snapshot schedule add` takes. */
const START_TIME = /^(\d{4}-\d{2}-\d{2}T)?([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d{2}:?\d{2})?$/;

/** How volumes of RBD are mirrored to another Ceph cluster. It cannot be changed in a cluster. @see https://github.com/csi-addons/kubernetes-csi-addons/blob/v0.14.0/docs/volumereplicationclass.md */
export class VolumeReplicationClass extends Construct implements IVolumeReplicationClass {
  /**
   * A class that exists already.
   *
   * @param replicationClassName its name
   * @param options what is known of it
   * @throws MAN001 when nothing can have that name; CEPH174
   */
  public static fromReplicationClassName(replicationClassName: string, options: ExistingReplicationClassOptions = {}): IVolumeReplicationClass {
    checkShape(undefined, 'the class', options ?? {}, EXISTING, CEPH_ADDONS_RULES.CEPH174);
    const { driver, mirroringMode } = options ?? {};
    return { replicationClassName: checkSubdomain(undefined, 'the name of the VolumeReplicationClass', replicationClassName), driver, mirroringMode };
  }

  public readonly replicationClassName: string;
  public readonly driver?: ICsiDriver;
  public readonly mirroringMode?: MirroringMode;

  /** The VolumeReplicationClass object. */
  public readonly apiObject: ApiObject;

  /** @throws CEPH171 to CEPH174, CEPH182 */
  public constructor(scope: Construct, id: string, props: VolumeReplicationClassProps) {
    super(scope, id);
    checkShape(this, 'the class', props, PROPS, CEPH_ADDONS_RULES.CEPH174);
    const { name, driver, secret, mirroringMode, flattenMode, schedulingInterval, schedulingStartTime } = props;
    checkHandedOver(this, 'the driver', driver, 'driverName', 'CephRbdCsiDriver.existing');
    Cluster.requireSame(this, driver, `CephRbdCsiDriver.existing({ driverName: '${driver?.driverName}' })`);
    checkSecret(this, secret);
    needAddons(this);
    checkAble(this, driver, 'mirroring volumes', 'the driver');
    this.checkSchedule(props);
    this.replicationClassName = checkSubdomain(this, 'the name of the VolumeReplicationClass', name);
    this.driver = driver;
    this.mirroringMode = mirroringMode ?? MirroringMode.SNAPSHOT;
    const parameters = {
      mirroringMode, schedulingInterval: schedulingInterval && interval(this, schedulingInterval), schedulingStartTime, flattenMode,
      [`${PREFIX}-name`]: secret.name, [`${PREFIX}-namespace`]: secret.namespace,
    };
    this.apiObject = emit(this, 'Resource', VolumeReplicationClassL1.manifest({
      metadata: { name },
      spec: { provisioner: driver.driverName, parameters: Object.fromEntries(Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined)) },
    }), props);
    grantSecrets(this, `volumereplicationclass-${name}`, driver, [secret], props);
  }

  /** CEPH174, CEPH182, CEPH183 */
  private checkSchedule({ mirroringMode, schedulingInterval, schedulingStartTime }: VolumeReplicationClassProps): void {
    const useless = mirroringMode !== MirroringMode.JOURNAL ? undefined : schedulingInterval ? 'schedulingInterval' : schedulingStartTime !== undefined ? 'schedulingStartTime' : undefined;
    if (useless) {
      fail(this, CEPH_ADDONS_RULES.CEPH182, { what: useless, problem: 'a journal is repeated as it is written, and ceph-csi passes over it', expected: `leave ${useless} out, or mirroringMode: MirroringMode.SNAPSHOT` });
    }
    if (schedulingStartTime !== undefined && !START_TIME.test(schedulingStartTime)) {
      malformed(this, 'schedulingStartTime', schedulingStartTime, 'a time as ISO 8601 has it', "such as '14:00:00-05:00'");
    }
    if (schedulingStartTime !== undefined && !schedulingInterval) {
      fail(this, CEPH_ADDONS_RULES.CEPH182, { what: 'schedulingStartTime', problem: 'there is no interval that could begin then, and ceph-csi refuses it', expected: 'schedulingInterval: Duration.hours(1)' });
    }
    if (mirroringMode !== MirroringMode.JOURNAL && !schedulingInterval) {
      report(this, CEPH_ADDONS_RULES.CEPH183);
    }
  }
}

/** In minutes or hours: the controller, which looks as often, does not know days. CEPH174 */
function interval(scope: Construct, duration: Duration): string {
  const minutes = duration.toMinutes({ integral: false });
  if (!Number.isInteger(minutes) || minutes < 1) {
    malformed(scope, 'schedulingInterval', `${duration.toSeconds({ integral: false })}s`, 'a whole number of minutes', 'schedulingInterval: Duration.minutes(15)');
  }
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}
