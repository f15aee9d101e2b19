/** A user as which Rook, or a driver, comes to a Ceph that is elsewhere. */
export interface ExternalUser {
  /** Its key among the keys that are given. */
  readonly key: 'healthChecker' | 'rbdProvisioner' | 'rbdNode' | 'cephFsProvisioner' | 'cephFsNode';
  readonly user: string;
  readonly secret: string;
  /** What it may, in pairs, as create-external-cluster-resources.py asks for it. */
  readonly caps: readonly string[];
}

export const MON_SECRET = 'rook-ceph-mon';
export const HEALTH_CHECKER = 'client.healthchecker';
const BLOCKLIST = "allow command 'osd blocklist'";

/** @see https://github.com/rook/rook/blob/v1.20.6/deploy/examples/create-external-cluster-resources.py */
export const EXTERNAL_USERS: readonly ExternalUser[] = [
  {
    key: 'healthChecker', user: 'healthchecker', secret: MON_SECRET,
    caps: ['mon', 'allow r, allow command quorum_status, allow command version', 'mgr', 'allow command config', 'osd', 'profile rbd-read-only', 'mds', 'allow *'],
  },
  { key: 'rbdProvisioner', user: 'csi-rbd-provisioner', secret: 'rook-csi-rbd-provisioner', caps: ['mon', `profile rbd, ${BLOCKLIST}`, 'mgr', 'allow rw', 'osd', 'profile rbd'] },
  { key: 'rbdNode', user: 'csi-rbd-node', secret: 'rook-csi-rbd-node', caps: ['mon', `profile rbd, ${BLOCKLIST}`, 'osd', 'profile rbd'] },
  {
    key: 'cephFsProvisioner', user: 'csi-cephfs-provisioner', secret: 'rook-csi-cephfs-provisioner',
    caps: ['mon', `allow r, ${BLOCKLIST}`, 'mgr', 'allow rw', 'osd', 'allow rw tag cephfs metadata=*', 'mds', 'allow *'],
  },
  {
    key: 'cephFsNode', user: 'csi-cephfs-node', secret: 'rook-csi-cephfs-node',
    caps: ['mon', `allow r, ${BLOCKLIST}`, 'mgr', 'allow rw', 'osd', 'allow rw tag cephfs *=*', 'mds', 'allow rw'],
  },
];

/** A word for a shell. */
const quoted = (word: string) => (/^[\w.=/@:-]+$/.test(word) ? word : word.includes("'") ? `"${word}"` : `'${word}'`);

/** What makes the users, for the shell of an administrator of Ceph. */
export function authCommands(): string[] {
  return EXTERNAL_USERS.map(({ user, caps }) => ['ceph', 'auth', 'get-or-create', `client.${user}`, ...caps].map(quoted).join(' '));
}

/** What a Secret holds, by its keys; `key` is what is secret of it. */
export function secretData({ key: of, user }: ExternalUser, { namespace, fsid }: { readonly namespace: string; readonly fsid: string }, key: string): Record<string, string> {
  return of !== 'healthChecker' ? { userID: user, userKey: key }
    // The third and fourth are no secrets: Rook looks at whether they are there.
    : { 'cluster-name': namespace, fsid, 'admin-secret': 'admin-secret', 'mon-secret': 'mon-secret', 'ceph-username': HEALTH_CHECKER, 'ceph-secret': key };
}

/** What writes the Secrets, for a shell that reaches both Kubernetes and Ceph. */
export function secretCommands(place: { readonly namespace: string; readonly fsid: string }): string[] {
  return EXTERNAL_USERS.map(user => {
    const data = Object.entries(secretData(user, place, `"$(ceph auth print-key client.${user.user})"`)).map(([key, value]) => `--from-literal=${key}=${value}`);
    return ['kubectl', '-n', place.namespace, 'create', 'secret', 'generic', '--type=kubernetes.io/rook', user.secret, ...data].join(' ');
  });
}
