import { Construct } from 'constructs';
import { refusePool } from './pool-spec';
import { ROOK_CLUSTER_RULES } from './rules';
import { checkAtSynth, report } from '../../../findings/report';

export type Mirrored = 'images' | 'file systems';
const ADD: Record<Mirrored, string> = { 'images': 'addRbdMirror', 'file systems': 'addFilesystemMirror' };

/** What of a cluster is mirrored, and by what. */
export class Mirrors {
  private readonly wanted = new Map<Mirrored, string>();
  private readonly daemons = new Set<Mirrored>();

  public constructor(private readonly scope: Construct) {
    checkAtSynth(scope, () => this.check());
  }

  public want(of: Mirrored, what: string): void {
    this.wanted.set(of, this.wanted.get(of) ?? what);
  }

  /** CEPH156 */
  public start(of: Mirrored, daemon: string): void {
    if (this.daemons.has(of)) {
      refusePool(this.scope, daemon, 'there is one already, and Rook goes by the first', of === 'images' ? `raise its count: ${ADD[of]}({ count: 2 })` : 'leave it out');
    }
    this.daemons.add(of);
  }

  /** CEPH159 */
  private check(): void {
    for (const [of, what] of this.wanted) {
      if (!this.daemons.has(of)) {
        report(this.scope, ROOK_CLUSTER_RULES.CEPH159, { what, expected: `add it: ${ADD[of]}()` });
      }
    }
  }
}
