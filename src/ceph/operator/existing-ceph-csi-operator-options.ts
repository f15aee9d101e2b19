/** What is known of a ceph-csi-operator that is installed already: by Helm, by its manifests, or by another repository. */
export interface ExistingCephCsiOperatorOptions {
  /** The namespace in which it runs, such as `ceph-csi-operator-system`. */
  readonly namespace: string;

  /**
   * Its account. Where it is given, each driver of this library grants it what it does in the namespace of that driver.
   *
   * @default - it is granted that already, as its chart does for the whole cluster
   */
  readonly serviceAccountName?: string;

  /**
   * What it watches (`WATCH_NAMESPACE`) beside its own namespace.
   *
   * @default - not declared: the rule on it is listed as unchecked
   */
  readonly watchedNamespaces?: string[];
}
