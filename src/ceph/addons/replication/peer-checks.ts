import { IConstruct } from 'constructs';
import { IVolumeReplication } from './i-volume-replication';
import { ReplicationState } from './replication-state';
import { report } from '../../../findings/report';
import { IPersistentVolumeClaim } from '../../../volume/persistent-volume-claim';
import { CEPH_ADDONS_RULES } from '../rules';
import { volumeOf } from '../schedule/claims';

interface Known {
  readonly side: IVolumeReplication;
  /** The volume's handle, where it is known here. */
  readonly handle?: string;
  readonly peer?: IVolumeReplication;
}

/** By app, because the sides are in two clusters: the only thing that is looked at across them. */
const SIDES = new WeakMap<IConstruct, Known[]>();
const sidesOf = (side: IConstruct) => SIDES.get(side.node.root) ?? [];

/** Whether it is a side that was noted. */
export function isSide(scope: IConstruct, side: unknown): boolean {
  return sidesOf(scope).some(known => known.side === side);
}

/** Notes a side. */
export function joinSide(side: IVolumeReplication, claim: IPersistentVolumeClaim, peer: IVolumeReplication | undefined): void {
  SIDES.set(side.node.root, [...sidesOf(side), { side, handle: volumeOf(claim)?.source.csiOptions?.volumeHandle, peer }]);
}

/** CEPH185 */
export function checkSides(side: IVolumeReplication): void {
  const sides = sidesOf(side);
  const { handle, peer } = sides.find(known => known.side === side)!;
  // What has the same handle is the same image, whether it was said or not.
  const others = sides.filter(known => known.side !== side && (known.side === peer || (handle !== undefined && known.handle === handle))).map(known => known.side);
  for (const other of others) {
    // Where both sides could say it, the second one does.
    const isFirst = sides.findIndex(known => known.side === side) < sides.findIndex(known => known.side === other);
    const facts = { other: other.node.path };
    if (!(isFirst && peer !== other) && side.state === ReplicationState.PRIMARY && other.state === ReplicationState.PRIMARY) {
      report(side, CEPH_ADDONS_RULES.CEPH185, {
        ...facts, problem: 'both sides are primary: each is written by itself (split-brain), and one of them will have to be thrown away', expected: 'state: ReplicationState.SECONDARY on one of them',
      });
    }
    const copying = [[side, other], [other, side]].find(([one, from]) => one.state === ReplicationState.RESYNC && from.state !== ReplicationState.PRIMARY);
    if (!(isFirst && peer !== other) && copying) {
      report(side, CEPH_ADDONS_RULES.CEPH185, {
        ...facts, problem: 'one side is to be copied anew, but the other one is not primary: there is nothing to copy from', expected: 'make the good side ReplicationState.PRIMARY first',
      });
    }
  }
}
