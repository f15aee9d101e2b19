import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { IVolumeReplication } from './i-volume-replication';
import { MirroringMode } from './mirroring-mode';
import { checkSides, isSide, joinSide } from './peer-checks';
import { ReplicationState } from './replication-state';
import { VolumeReplicationProps } from './volume-replication-props';
import { VolumeReplication as VolumeReplicationL1 } from '../../../../imports/replication.storage.openshift.io';
import { checkAtSynth, fail, report, unchecked } from '../../../findings/report';
import { emit } from '../../../manifest/emit';
import { all, ANY, checkShape, FLAG, oneOf, spelled, TEXT } from '../../../manifest/shapes';
import { Cluster } from '../../../platform/cluster';
import { checkHandedOver } from '../../../volume/checks';
import { IPersistentVolumeClaim } from '../../../volume/persistent-volume-claim';
import { parametersOf } from '../../../volume/written-classes';
import { checkAble } from '../able';
import { needAddons } from '../controller/presence';
import { CEPH_ADDONS_RULES } from '../rules';
import { driverOf, isStatic, volumeOf } from '../schedule/claims';
import { malformed } from '../values';

const PROPS = spelled({
  ...all(ANY, 'claim', 'replicationClass', 'peer', 'labels', 'annotations'),
  ...all(TEXT, 'name', 'namespace'),
  autoResync: FLAG,
  state: oneOf(ReplicationState),
});

/**
 * One side of a mirrored volume. Deleting the object ends the mirroring, so it is protected from pruning.
 *
 * @see https://github.com/csi-addons/kubernetes-csi-addons/blob/v0.14.0/docs/volumereplication.md
 */
export class VolumeReplication extends Construct implements IVolumeReplication {
  /** The name of the claim. */
  public readonly claimName: string;

  /** What this side is. */
  public readonly state: ReplicationState;

  /** The VolumeReplication object. */
  public readonly apiObject: ApiObject;

  /** @throws CEPH171 to CEPH175, CEPH184 to CEPH188 */
  public constructor(scope: Construct, id: string, props: VolumeReplicationProps) {
    super(scope, id);
    checkShape(this, 'the replication', props, PROPS, CEPH_ADDONS_RULES.CEPH174);
    const { claim, replicationClass, state, autoResync = false, peer } = props;
    checkHandedOver(this, 'the claim', claim, 'claimName', 'PersistentVolumeClaim.fromClaimName');
    checkHandedOver(this, 'the class', replicationClass, 'replicationClassName', 'VolumeReplicationClass.fromReplicationClassName');
    this.requireAll({ claim, replicationClass, state });
    if (peer !== undefined && !isSide(this, peer)) {
      malformed(this, 'peer', peer, 'a VolumeReplication of this app', 'hand over that of the other cluster, or leave it out');
    }
    Cluster.requireSame(this, claim, `PersistentVolumeClaim.fromClaimName('${claim.claimName}')`);
    Cluster.requireSame(this, replicationClass, `VolumeReplicationClass.fromReplicationClassName('${replicationClass.replicationClassName}')`);
    this.claimName = claim.claimName;
    this.state = state;
    needAddons(this);
    checkAble(this, driverOf(claim) ?? replicationClass.driver, 'mirroring volumes', `the driver of the claim '${claim.claimName}', or of the class`);
    this.checkFit(props);
    if (autoResync && state === ReplicationState.PRIMARY) {
      malformed(this, 'autoResync', autoResync, 'false on the side that is primary', 'leave it out, on this side');
    } else if (autoResync) {
      report(this, CEPH_ADDONS_RULES.CEPH186);
    }
    this.apiObject = emit(this, 'Resource', VolumeReplicationL1.manifest({
      metadata: { name: props.name ?? claim.claimName, namespace: props.namespace ?? claim.namespace },
      spec: {
        volumeReplicationClass: replicationClass.replicationClassName,
        replicationState: state as any,
        dataSource: { kind: 'PersistentVolumeClaim', name: claim.claimName },
        autoResync,
      },
    }), props, { holdsData: true });
    Cluster.of(this).claim(this, 'claim that is mirrored', `${this.apiObject.metadata.namespace ?? 'default'}/${claim.claimName}`, CEPH_ADDONS_RULES.CEPH187);
    joinSide(this, claim, peer);
    checkAtSynth(this, () => checkSides(this));
  }

  /** CEPH174 */
  private requireAll(given: Record<string, unknown>): void {
    const missing = Object.entries(given).find(([, value]) => value === undefined || value === null);
    if (missing) {
      malformed(this, missing[0], missing[1], 'given', "new VolumeReplication(chart, 'Data', { claim, replicationClass, state: ReplicationState.PRIMARY })");
    }
  }

  /** CEPH175, CEPH184, CEPH188 */
  private checkFit({ claim, replicationClass }: VolumeReplicationProps): void {
    const [driver, other] = [driverOf(claim), replicationClass.driver];
    if (isStatic(claim)) {
      fail(this, CEPH_ADDONS_RULES.CEPH175);
    }
    if (!driver || !other) {
      checkAtSynth(this, () => unchecked(this, CEPH_ADDONS_RULES.CEPH184, `the driver of the ${driver ? `class '${replicationClass.replicationClassName}'` : `claim '${claim.claimName}'`}`));
    } else if (driver.driverName !== other.driverName) {
      fail(this, CEPH_ADDONS_RULES.CEPH184, { claim: claim.claimName, driver: `'${driver.driverName}'`, class: replicationClass.replicationClassName, other: `'${other.driverName}'` });
    }
    this.checkJournal(claim, replicationClass.mirroringMode, replicationClass.replicationClassName);
  }

  /** CEPH188 */
  private checkJournal(claim: IPersistentVolumeClaim, mode: MirroringMode | undefined, name: string): void {
    const volume = volumeOf(claim);
    const attributes = volume?.source.csiOptions?.volumeAttributes ?? parametersOf(claim.storageClass);
    if (mode !== MirroringMode.JOURNAL) {
      return;
    }
    if (!attributes) {
      checkAtSynth(this, () => unchecked(this, CEPH_ADDONS_RULES.CEPH188, `what maps the volume of the claim '${claim.claimName}'`));
    } else if (attributes.mounter !== 'rbd-nbd') {
      fail(this, CEPH_ADDONS_RULES.CEPH188, { class: name, storageClass: claim.storageClass?.storageClassName ?? `of ${volume!.node.path}` });
    }
  }
}
