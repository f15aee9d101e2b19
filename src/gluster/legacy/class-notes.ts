import { RESERVED } from '../../csi/secret-reference';

/** Where a parameter is now, or why it is nowhere. */
type Note = (value: string) => string;

const HEKETI: Note = () => 'dropped: nothing asks heketi any more';
const SECRET: Note = value => `dropped: the Secret ('${value}') is of heketi, and can go when no volume of the class is left`;
const GID: Note = () => 'mountPermissions, and securityContext.fsGroup of the pods: no group is given to each volume any more, so pods that share one take the same fsGroup; a volume that exists keeps its group by the annotation pv.beta.kubernetes.io/gid';
const CLUSTER: Note = value => `hosts: they are those of that cluster (heketi-cli cluster info ${value.split(',')[0]})${value.includes(',') ? ', and each cluster takes a GlusterStorage of its own' : ''}`;
const ENDPOINTS: Note = value => `hosts: they are what kubectl -n <namespace> get endpoints ${value} -o jsonpath='{.subsets[*].addresses[*].ip}' prints`;
const TYPE: Note = () => 'the layout of the Gluster volume, which is made once: see the command';
const CLONES: Note = () => 'dataSource of a claim: the driver copies the directory';
const PODS: Note = () => 'dropped: it found the pods of Gluster, in which commands were run';

/** Every parameter that a provisioner of Gluster had, in small letters. */
const PARAMETERS = new Map<string, Note>(Object.entries({
  resturl: () => 'hosts of GlusterCluster.external, which are those of Gluster itself: nothing asks heketi any more',
  restuser: HEKETI,
  restuserkey: () => 'dropped: nothing asks heketi any more; the key stood where everybody reads it, so change it, or stop heketi',
  restauthenabled: HEKETI,
  secretname: SECRET,
  secretnamespace: HEKETI,
  restsecretname: SECRET,
  restsecretnamespace: HEKETI,
  clusterid: CLUSTER,
  clusterids: CLUSTER,
  gidmin: GID,
  gidmax: GID,
  gidallocate: GID,
  volumetype: TYPE,
  volumeoptions: () => 'gluster volume set: see the commands',
  volumenameprefix: () => 'dropped: a new volume is a directory with the name of its PersistentVolume; those that heketi made are found by it in gluster volume list, as <prefix>_<namespace>_<claim>_<id>',
  snapfactor: () => 'dropped: it kept room in the thin pools of the bricks for snapshots of LVM; snapshots are archives in the Gluster volume now (addSnapshotClass), so leave room there',
  customepnameprefix: () => 'dropped: nothing makes or reads Endpoints any more; those of old volumes begin with it',
  smartclone: CLONES,
  cloneenabled: CLONES,
  endpoint: ENDPOINTS,
  endpoints: ENDPOINTS,
  // Of the provisioner for blocks.
  opmode: HEKETI,
  blockmodeargs: () => 'hosts; its volume (glustervol) holds the images of block volumes, so leave it to them, and make another one',
  hacount: () => 'dropped: there is one gateway, which Kubernetes starts anew where it is lost',
  chapauthenabled: () => 'clients of the gateway: NFS looks at addresses, not at passwords',
  // Of glusterfs-simple-provisioner.
  brickrootpaths: () => 'hosts, and the bricks of the Gluster volume: see the command',
  namespace: PODS,
  selector: PODS,
  forcecreate: () => "dropped: gluster volume create takes 'force' at its end, for bricks on the root disk or two on one host, which you should not have",
  // Of the driver for GlusterD2.
  replicas: TYPE,
  arbitertype: TYPE,
  arbiterpath: TYPE,
  bricktype: () => 'dropped: GlusterD2 is given up, and bricks are directories on file systems of their own, not files (loop)',
}));

/** What becomes of each parameter, as it is written; those of which the same is to be said, together. */
export function parameterNotes(parameters: Readonly<Record<string, string>>): string[] {
  const keys = new Map<string, string[]>();
  for (const [key, value] of Object.entries(parameters)) {
    const note = key.startsWith(RESERVED) ? 'dropped: it was for the sidecars of that driver' : value === '' ? 'dropped: it is empty' : PARAMETERS.get(key.toLowerCase())?.(value) ?? 'dropped: no provisioner of Gluster has it';
    keys.set(note, [...keys.get(note) ?? [], key]);
  }
  return [...keys].map(([note, those]) => `${those.join(', ')} → ${note}`);
}
