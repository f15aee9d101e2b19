/** A kind of object that a CustomResourceDefinition adds to the API server. */
export interface ICustomResource {
  /** The API group, such as `storage.example.com`. */
  readonly group: string;

  /** The kind, such as `Storage`. */
  readonly kind: string;

  /** The plural, by which the kind is known in URLs and roles, such as `storages`. */
  readonly plural: string;

  /** Whether the status is a subresource, which only its controller writes. */
  readonly hasStatus: boolean;

  /** Whether its objects live in namespaces. */
  readonly namespaced: boolean;
}
