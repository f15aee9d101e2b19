/** What a driver's own program asks of the API server. @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
export interface CsiPermission {
  /**
   * The API group, such as `storage.k8s.io`.
   *
   * @default - the core group: nodes, persistentvolumes, configmaps…
   */
  readonly apiGroup?: string;

  /** The resource in the plural, such as `nodes` or `persistentvolumeclaims/status`. */
  readonly resource: string;

  /** What is done with it: get, list, watch, create, update, patch, delete. */
  readonly verbs: string[];

  /**
   * The names of the objects. What is listed, watched or created has no name yet; the token of a ServiceAccount has that of the account.
   *
   * @default - all
   */
  readonly resourceNames?: string[];

  /**
   * Whether it is only asked in the driver's own namespace.
   *
   * @default - false: in the whole cluster
   */
  readonly ownNamespace?: boolean;
}
