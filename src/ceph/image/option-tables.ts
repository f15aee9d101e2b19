/** An option for mapping or mounting. */
export interface KnownOption {
  /**
   * What it takes.
   *
   * @default - nothing: it is written without a value
   */
  readonly takes?: RegExp;
  readonly example?: string;
  /** The Linux release that has it first; nothing where every kernel has it that is still in use. */
  readonly since?: string;
  /** Why it cannot be given, and what to do instead. */
  readonly refused?: readonly [string, string];
}

const NUMBER: KnownOption = { takes: /^\d+$/, example: '60' };
const TEXT: KnownOption = { takes: /^[^,;\s]+$/, example: 'value' };
const FLAG: KnownOption = {};
const OWN: KnownOption = { takes: /^.*$/, refused: ['ceph-csi writes it itself', 'leave it out'] };
const READ_ONLY: KnownOption = {
  refused: ['volumes of the class could not even be given a file system', 'leave it out; mount it read-only in the pods: PodVolume.fromClaim(claim).mountTo(workload, { container, path, readOnly: true })'],
};

function flags(names: string, known = FLAG): Record<string, KnownOption> {
  return Object.fromEntries(names.split(' ').map(name => [name, known]));
}

/** Of the client that the kernel has for RBD and CephFS alike. */
const CLIENT: Readonly<Record<string, KnownOption>> = {
  ...flags('share noshare crc nocrc cephx_require_signatures nocephx_require_signatures tcp_nodelay notcp_nodelay cephx_sign_messages nocephx_sign_messages'),
  ...flags('mount_timeout osdkeepalive osd_idle_ttl osd_request_timeout', NUMBER),
  fsid: TEXT,
  ip: TEXT,
  abort_on_full: { since: '5.0' },
  crush_location: { takes: /^[\w.-]+:[\w.-]+(\|[\w.-]+:[\w.-]+)*$/, example: 'zone:a|region:east', since: '5.8' },
  read_from_replica: { takes: /^(no|balance|localize)$/, example: 'localize', since: '5.8' },
  ms_mode: { takes: /^(legacy|crc|secure|prefer-crc|prefer-secure)$/, example: 'prefer-crc', since: '5.11' },
  rxbounce: { since: '5.17' },
};

export const KRBD_MAP: Readonly<Record<string, KnownOption>> = {
  ...CLIENT,
  ...flags('rw udev noudev'),
  ro: READ_ONLY,
  queue_depth: { ...NUMBER, example: '128', since: '4.2' },
  lock_on_read: { since: '4.9' },
  exclusive: { since: '4.12' },
  lock_timeout: { ...NUMBER, since: '4.17' },
  notrim: { since: '4.17' },
  alloc_size: { ...NUMBER, example: '65536', since: '5.1' },
  compression_hint: { takes: /^(none|compressible|incompressible)$/, example: 'compressible', since: '5.8' },
};

export const NBD_MAP: Readonly<Record<string, KnownOption>> = {
  ...flags('exclusive notrim try-netlink quiesce show-cookie'),
  ...flags('io-timeout reattach-timeout timeout nbds_max max_part', NUMBER),
  'quiesce-hook': TEXT,
  'read-only': READ_ONLY,
  ...flags('cookie device id keyfile log-file', OWN),
};

export const KRBD_UNMAP: Readonly<Record<string, KnownOption>> = { ...flags('udev noudev'), force: { since: '4.9' } };
export const NBD_UNMAP: Readonly<Record<string, KnownOption>> = { 'force': FLAG, 'snap-id': NUMBER };

/** Of every file system. */
const GENERIC = flags('_netdev rw sync async dirsync atime noatime diratime nodiratime relatime norelatime strictatime lazytime nolazytime suid nosuid dev nodev exec noexec iversion noiversion mand nomand silent');
const SELINUX = flags('context fscontext defcontext rootcontext', TEXT);

export const CEPHFS_KERNEL: Readonly<Record<string, KnownOption>> = {
  ...GENERIC,
  ...SELINUX,
  ...CLIENT,
  ...flags('ro dirstat nodirstat rbytes norbytes asyncreaddir noasyncreaddir dcache nodcache ino32 noino32 fsc nofsc poolperm nopoolperm acl noacl quotadf noquotadf copyfrom nocopyfrom '
    + 'require_active_mds norequire_active_mds pagecache nopagecache'),
  ...flags('wsize rsize rasize caps_wanted_delay_min caps_wanted_delay_max caps_max cap_release_safety readdir_max_entries readdir_max_bytes write_congestion_kb', NUMBER),
  snapdirname: TEXT,
  recover_session: { takes: /^(no|clean)$/, example: 'clean', since: '5.4' },
  wsync: { since: '5.7' },
  nowsync: { since: '5.7' },
  sparseread: { since: '6.6' },
  nosparseread: { since: '6.6' },
  ...flags('name secret secretfile mds_namespace fs mon_addr conf', OWN),
};

/** ceph-fuse takes what FUSE takes, and each setting of Ceph's clients. */
export const CEPHFS_FUSE: Readonly<Record<string, KnownOption>> = {
  ...GENERIC,
  ...flags('ro debug nonempty allow_other default_permissions big_writes atomic_o_trunc auto_unmount'),
  ...flags('max_read max_write max_readahead max_idle_threads', NUMBER),
  ...flags('fsname subtype', TEXT),
};

/** Settings of Ceph's clients, which programs take as options. */
export const CEPH_SETTING = /^(debug|client|rbd|ms|mon|mds|osd|objecter|rados|log|admin|auth|fuse)[-_][\w-]+$/;
