/** As whom the server takes the root of a node, which is what the driver and the kubelet are. */
export enum NfsSquash {
  /** Root is an anonymous user (`root_squash`), the default of most servers. */
  ROOT = 'root_squash',
  /** Everybody is an anonymous user (`all_squash`). */
  ALL = 'all_squash',
  /** Root is root (`no_root_squash`). */
  NONE = 'no_root_squash',
}
