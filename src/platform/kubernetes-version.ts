import { PLATFORM_RULES } from './rules';
import { fail } from '../findings/report';

/**
 * A minor release of Kubernetes, such as 1.35.
 *
 * What is rendered depends on it: API versions, sidecar flags, feature gates.
 */
export class KubernetesVersion {
  /** Kubernetes 1.27: declared, from its published API; not run by us. */
  public static readonly V1_27 = new KubernetesVersion(27, false);
  /** Kubernetes 1.28: declared, from its published API; not run by us. */
  public static readonly V1_28 = new KubernetesVersion(28, false);
  /** Kubernetes 1.29: declared, from its published API; not run by us. */
  public static readonly V1_29 = new KubernetesVersion(29, false);
  /** Kubernetes 1.30: declared, from its published API; not run by us. */
  public static readonly V1_30 = new KubernetesVersion(30, false);
  /** Kubernetes 1.31: declared, from its published API; not run by us. */
  public static readonly V1_31 = new KubernetesVersion(31, false);
  /** Kubernetes 1.32: declared, from its published API; not run by us. */
  public static readonly V1_32 = new KubernetesVersion(32, false);
  /** Kubernetes 1.33: declared, from its published API; not run by us. */
  public static readonly V1_33 = new KubernetesVersion(33, false);
  /** Kubernetes 1.34: proved, every example was applied to its API server. */
  public static readonly V1_34 = new KubernetesVersion(34, true);
  /** Kubernetes 1.35: proved, every example was applied to its API server. */
  public static readonly V1_35 = new KubernetesVersion(35, true);
  /** Kubernetes 1.36: proved, every example was applied to its API server. */
  public static readonly V1_36 = new KubernetesVersion(36, true);
  /** Kubernetes 1.37: proved, every example was applied to its API server. */
  public static readonly V1_37 = new KubernetesVersion(37, true);

  /**
   * The release that a version string names; for versions read from a file or environment.
   *
   * @param version `1.35`, `v1.35` or with a patch, `v1.35.4` (as `kubectl version` prints it)
   * @throws PLT004 when the library does not know the release
   */
  public static of(version: string): KubernetesVersion {
    const minor = /^v?1\.(\d+)(\.\d+)?([+-].*)?$/.exec(`${version}`.trim())?.[1];
    const found = KubernetesVersion.all().find(candidate => candidate.minor === Number(minor));
    if (!found) {
      const known = KubernetesVersion.all();
      const expected = `${known[0]} to ${known[known.length - 1]}`;
      return fail(undefined, PLATFORM_RULES.PLT004, { what: 'the Kubernetes version', value: `'${version}'`, expected, example: "write '1.35' or 'v1.35.4'" });
    }
    return found;
  }

  /** Every release that the library knows, oldest first. */
  public static all(): KubernetesVersion[] {
    return Object.values(KubernetesVersion)
      .filter((value): value is KubernetesVersion => value instanceof KubernetesVersion)
      .sort((a, b) => a.compareTo(b));
  }

  private constructor(
    /** The minor version: 35 for Kubernetes 1.35. */
    public readonly minor: number,
    /** Whether we applied every example to an API server of this release; otherwise support is declared only. */
    public readonly proved: boolean,
  ) {}

  /** Negative when this release is older than the other, 0 when equal, positive when newer. */
  public compareTo(other: KubernetesVersion): number {
    return this.minor - other.minor;
  }

  /** Whether this release is the other one or newer. */
  public isAtLeast(other: KubernetesVersion): boolean {
    return this.compareTo(other) >= 0;
  }

  /** The version as people write it: `1.35`. */
  public toString(): string {
    return `1.${this.minor}`;
  }
}
