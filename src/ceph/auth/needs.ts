/** What a CephRbdStorage needs of the users as which it comes. */
export interface RbdNeed {
  readonly kind: 'rbd';
  readonly pool: string;
  readonly dataPool?: string;
  readonly radosNamespace?: string;
  readonly fencing?: boolean;
  readonly groupSnapshots?: boolean;
}

/** What a CephFsStorage needs of the users as which it comes. */
export interface CephFsNeed {
  readonly kind: 'cephfs';
  readonly fsName: string;
  readonly subvolumeGroup: string;
  /** Where the driver keeps its journal (`--radosnamespacecephfs`); csi unless it is told otherwise. */
  readonly radosNamespace?: string;
  /** A directory of a static volume. */
  readonly rootPath?: string;
  readonly encryption?: boolean;
  readonly fencing?: boolean;
  readonly groupSnapshots?: boolean;
}

export type CephNeed = RbdNeed | CephFsNeed;

/** What two needs are told apart by, and sorted. */
const PARTS = ['kind', 'pool', 'fsName', 'subvolumeGroup', 'radosNamespace', 'dataPool', 'rootPath', 'encryption', 'fencing', 'groupSnapshots'];

/** By credentials: they are values, of which several storages tell what they need. */
const NEEDS = new WeakMap<object, Map<string, CephNeed>>();

/** Says what the users of some credentials have to be allowed. */
export function declareNeed(credentials: object, need: CephNeed): void {
  const needs = NEEDS.get(credentials) ?? new Map<string, CephNeed>();
  NEEDS.set(credentials, needs.set(JSON.stringify(need, PARTS), need));
}

/** All that was said, in an order that does not depend on who said it first. */
export function needsOf(credentials: object): CephNeed[] {
  return [...NEEDS.get(credentials) ?? []].sort(([a], [b]) => a < b ? -1 : 1).map(([, need]) => need);
}
