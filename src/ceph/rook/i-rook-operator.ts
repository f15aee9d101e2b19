/** A Rook operator: what a Ceph cluster has to know of who runs it. */
export interface IRookOperator {
  /** The namespace in which it runs. */
  readonly namespace: string;

  /**
   * Whether it looks after Ceph clusters in every namespace, and not only in its own.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly watchesAllNamespaces?: boolean;
}
