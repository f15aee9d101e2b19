import { ICustomResource } from './custom-resource';

/** A kind that an operator reconciles. */
export interface OperatorWatch {
  /** The kind. */
  readonly resource: ICustomResource;

  /**
   * What it does with the objects. `patch` is for finalizers. Go programs of controller-runtime also `get` and `update`.
   *
   * @default - list, watch, patch
   */
  readonly verbs?: string[];

  /**
   * What it does with their status.
   *
   * @default - patch, where the kind has the status subresource
   */
  readonly statusVerbs?: string[];

  /**
   * Whether what it makes belongs to the objects with `blockOwnerDeletion`, as controller-runtime's `SetControllerReference` sets it. Where the API server
   * runs OwnerReferencesPermissionEnforcement (OpenShift does), that takes `update` on their finalizers.
   *
   * @default false
   * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#ownerreferencespermissionenforcement
   */
  readonly blocksOwnerDeletion?: boolean;
}

/** Objects that an operator makes, or reads. */
export interface OperatorAccess {
  /**
   * The API group, such as `storage.k8s.io`.
   *
   * @default - the core group: persistentvolumeclaims, configmaps, secrets…
   */
  readonly apiGroup?: string;

  /** The resource in the plural, such as `persistentvolumeclaims` or `pods/exec`. */
  readonly resource: string;

  /**
   * What it does with them: get, list, watch, create, update, patch, delete, deletecollection, and those of single resources, such as `use`.
   *
   * @default - of what it owns: list, watch, create, patch, delete; of what it reads: list, watch, or get where there are `resourceNames`
   */
  readonly verbs?: string[];

  /**
   * The names of the objects. What is listed, watched or created has no name yet.
   *
   * @default - all
   */
  readonly resourceNames?: string[];

  /**
   * Whether it is only asked in the operator's own namespace.
   *
   * @default false: in the whole cluster
   */
  readonly ownNamespace?: boolean;
}
