import { Claim } from './claims';
import { StoredSnapshot } from './snapshots';

/** What one snapshot is taken of: a claim, or the claims of a namespace together. */
export interface Target {
  readonly namespace: string;
  /** The claim's name; undefined for a group. */
  readonly name?: string;
  /** As in StoredSnapshot. */
  readonly owner: string;
  readonly claims: readonly Claim[];
  /** Of a group: those that have no volume, with which none can be taken. */
  readonly unbound: readonly string[];
}

export const historyOf = ({ namespace, owner }: { readonly namespace: string; readonly owner: string }) => `${namespace}/${owner}`;

/** Snapshots by their history. */
export function histories(snapshots: readonly StoredSnapshot[]): Map<string, StoredSnapshot[]> {
  const all = new Map<string, StoredSnapshot[]>();
  for (const snapshot of snapshots) {
    const key = historyOf(snapshot);
    all.has(key) ? all.get(key)!.push(snapshot) : all.set(key, [snapshot]);
  }
  return all;
}

/** For the log. */
export const called = ({ namespace, name, claims }: Target) => name === undefined ? { namespace, claims: claims.length } : { claim: `${namespace}/${name}` };

/** The selected claims, each for itself or grouped by namespace. */
export function targetsOf(claims: readonly Claim[], grouped: boolean): Target[] {
  const selected = claims.filter(({ selected: chosen, usable }) => chosen && usable);
  if (!grouped) {
    return selected.map(claim => ({ namespace: claim.namespace, name: claim.name, owner: claim.uid, claims: [claim], unbound: [] }));
  }
  return [...new Set(selected.map(({ namespace }) => namespace))].map(namespace => ({
    namespace,
    owner: '',
    claims: selected.filter(claim => claim.namespace === namespace),
    unbound: claims.filter(claim => claim.namespace === namespace && claim.selected && !claim.usable).map(({ name }) => name),
  }));
}
