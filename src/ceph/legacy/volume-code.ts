import { connectionCode, connectionNotes, LegacyConnection, LegacyUser, monitorsOf, secretCommands } from './connection';
import { list, literal, program, quoted, remarks, shellWord } from '../../manifest/code';
import { VolumeMode } from '../../volume/modes';
import { describeRemoved, replacementNote, statementsOf, text } from '../../volume/removed-volume-code';
import { RemovedVolume } from '../../volume/removed-volumes';

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
  readonly options: (source: RemovedVolume['source'], accessModes: string | undefined, isDevice: boolean) => Record<string, string | undefined>;
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
    options: (source, _, isDevice) => ({
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
    options: (source, accessModes) => ({ rootPath: quoted(text(source.path) ?? '/'), accessModes }),
    size: () => 'it is only compared with what the claim asks for',
    keyFile: 'secretFile',
    fields: ['path', 'secretFile'],
    notes: () => ["the name of the file system is what 'ceph fs ls' prints"],
  },
};

/** A volume of the past as TypeScript that can be pasted, with the commands for its Secret and what else is to be known. */
export function volumeText(kind: 'rbd' | 'cephfs', volume: RemovedVolume): string {
  const { variable, storage, id, properties, options, size, keyFile, fields, notes } = KINDS[kind];
  const { source, persistentVolume } = volume;
  const user = userOf(volume);
  const connection: LegacyConnection = { monitors: monitorsOf(source.monitors), provisioner: user, node: user };
  const { isReadOnly, capacity, accessModes, mountOptions } = describeRemoved(volume);
  const added = `${variable}.addStaticVolume(${quoted(volume.name)}, ${literal({
    ...options(source, accessModes, persistentVolume?.volumeMode === VolumeMode.BLOCK),
    capacity: capacity ?? 'Size.gibibytes(1)',
    readOnly: isReadOnly ? 'true' : undefined,
    mountOptions: mountOptions.length > 0 ? list(mountOptions.map(quoted)) : undefined,
  })});`;
  return [
    'a static volume of ceph-csi for the same data, and a claim:',
    program([
      `const ${variable} = new ${storage}(chart, ${quoted(id)}, ${literal({ ...connectionCode(connection), ...properties(source) })});`,
      ...statementsOf(volume, added),
    ]),
    ...secretCommands(connection),
    remarks([
      ...connectionNotes(connection, variable),
      ...(capacity === undefined ? [`the capacity is a guess: ${size(source)}`] : []),
      ...(text(source[keyFile]) ? [`${keyFile} ${source[keyFile]} is dropped: keys on nodes are not read`] : []),
      ...Object.keys(source).filter(field => ![...COMMON, ...fields].includes(field)).map(field => `'${field}' is dropped: no such volume had it`),
      ...notes(),
      replacementNote(kind, volume, isReadOnly, 'docs/ceph-legacy.md'),
    ]),
  ].join('\n\n');
}
