/** How grave a finding is. */
export enum FindingLevel {
  /** What would be written does not work, or loses data: nothing is synthesized. */
  ERROR = 'error',
  /** It works, but somebody should know; can be acknowledged with a reason. */
  WARNING = 'warning',
}

/** One thing that is wrong with the storage described, and how to mend it. */
export interface Finding {
  /** The rule's code, such as `NFS003`; each is explained in `docs/findings.md`. */
  readonly code: string;

  /** Error or warning. */
  readonly level: FindingLevel;

  /** The path of the construct, as in the construct tree: `storage/Nfs/fast`. */
  readonly path: string;

  /** What is wrong and why it matters. */
  readonly message: string;

  /** What to write instead. */
  readonly fix: string;

  /** Where the reason can be read: documentation, an issue, a source file. */
  readonly reference: string;

  /**
   * The reason given to `Findings.acknowledge`.
   *
   * @default - not acknowledged
   */
  readonly acknowledged?: string;
}

/** A rule that could not be checked, because what it needs was not declared. */
export interface UncheckedRule {
  /** The rule's code. */
  readonly code: string;

  /** The path of the construct. */
  readonly path: string;

  /** What would have to be declared so that the rule can be checked. */
  readonly missing: string;
}
