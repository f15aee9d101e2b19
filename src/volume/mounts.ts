import { IConstruct } from 'constructs';
import { Cluster } from '../platform/cluster';

interface Mount {
  readonly claim: unknown;
  readonly readOnly: boolean;
}

const MOUNTS = 'mounts of claims';

/** Notes that a pod mounts a claim, or what a template or a pod makes one of. */
export function noteMount(scope: IConstruct, claim: unknown, readOnly: boolean): void {
  Cluster.of(scope).join(MOUNTS, { claim, readOnly });
}

/** Whether some pod mounts the claim, and every one of them read-only. */
export function isMountedReadOnly(scope: IConstruct, claim: unknown): boolean {
  const mounts = Cluster.of(scope).members<Mount>(MOUNTS).filter(mount => mount.claim === claim);
  return mounts.length > 0 && mounts.every(mount => mount.readOnly);
}

/** Whether some pod mounts the claim, or one of its name and namespace. */
export function isMounted(scope: IConstruct, claim: { readonly claimName: string; readonly namespace?: string }): boolean {
  return Cluster.of(scope).members<Mount>(MOUNTS).some(mount => {
    const other = mount.claim as { readonly claimName?: string; readonly namespace?: string };
    return other === claim || (other.claimName === claim.claimName && other.namespace === claim.namespace);
  });
}
