import { list, literal, quoted } from '../../manifest/code';

/** Stand for what nothing old says. */
const HOST = '<host of Gluster>';
const VOLUME = '<volume>';
const CLIENTS = '<CIDR of the nodes>';
const IMAGE = 'registry.example.com/storage/nfs-ganesha:4.3';

/** Where the data is, as far as it is known. */
export interface GlusterPlace {
  readonly hosts: readonly string[];
  /** The Gluster volume. */
  readonly volume?: string;
}

/** The statement that serves a Gluster volume over NFS, in the variable `gluster`. */
export function storageCode({ hosts, volume = VOLUME }: GlusterPlace): string {
  const known = hosts.length > 0 ? hosts : [HOST];
  return `const gluster = new GlusterStorage(chart, 'Gluster', ${literal({
    cluster: `GlusterCluster.external(${literal({ hosts: list(known.map(quoted)), volume: quoted(volume) })})`,
    gateway: literal({ name: "'gluster-nfs'", namespace: "'gluster'", image: quoted(IMAGE), clients: list([quoted(CLIENTS)]) }),
  })});`;
}

/** What has to be filled in or known, for the end of the text. */
export function storageNotes({ hosts, volume }: GlusterPlace): string[] {
  return [
    ...(hosts.length === 0 ? [`put in the hosts of Gluster for '${HOST}': on one of them, gluster pool list prints all (localhost is itself)`] : []),
    ...(volume === undefined ? [`put in the Gluster volume for '${VOLUME}': gluster volume list prints their names`] : []),
    `put in the network of the nodes for '${CLIENTS}': kubectl get nodes -o wide shows their addresses`,
    `${IMAGE} stands for your image of NFS-Ganesha with its module for Gluster (docs/nfs-server.md has a Dockerfile)`,
    "classes and volumes of the same Gluster are added to the same object; another Gluster volume is one more export of its gateway, exports: [{ name: 'gv0' }, { name: 'other', volume: 'gv1' }], which is named where it is used: share: '/other'",
  ];
}

/** The hosts in mount options of the FUSE client. */
export function backupServers(mountOptions: readonly string[]): string[] {
  return mountOptions.flatMap(option => /^backup-?volfile-?servers?=(.*)$/.exec(option)?.[1].split(':') ?? []);
}

/** What becomes of those mount options. */
export function mountOptionNotes(mountOptions: readonly string[]): string[] {
  return mountOptions.map(option => `the mount option ${option} ${backupServers([option]).length > 0 ? '→ hosts' : 'is left out: it is for the FUSE client of Gluster, and nodes mount NFS now'}`);
}

/** Each host once. */
export function hostList(...hosts: readonly string[]): string[] {
  return [...new Set(hosts.map(host => host.trim()).filter(host => host !== ''))];
}
