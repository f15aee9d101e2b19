import { CephFsNeed, CephNeed, RbdNeed } from './needs';
import { liesIn } from '../../manifest/paths';

const SERVICES = ['mon', 'mgr', 'osd', 'mds'] as const;
type Service = typeof SERVICES[number];

/** What a user may do at each kind of daemon. */
type Grants = Partial<Record<Service, readonly string[]>>;

export type CephRole = 'provisioner' | 'node';

/** To cut off a node as a whole, and to let it in again; `profile rbd` is for single clients only. */
const FENCE = 'allow command "osd blocklist"';

/** How the names of objects begin in which images have their content. The others say which images there are, and stay closed to nodes. */
const CONTENT = ['rbd_header.', 'rbd_object_map.', 'rbd_data.', 'journal'];

/** Commands of the mgr on subvolumes of one group. What ceph-csi asks for now is among them; the others do nothing that these cannot. */
const READ_SUBVOLUMES = ['getpath', 'info', 'snapshot info', 'snapshot getpath'].map(command => `fs subvolume ${command}`);
const WRITE_SUBVOLUMES = [
  ...['create', 'rm', 'resize', 'ls', 'pin', 'metadata get', 'metadata set', 'metadata ls', 'metadata rm'].map(command => `fs subvolume ${command}`),
  ...['create', 'rm', 'ls', 'protect', 'unprotect', 'metadata get', 'metadata set', 'metadata ls', 'metadata rm'].map(command => `fs subvolume snapshot ${command}`),
  'fs clone status',
  'fs clone cancel',
];
/** Since 3.16 a node notes beside each volume as whom it mounts it, and mounts nothing where it may not; with fencing its address too. What else is noted there says who may mount it. */
const NOTE = ['fs subvolume metadata set', 'fs subvolume snapshot metadata set'];

/** A name or path within a cap. */
const word = (text: string) => /^[A-Za-z0-9_./-]+$/.test(text) ? text : `"${text}"`;

function allow(command: string, facts: Record<string, string>): string {
  return `allow command "${command}" with ${Object.entries(facts).map(([key, value]) => `${key}=${word(value)}`).join(' ')}`;
}
function onSubvolumes(commands: readonly string[], { fsName, subvolumeGroup }: CephFsNeed): string[] {
  return commands.map(command => allow(command, { vol_name: fsName, group_name: subvolumeGroup }));
}

function note(need: CephFsNeed): string[] {
  return (need.fencing ? ['userid', 'clientaddress'] : ['userid']).flatMap(key => onSubvolumes(NOTE, need).map(cap => `${cap} key_name prefix .cephfs.csi.ceph.com/${key}/`));
}

const place = (pool: string, radosNamespace?: string) => `pool=${word(pool)}${radosNamespace === undefined ? '' : ` namespace=${word(radosNamespace)}`}`;
function content(pool: string, radosNamespace: string | undefined, prefixes: readonly string[]): string[] {
  return prefixes.map(prefix => `allow rwx ${place(pool, radosNamespace)} object_prefix ${prefix}`);
}

/** Before it unlocks an encrypted volume a node takes a lock, in the namespace in which the file system itself is: so it may lock there, and neither read nor write. */
function lock({ fsName }: CephFsNeed): string[] {
  return ['lock', 'unlock'].map(method => `allow class lock ${method} tag cephfs metadata=${word(fsName)}`);
}

/** Where ceph-csi notes which subvolume is whose. */
function journal(verbs: string, { fsName, radosNamespace = 'csi' }: CephFsNeed): string {
  return `allow ${verbs} namespace=${word(radosNamespace)} tag cephfs metadata=${word(fsName)}`;
}

const RBD: Record<CephRole, (need: RbdNeed) => Grants> = {
  provisioner: ({ pool, dataPool, radosNamespace, fencing }) => ({
    mon: ['profile rbd', ...(fencing ? [FENCE] : [])],
    mgr: [`profile rbd ${place(pool, radosNamespace)}`],
    osd: [pool, ...(dataPool === undefined ? [] : [dataPool])].map(each => `profile rbd ${place(each, radosNamespace)}`),
  }),
  node: ({ pool, dataPool, radosNamespace }) => ({
    mon: ['profile rbd'],
    osd: [
      `profile rbd-read-only ${place(pool, radosNamespace)}`,
      ...content(pool, radosNamespace, CONTENT),
      ...(dataPool === undefined ? [] : content(dataPool, radosNamespace, ['rbd_data.'])),
    ],
  }),
};

const CEPHFS: Record<CephRole, (need: CephFsNeed) => Grants> = {
  provisioner: need => {
    const { fsName, subvolumeGroup, fencing, groupSnapshots } = need;
    return {
      mon: [`allow r fsname=${word(fsName)}`, ...(fencing ? [FENCE] : [])],
      mgr: [
        ...onSubvolumes([...READ_SUBVOLUMES, ...WRITE_SUBVOLUMES], need),
        allow('fs subvolume snapshot clone', { vol_name: fsName, group_name: subvolumeGroup, target_group_name: subvolumeGroup }),
        // It is asked without a group: the members are paths.
        ...(groupSnapshots ? [allow('fs quiesce', { vol_name: fsName })] : []),
      ],
      osd: [journal('rw', need)],
      // Clients are listed and evicted by `ceph tell mds.0`, for which a metadata server wants everything.
      mds: fencing ? [`allow * fsname=${word(fsName)}`] : [],
    };
  },
  node: need => {
    const { fsName, subvolumeGroup, rootPath, encryption } = need;
    const group = `/volumes/${subvolumeGroup}`;
    const paths = [group, ...(rootPath === undefined || liesIn(rootPath, group) ? [] : [rootPath])];
    return {
      mon: [`allow r fsname=${word(fsName)}`],
      mgr: [...onSubvolumes(READ_SUBVOLUMES, need), ...note(need)],
      osd: [`allow rw tag cephfs data=${word(fsName)}`, journal('r', need), ...(encryption ? lock(need) : [])],
      mds: paths.map(path => `allow rw fsname=${word(fsName)} path=${word(path)}`),
    };
  },
};

function grants(role: CephRole, need: CephNeed): Grants {
  return need.kind === 'rbd' ? RBD[role](need) : CEPHFS[role](need);
}

/** What a user has to be allowed in these roles, by daemon, without what says nothing more. */
export function capsOf(roles: readonly CephRole[], needs: readonly CephNeed[]): [Service, string][] {
  const all = needs.flatMap(need => roles
    // `profile rbd` of the provisioner is all of RBD.
    .filter(role => !(role === 'node' && need.kind === 'rbd' && roles.includes('provisioner')))
    .map(role => grants(role, need)));
  return SERVICES.map((service): [Service, string] => {
    const each = [...new Set(all.flatMap(grant => grant[service] ?? []))];
    return [service, each.filter(cap => !(cap.startsWith('allow r ') && each.includes(cap.replace('allow r ', 'allow rw ')))).join(', ')];
  }).filter(([, caps]) => caps !== '');
}
