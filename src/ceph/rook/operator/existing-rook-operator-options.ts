/** What is known of a Rook operator that is installed already. */
export interface ExistingRookOperatorOptions {
  /**
   * The namespace in which it runs.
   *
   * @default rook-ceph
   */
  readonly namespace?: string;

  /**
   * Whether it looks after Ceph clusters in every namespace (`ROOK_CURRENT_NAMESPACE_ONLY: false`, as its Helm chart has it unless told otherwise).
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly watchesAllNamespaces?: boolean;
}
