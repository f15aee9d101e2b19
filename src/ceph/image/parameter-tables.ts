/** What a parameter of a class may be. */
export interface KnownParameter {
  readonly pattern: RegExp;
  readonly problem: string;
  readonly expected: string;
}

/** Where something belongs that is no parameter. */
export interface StrangeParameter {
  readonly consequence: string;
  readonly mapping: string;
}

const IGNORED = 'it would be passed over';

const NAME: KnownParameter = { pattern: /\S/, problem: 'it is empty, which ceph-csi refuses', expected: 'write a name, or leave the parameter out' };
const PREFIX: KnownParameter = {
  pattern: /^[^\s/@]+$/, problem: 'it is empty, or has a blank, / or @ in it, which no name of an image or subvolume has', expected: "write such as 'prod-', or leave the parameter out",
};
/** As Go reads them. */
const BOOLEAN: KnownParameter = { pattern: /^(1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/, problem: 'it is neither true nor false', expected: "write 'true' or 'false', in quotes" };
const NUMBER: KnownParameter = { pattern: /^\d+$/, problem: 'it is no whole number', expected: "write the bytes in digits and in quotes, such as '65536'" };
const ANY: KnownParameter = { pattern: /^/, problem: '', expected: '' };

function oneOf(...values: string[]): KnownParameter {
  const listed = values.map(value => `'${value}'`).join(', ');
  return { pattern: new RegExp(`^(${values.join('|')})$`), problem: 'ceph-csi knows no such thing', expected: `write one of ${listed}, or leave the parameter out` };
}

/** An empty text is as good as none. */
function orEmpty(known: KnownParameter): KnownParameter {
  return { ...known, pattern: new RegExp(`^$|${known.pattern.source}`) };
}

/** Of RBD; `monitors` is in the hands of those who know what is old. */
export const RBD_PARAMETERS: Readonly<Record<string, KnownParameter>> = {
  clusterID: NAME,
  pool: NAME,
  dataPool: NAME,
  volumeNamePrefix: PREFIX,
  imageFeatures: ANY,
  mounter: { pattern: /^(|rbd|rbd-nbd)$/, problem: 'ceph-csi knows no such mounter', expected: "write 'rbd-nbd', or leave it out for the kernel" },
  tryOtherMounters: BOOLEAN,
  mapOptions: ANY,
  unmapOptions: ANY,
  mkfsOptions: { pattern: /^$|^\S+( \S+)*$/, problem: 'it is divided at each blank, so that two of them make an empty option', expected: "write options with one blank between them: '-m0 -Enodiscard'" },
  cephLogDir: { pattern: /^$|^\//, problem: 'it is no absolute path', expected: "write such as '/var/log/ceph', or leave the parameter out" },
  cephLogStrategy: { ...oneOf('', 'remove', 'compress', 'preserve'), expected: "write 'remove', 'compress' or 'preserve', or leave the parameter out" },
  encrypted: BOOLEAN,
  encryptionType: orEmpty(oneOf('block', 'file')),
  encryptionKMSID: NAME,
  encryptionSectorSize: orEmpty({ pattern: /^(512|1024|2048|4096)$/, problem: 'it is no power of two from 512 to 4096', expected: "write '4096', or leave the parameter out" }),
  encryptionCipher: orEmpty(oneOf('aes-xts-plain64', 'serpent-xts-plain64', 'aes-xts-random', 'serpent-xts-random')),
  encryptionKeySize: orEmpty(oneOf('128', '256', '512')),
  integrityMode: orEmpty(oneOf('hmac-sha256', 'hmac-sha512')),
  topologyConstrainedPools: ANY,
  stripeUnit: orEmpty(NUMBER),
  stripeCount: orEmpty({ ...NUMBER, expected: "write the number of objects in digits and in quotes, such as '4'" }),
  objectSize: orEmpty(NUMBER),
  monitors: ANY,
};

/** Of CephFS. */
export const CEPHFS_PARAMETERS: Readonly<Record<string, KnownParameter>> = {
  clusterID: NAME,
  fsName: NAME,
  pool: NAME,
  mounter: { pattern: /^(kernel|fuse)$/, problem: 'ceph-csi knows no such mounter', expected: "write 'kernel' or 'fuse', or leave it out" },
  kernelMountOptions: NAME,
  fuseMountOptions: NAME,
  volumeNamePrefix: PREFIX,
  backingSnapshot: BOOLEAN,
  encrypted: BOOLEAN,
  encryptionKMSID: NAME,
  monitors: ANY,
};

/** Names of Ceph users and Secrets as provisioners before CSI had them. */
const SECRETS: StrangeParameter = {
  consequence: IGNORED,
  mapping: 'give the Secrets that have userID and userKey: csi.storage.k8s.io/provisioner-secret-name and node-stage-secret-name (CephCredentials.fromSecret({ name, namespace }) writes all of them)',
};
const LIMITS: StrangeParameter = {
  consequence: `${IGNORED}: ceph-csi v3.15 alone had limits in classes`,
  mapping: "leave it out; limits are a VolumeAttributesClass now: addAttributesClass('gold', { qos: { nbd: { iops: { base: 1000 } } } })",
};
const SNAPSHOTS: StrangeParameter = { consequence: IGNORED, mapping: "give it to the snapshot class: addSnapshotClass('daily', { snapshotNamePrefix })" };
const STATIC: StrangeParameter = { consequence: IGNORED, mapping: "leave it out; what exists already is a volume: addStaticVolume('name', { … })" };
const MAPPED = (properties: string) => ({ consequence: IGNORED, mapping: properties });
const FS_TYPE = MAPPED("write csi.storage.k8s.io/fstype instead (fsType: 'ext4')");
const NAMESPACE = MAPPED('leave it out; it belongs to the cluster: CephCluster.external({ radosNamespace }), which is in the config.json of the driver');
const GROUP = MAPPED('leave it out; it belongs to the cluster: CephCluster.external({ subvolumeGroup }), which is in the config.json of the driver');
const THICK = { consequence: `${IGNORED}: images take space as they are written`, mapping: 'leave it out' };

const OLD: Readonly<Record<string, StrangeParameter>> = {
  adminid: SECRETS, adminsecretname: SECRETS, adminsecretnamespace: SECRETS, userid: SECRETS, usersecretname: SECRETS, usersecretnamespace: SECRETS,
  userkey: SECRETS, adminkey: SECRETS, key: SECRETS, secretname: SECRETS, secretnamespace: SECRETS,
  radosnamespace: NAMESPACE,
  snapshotnameprefix: SNAPSHOTS,
  volumegroupnameprefix: { consequence: IGNORED, mapping: "give it to the group snapshot class: addGroupSnapshotClass('group', { volumeGroupNamePrefix })" },
  staticvolume: STATIC, rootpath: STATIC, provisionvolume: STATIC, imagename: STATIC,
  mountoptions: MAPPED('write it beside the parameters: mountOptions: [ … ]'),
};

/** By names in small letters, as they are often written wrongly in that too. */
export const RBD_STRANGE: Readonly<Record<string, StrangeParameter>> = {
  ...OLD,
  imageformat: { consequence: `${IGNORED}: images have format 2`, mapping: 'leave it out' },
  thickprovision: THICK,
  fstype: FS_TYPE,
  fsname: { consequence: IGNORED, mapping: 'leave it out; a class for a file system of Ceph is one of cephfs.csi.ceph.com (CephFsStorage)' },
  kernelmountoptions: MAPPED("leave it out; images have mapOptions: 'krbd:…' for the kernel, and mountOptions for their file system"),
  subvolumegroup: { consequence: IGNORED, mapping: 'leave it out; images have no groups: CephCluster.external({ radosNamespace }) divides a pool' },
  ...Object.fromEntries(['iops', 'readiops', 'writeiops', 'bps', 'readbps', 'writebps', 'bytespersecond', 'readbytespersecond', 'writebytespersecond']
    .flatMap(limit => [`base${limit}`, `max${limit}`, `${limit}pergib`, `${limit}pergb`]).concat('basevolsizebytes').map(key => [key, LIMITS])),
};

export const CEPHFS_STRANGE: Readonly<Record<string, StrangeParameter>> = {
  ...OLD,
  'subvolumegroup': GROUP,
  'claimroot': STATIC,
  'deterministicnames': MAPPED("leave it out; names begin with volumeNamePrefix: 'prod-'"),
  'topologyconstrainedpools': { consequence: 'it refuses every claim of a class that has it', mapping: 'leave it out; only RBD has pools by place (CephRbdStorage, topologyPools)' },
  'imagefeatures': { consequence: IGNORED, mapping: 'leave it out; it is for images: CephRbdStorage' },
  'mapoptions': MAPPED("write kernelMountOptions: 'ms_mode=prefer-crc'"),
  'fstype': { consequence: IGNORED, mapping: 'leave it out: volumes of CephFS have no file system of their own' },
  'datapool': MAPPED("write pool: 'cephfs.data'"),
  'mds-pin-export': MAPPED("leave it out; it is for a VolumeAttributesClass: addAttributesClass('pinned', { mdsPin })"),
  'mds-pin-distributed': MAPPED("leave it out; it is for a VolumeAttributesClass: addAttributesClass('pinned', { mdsPin })"),
  'mds-pin-random': MAPPED("leave it out; it is for a VolumeAttributesClass: addAttributesClass('pinned', { mdsPin })"),
};
