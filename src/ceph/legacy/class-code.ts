import { connectionCode, connectionNotes, LegacyConnection, LegacyUser, monitorsOf, secretCommands } from './connection';
import { LegacyClass } from '../../csi/driver-profile';
import { RESERVED } from '../../csi/secret-reference';
import { list, literal, memberCode, program, quoted, remarks } from '../../manifest/code';
import { commonOptions, replaceClassNote } from '../../volume/legacy-class-code';
import { ReclaimPolicy } from '../../volume/modes';

/** What a driver of ceph-csi makes. */
export type CephKind = 'rbd' | 'cephfs';

/** By their names in small letters: the old programs took them in any. */
type Values = Readonly<Record<string, string>>;

/** Image features that the old programs could be asked for, as TypeScript has them. */
const FEATURES = ['layering', 'exclusive-lock', 'object-map', 'fast-diff', 'deep-flatten'];
const IMAGE_FEATURES = (features: readonly string[]) => list(features.map(feature => `RbdImageFeature.${feature.toUpperCase().replace(/-/g, '_')}`));

/** Mount options that ceph-csi cannot use in a class. */
const REFUSED_OPTIONS = ['debug', 'ro'];

interface Row {
  /** What it is in the options of addStorageClass. */
  readonly options?: (value: string) => Record<string, string | undefined>;
  /** Why it is written no more, or what of it. */
  readonly note?: (value: string) => string | undefined;
}

/** What is in `cluster`, `credentials` and the properties of the storage. */
const CONNECTION: Row = {};
const COMMON: Readonly<Record<string, Row>> = {
  monitors: CONNECTION,
  clusterid: CONNECTION,
  adminid: CONNECTION,
  adminsecretname: CONNECTION,
  adminsecretnamespace: CONNECTION,
  userid: CONNECTION,
  usersecretname: CONNECTION,
  usersecretnamespace: CONNECTION,
  cluster: { note: () => 'the name of the Ceph cluster is dropped: ceph-csi needs none, and its clusterId is another thing' },
};

/** Every parameter that the old programs knew, and those of ceph-csi that have a property here. */
const PARAMETERS: Readonly<Record<CephKind, Readonly<Record<string, Row>>>> = {
  rbd: {
    ...COMMON,
    pool: CONNECTION,
    datapool: { options: value => ({ dataPool: quoted(value) }) },
    imageformat: {
      note: value => (value === '1' ? 'imageFormat is dropped: images are of format 2 from now on, and those of format 1 have to be converted' : 'imageFormat is dropped: all images are of format 2'),
    },
    imagefeatures: {
      options: value => ({ imageFeatures: IMAGE_FEATURES(featuresOf(value).filter(feature => FEATURES.includes(feature))) }),
      note: value => {
        const others = featuresOf(value).filter(feature => !FEATURES.includes(feature));
        return others.length > 0 ? `the image features ${others.join(', ')} are left out: see docs/ceph-images.md` : undefined;
      },
    },
    fstype: {
      options: value => ({ fsType: ['ext4', 'xfs'].includes(value) ? quoted(value) : undefined }),
      note: value => (['ext4', 'xfs'].includes(value) ? undefined : `the fsType ${value} is left out: ceph-csi makes ext4 or xfs`),
    },
  },
  cephfs: {
    ...COMMON,
    fsname: CONNECTION,
    pool: { options: value => ({ pool: quoted(value) }) },
    claimroot: { note: value => `claimRoot ('${value}') is dropped: new volumes are in the group of subvolumes csi, or in that of CephCluster.external({ subvolumeGroup })` },
    deterministicnames: { note: () => 'deterministicNames is dropped: ceph-csi names the subvolumes itself' },
  },
};

function featuresOf(value: string): string[] {
  return value.split(',').map(feature => feature.trim()).filter(feature => feature !== '');
}

