import { list, literal, quoted, shellWord } from '../../manifest/code';

/** A Ceph user, and the Secret of its key as it was. */
export interface LegacyUser {
  /** With or without `client.` in front of it; nothing where the Secret, one of ceph-csi, says it. */
  readonly id?: string;
  /** The old Secret, which has only the key. */
  readonly secret?: string;
  /** Where the old Secret is, if that is said. */
  readonly namespace?: string;
  /** Whether the Secret is one of ceph-csi already. */
  readonly isNew?: boolean;
}

/** How Ceph was reached. */
export interface LegacyConnection {
  /** What there is of it in ceph-csi's own words. */
  readonly clusterId?: string;
  readonly monitors: readonly string[];
  readonly provisioner: LegacyUser;
  readonly node: LegacyUser;
}

/** Stands for what nothing old says; it is refused when it is pasted as it is (CEPH001). */
const CLUSTER_ID = '<ceph fsid>';
const MONITOR = '<host:port>';
const NAMESPACE = 'ceph';

/** A user as it is from now on. */
interface NewUser {
  readonly id?: string;
  readonly name: string;
  readonly namespace: string;
  readonly old: LegacyUser;
}

/** Monitors that were written in one text. */
export function monitorsOf(value: unknown): string[] {
  const written = Array.isArray(value) ? value : `${value ?? ''}`.split(',');
  const monitors = written.map(monitor => `${monitor}`.trim()).filter(monitor => monitor !== '');
  // Without a port the old clients took that of msgr v1.
  return [...new Set(monitors.map(monitor => (/:\d+$/.test(monitor) ? monitor : `${monitor}:6789`)))];
}

function renewed(old: LegacyUser, namespace: string): NewUser {
  const id = old.id?.replace(/^client\./, '');
  const name = old.secret === undefined ? `ceph-${`${id}`.toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+|-+$/g, '')}` : old.isNew ? old.secret : `${old.secret}-csi`;
  return { id, name, namespace: old.namespace ?? namespace, old };
}

function users({ provisioner, node }: LegacyConnection): NewUser[] {
  const namespace = provisioner.namespace ?? node.namespace ?? NAMESPACE;
  const [first, second] = [renewed(provisioner, namespace), renewed(node, namespace)];
  return first.id === second.id && first.name === second.name && first.namespace === second.namespace ? [first] : [first, second];
}

/** `cluster` and `credentials` of a storage. */
export function connectionCode(connection: LegacyConnection): Record<string, string> {
  const { clusterId = CLUSTER_ID, monitors } = connection;
  const [provisioner, node] = users(connection).map(({ id, name, namespace }) => literal({ name: quoted(name), namespace: quoted(namespace), userId: id && quoted(id) }));
  return {
    cluster: `CephCluster.external(${literal({ clusterId: quoted(clusterId), monitors: list((monitors.length > 0 ? monitors : [MONITOR]).map(quoted)) })})`,
    credentials: node === undefined ? `CephCredentials.fromSecret(${provisioner})` : `CephCredentials.fromSecrets(${literal({ provisioner, node })})`,
  };
}

/** Commands that make the Secrets of ceph-csi from the old ones, or from Ceph; nothing where they are there. */
export function secretCommands(connection: LegacyConnection): string[] {
  const commands = users(connection).filter(({ old }) => !old.isNew).map(({ id, name, namespace, old }) => {
    const key = old.secret === undefined ? `ceph auth get-key ${shellWord(`client.${id}`)}`
      : `kubectl -n ${shellWord(old.namespace ?? '<namespace of a claim>')} get secret ${shellWord(old.secret)} -o jsonpath='{.data.key}' | base64 -d`;
    return `${key} | tr -d '\\n' | kubectl -n ${shellWord(namespace)} create secret generic ${shellWord(name)} --from-literal=userID=${shellWord(`${id}`)} --from-file=userKey=/dev/stdin`;
  });
  return commands.length === 0 ? [] : [['# Secrets of ceph-csi have userID (without client.) and userKey; the old ones had only a key:', ...commands].join('\n')];
}

/** What has to be filled in or known, for the end of the text. */
export function connectionNotes({ clusterId, monitors }: LegacyConnection, variable: string): string[] {
  return [
    ...(clusterId === undefined ? [`put in what 'ceph fsid' prints for '${CLUSTER_ID}'`] : []),
    ...(monitors.length === 0 ? [`put in the monitors ('ceph mon dump') for '${MONITOR}'`] : []),
    'users with the least caps that do are made by what credentials.authCommands() prints',
    `classes and volumes of the same pool or file system are added to the same object, and those of another to one with driver: ${variable}.driver`,
  ];
}
