import { list, literal, program, quoted, remarks, shellWord } from './code';
import { connectionCode, connectionNotes, LegacyConnection, LegacyUser, monitorsOf, secretCommands } from './connection';
import { AccessMode, VolumeMode } from '../../volume/modes';
import { RemovedVolume } from '../../volume/removed-volumes';

/** What a quantity is multiplied by, in bytes. */
const DECIMAL: Readonly<Record<string, number>> = { 'm': 1e-3, '': 1, 'k': 1e3, 'M': 1e6, 'G': 1e9, 'T': 1e12, 'P': 1e15, 'E': 1e18 };
const BINARY: Readonly<Record<string, string>> = { Ki: 'kibibytes', Mi: 'mebibytes', Gi: 'gibibytes', Ti: 'tebibytes', Pi: 'pebibytes' };

/** A quantity as a Size; rounded down, so that no claim asks for more than there is. Nothing where it is none. */
function sizeCode(quantity: unknown): string | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([KMGTPE]i|[mkMGTPE])?$/.exec(`${quantity ?? ''}`) ?? [];
  if (digits === undefined) {
    return undefined;
  }
  if (BINARY[unit] !== undefined && /^[1-9]\d*$/.test(digits)) {
    return `Size.${BINARY[unit]}(${digits})`;
  }
  const bytes = Number(digits) * (DECIMAL[unit ?? ''] ?? 1024 ** (1 + 'KMGTPE'.indexOf(unit[0])));
  const mebibytes = Math.floor(bytes / 1024 ** 2);
  return mebibytes > 0 ? `Size.mebibytes(${mebibytes})` : undefined;
}

/** A field of a source, which its user may have written as anything. */
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** The Secret of a PersistentVolume may be elsewhere; that of a pod's volume is where the pod is. */
function userOf({ source, persistentVolume, namespace }: RemovedVolume): LegacyUser {
  const id = text(source.user) ?? 'admin';
  const secret = text(source.secretRef?.name);
  return { id, secret, namespace: secret === undefined ? undefined : text(source.secretRef.namespace) ?? text(persistentVolume?.claimRef?.namespace) ?? namespace };
}

const COMMON = ['monitors', 'user', 'secretRef', 'readOnly'];

interface Kind {
  readonly variable: string;
  readonly storage: string;
  readonly id: string;
  readonly properties: (source: RemovedVolume['source']) => Record<string, string>;
  readonly options: (volume: RemovedVolume, isReadOnly: boolean, isDevice: boolean) => Record<string, string | undefined>;
  /** Where its size can be read. */
  readonly size: (source: RemovedVolume['source']) => string;
  /** What a key on the node was called. */
  readonly keyFile: string;
  /** Its fields beside those that both kinds have. */
  readonly fields: readonly string[];
  readonly notes: () => string[];
}

const imageOf = (source: RemovedVolume['source']) => ({ pool: text(source.pool) ?? 'rbd', image: text(source.image) ?? '<image>' });

const KINDS: Readonly<Record<'rbd' | 'cephfs', Kind>> = {
  rbd: {
    variable: 'rbd',
    storage: 'CephRbdStorage',
    id: 'Rbd',
    properties: source => ({ pool: quoted(imageOf(source).pool) }),
    options: ({ source }, _, isDevice) => ({
      image: quoted(imageOf(source).image),
      fsType: isDevice ? undefined : text(source.fsType) && quoted(source.fsType),
      volumeMode: isDevice ? 'VolumeMode.BLOCK' : undefined,
    }),
    size: source => `rbd info ${shellWord(`${imageOf(source).pool}/${imageOf(source).image}`)}`,
    keyFile: 'keyring',
    fields: ['image', 'pool', 'fsType', 'keyring'],
    notes: () => [
      'a static volume is not snapshotted, cloned or enlarged by the driver; images of format 1 (rbd info) are converted before',
    ],
  },
  cephfs: {
    variable: 'fs',
    storage: 'CephFsStorage',
    id: 'Fs',
    properties: () => ({ fsName: "'cephfs'" }),
    options: ({ source, persistentVolume }, isReadOnly) => ({
      rootPath: quoted(text(source.path) ?? '/'),
      accessModes: isReadOnly || !persistentVolume ? undefined : accessModes(persistentVolume.accessModes),
    }),
    size: () => 'it is only compared with what the claim asks for',
    keyFile: 'secretFile',
    fields: ['path', 'secretFile'],
    notes: () => ["the name of the file system is what 'ceph fs ls' prints"],
  },
};