/** The users of a class: the old programs had defaults for all but the names of the Secrets. */
function connectionOf(kind: CephKind, parameters: Values, reserved: Values): LegacyConnection {
  const user = (id: string, secret: string | undefined, namespace: string | undefined, role: string): LegacyUser => {
    const name = reserved[`${role}-secret-name`];
    return name ? { secret: name, namespace: reserved[`${role}-secret-namespace`], isNew: true } : { id, secret, namespace };
  };
  const set = (key: string) => parameters[key] || undefined;
  const adminId = set('adminid') ?? 'admin';
  const adminSecret = set('adminsecretname');
  const namespace = set('adminsecretnamespace') ?? (adminSecret && 'default');
  return {
    clusterId: set('clusterid'),
    monitors: monitorsOf(parameters.monitors),
    provisioner: user(adminId, adminSecret, namespace, 'provisioner'),
    // The old program for CephFS made a user for each volume; ceph-csi has one.
    node: kind === 'cephfs' && !set('usersecretname') ? user('kubernetes-node', undefined, namespace, 'node-stage')
      : user(set('userid') ?? adminId, set('usersecretname') ?? adminSecret, set('usersecretname') ? set('usersecretnamespace') : namespace, 'node-stage'),
  };
}

/** A class of the past as TypeScript that can be pasted, with the commands for its Secrets and what else is to be known. @param extra whether parameters that are not known are those of ceph-csi */
export function classText(kind: CephKind, legacy: LegacyClass, extra = false): string {
  const rows = PARAMETERS[kind];
  const given = Object.entries(legacy.parameters);
  const own = given.filter(([key]) => !key.startsWith(RESERVED)).map(([key, value]) => ({ key, value, row: rows[key.toLowerCase()] }));
  const parameters = Object.fromEntries(own.map(({ key, value }) => [key.toLowerCase(), value]));
  const reserved = Object.fromEntries(given.filter(([key]) => key.startsWith(RESERVED)).map(([key, value]) => [key.slice(RESERVED.length), value]));
  const connection = connectionOf(kind, parameters, reserved);
  const unknown = own.filter(({ row }) => row === undefined);
  const options = legacy.mountOptions.filter(option => !REFUSED_OPTIONS.includes(option));
  const name = legacy.name ?? '<name>';
  const code = literal({
    // Without features the old programs switched none on, and librbd's own take a kernel of 5.3.
    ...(kind === 'rbd' ? { imageFeatures: IMAGE_FEATURES(['layering']) } : {}),
    ...(kind === 'rbd' && reserved.fstype ? rows.fstype.options!(reserved.fstype) : {}),
    ...Object.assign({}, ...own.map(({ value, row }) => (value === '' ? {} : row?.options?.(value) ?? {}))),
    mountOptions: options.length > 0 ? list(options.map(quoted)) : undefined,
    reclaimPolicy: memberCode('ReclaimPolicy', ReclaimPolicy, legacy.reclaimPolicy),
    ...commonOptions(legacy),
    extraParameters: extra && unknown.length > 0 ? literal(Object.fromEntries(unknown.map(({ key, value }) => [quoted(key), quoted(value)]))) : undefined,
  });
  const notes = [
    ...connectionNotes(connection, kind === 'rbd' ? 'rbd' : 'fs'),
    ...own.flatMap(({ value, row }) => row?.note?.(value) ?? []),
    ...(extra ? [] : unknown.map(({ key }) => `'${key}' is dropped: ${kind === 'rbd' ? 'RBD' : 'CephFS'} has no such parameter`)),
    ...legacy.mountOptions.filter(option => REFUSED_OPTIONS.includes(option)).map(option => `the mount option ${option} is left out: volumes of ceph-csi could not be mounted with it`),
    ...(kind === 'cephfs' && !parameters.fsname ? ["the name of the file system is what 'ceph fs ls' prints"] : []),
    replaceClassNote(name, extra ? undefined : 'docs/ceph-legacy.md'),
  ];
  const storage = kind === 'rbd'
    ? ['rbd', 'CephRbdStorage', "'Rbd'", { pool: quoted(parameters.pool || 'rbd') }] as const
    : ['fs', 'CephFsStorage', "'Fs'", { fsName: quoted(parameters.fsname || 'cephfs') }] as const;
  return [
    'ceph-csi takes its place, with the values of this class:',
    program([
      `const ${storage[0]} = new ${storage[1]}(chart, ${storage[2]}, ${literal({ ...connectionCode(connection), ...storage[3] })});`,
      `${storage[0]}.addStorageClass(${[quoted(name), ...(code === '{}' ? [] : [code])].join(', ')});`,
    ]),
    ...secretCommands(connection),
    remarks(notes),
  ].join('\n\n');
}