/** What differs from the default of a volume on CephFS. */
function accessModes(written: unknown): string | undefined {
  const modes = Object.entries(AccessMode).filter(([, mode]) => Array.isArray(written) && written.includes(mode));
  return modes.length === 0 || (modes.length === 1 && modes[0][1] === AccessMode.READ_WRITE_MANY) ? undefined : list(modes.map(([name]) => `AccessMode.${name}`));
}

/** A volume of the past as TypeScript that can be pasted, with the commands for its Secret and what else is to be known. */
export function volumeText(kind: 'rbd' | 'cephfs', volume: RemovedVolume): string {
  const { variable, storage, id, properties, options, size, keyFile, fields, notes } = KINDS[kind];
  const { source, persistentVolume, namespace } = volume;
  const user = userOf(volume);
  const connection: LegacyConnection = { monitors: monitorsOf(source.monitors), provisioner: user, node: user };
  const modes = persistentVolume?.accessModes;
  const isReadOnly = source.readOnly === true || (Array.isArray(modes) && modes.length === 1 && modes[0] === AccessMode.READ_ONLY_MANY);
  const isDevice = persistentVolume?.volumeMode === VolumeMode.BLOCK;
  const capacity = sizeCode(persistentVolume?.capacity?.storage);
  const mountOptions = Array.isArray(persistentVolume?.mountOptions) ? persistentVolume!.mountOptions.filter((option: unknown) => text(option) && option !== 'ro') : [];
  const claim = persistentVolume ? persistentVolume.claimRef : { name: volume.name, namespace };
  const isClaimed = text(claim?.name) !== undefined;
  const added = `${variable}.addStaticVolume(${quoted(volume.name)}, ${literal({
    ...options(volume, isReadOnly, isDevice),
    capacity: capacity ?? 'Size.gibibytes(1)',
    readOnly: isReadOnly ? 'true' : undefined,
    mountOptions: mountOptions.length > 0 ? list(mountOptions.map(quoted)) : undefined,
  })});`;
  return [
    'a static volume of ceph-csi for the same data, and a claim:',
    program([
      `const ${variable} = new ${storage}(chart, ${quoted(id)}, ${literal({ ...connectionCode(connection), ...properties(source) })});`,
      ...(isClaimed ? [
        `const volume = ${added}`,
        `new PersistentVolumeClaim(chart, 'Claim', ${literal({ name: quoted(claim.name), namespace: text(claim.namespace) && quoted(claim.namespace), volume: 'volume' })});`,
      ] : [added]),
    ]),
    ...secretCommands(connection),
    remarks([
      ...connectionNotes(connection, variable),
      ...(capacity === undefined ? [`the capacity is a guess: ${size(source)}`] : []),
      ...(text(source[keyFile]) ? [`${keyFile} ${source[keyFile]} is dropped: keys on nodes are not read`] : []),
      ...Object.keys(source).filter(field => ![...COMMON, ...fields].includes(field)).map(field => `'${field}' is dropped: no such volume had it`),
      ...notes(),
      persistentVolume
        ? `the source of a PersistentVolume cannot be changed: stop its pods, kubectl patch pv ${shellWord(volume.name)} -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}', and delete claim and volume before; all steps are in docs/ceph-legacy.md`
        : `in the pod write persistentVolumeClaim: { claimName: ${quoted(volume.name)}${isReadOnly ? ', readOnly: true' : ''} } for ${kind}: { … }; all steps are in docs/ceph-legacy.md`,
    ]),
  ].join('\n\n');
}
