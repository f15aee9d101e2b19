import { backupServers, GlusterPlace, hostList, mountOptionNotes, storageCode, storageNotes } from './storage-code';
import { literal, program, quoted, remarks, shellWord } from '../../manifest/code';
import { describeRemoved, replacementNote, statementsOf, text } from '../../volume/removed-volume-code';
import { RemovedVolume } from '../../volume/removed-volumes';

/** A group that the kubelet gives to the pods of a volume, whatever its driver is. */
const GID = 'pv.beta.kubernetes.io/gid';

const PATH = 'volume, and subDir for what follows the first slash';
const ATTRIBUTES = new Map([['glusterserver', 'hosts'], ['glusterbkpservers', 'hosts'], ['glustervol', PATH]]);

/** What a kind of volume says in words of its own. */
interface Described {
  /** The field that holds the source. */
  readonly kind: string;
  readonly hosts: readonly string[];
  /** The Gluster volume, and the directory in it. */
  readonly path?: string;
  readonly commands: readonly string[];
  readonly notes: readonly string[];
}

function volumeText(volume: RemovedVolume, { kind, hosts, path, commands, notes }: Described): string {
  const { isReadOnly, capacity, accessModes, mountOptions } = describeRemoved(volume);
  const [name, ...directories] = path?.split('/').filter(part => part !== '') ?? [];
  const place: GlusterPlace = { hosts: hostList(...hosts, ...backupServers(mountOptions)), volume: name };
  const gid = text(volume.annotations?.[GID]);
  const options = literal({
    subDir: directories.length > 0 ? quoted(directories.join('/')) : undefined,
    capacity: capacity ?? 'Size.gibibytes(1)',
    accessModes,
    readOnly: isReadOnly ? 'true' : undefined,
    annotations: gid && literal({ [quoted(GID)]: quoted(gid) }),
  });
  return [
    'a static volume for the same directory, served over NFS, and a claim:',
    program([storageCode(place), ...statementsOf(volume, `gluster.addStaticVolume(${quoted(volume.name)}, ${options});`)]),
    ...(place.hosts.length > 0 ? [] : commands),
    remarks([
      ...storageNotes(place),
      ...notes,
      ...mountOptionNotes(mountOptions),
      ...(gid ? [`its pods keep the group ${gid} by the annotation ${GID}, which the kubelet reads of volumes of any kind`] : []),
      ...(capacity === undefined ? ['the capacity is a guess: it is only compared with what the claim asks for'] : []),
      replacementNote(kind, volume, isReadOnly, 'docs/gluster-legacy.md'),
    ]),
  ].join('\n\n');
}

/** Where an Endpoints object is that a volume names: in the namespace of its pods, where it does not say another. */
function endpointsOf({ source, persistentVolume, namespace, find }: RemovedVolume) {
  const name = text(source.endpoints);
  const place = text(source.endpointsNamespace) ?? text(persistentVolume?.claimRef?.namespace) ?? (persistentVolume ? undefined : namespace ?? 'default');
  const subsets = name === undefined ? [] : [find('Endpoints', name, place)?.subsets ?? []].flat();
  const addresses = subsets.flatMap((subset: any) => [subset?.addresses ?? []].flat()).flatMap((address: any) => text(address?.ip) ?? []);
  return { name, namespace: place, addresses: hostList(...addresses) };
}

/** What becomes of each field of a glusterfs volume. */
function fieldNotes(volume: RemovedVolume, isFound: boolean): string[] {
  const known = new Map([
    ['endpoints', `hosts${isFound ? ': they are the addresses of that Endpoints object, which is written here too' : ''}; it and its Service can go when no volume names them`],
    ['endpointsNamespace', 'dropped: no Endpoints are read any more'],
    ['path', PATH],
    ['readOnly', volume.persistentVolume && volume.source.readOnly === true
      ? 'readOnly; Kubernetes did not heed it in a PersistentVolume of this kind, so leave it out if the pods write'
      : 'readOnly'],
  ]);
  return Object.keys(volume.source).map(field => `${field} → ${known.get(field) ?? 'dropped: no such volume had it'}`);
}

/** A glusterfs volume of the past as TypeScript that can be pasted, with the command for its hosts and what becomes of each field. */
export function glusterfsText(volume: RemovedVolume): string {
  const { name, namespace, addresses } = endpointsOf(volume);
  return volumeText(volume, {
    kind: 'glusterfs',
    hosts: addresses,
    path: text(volume.source.path),
    commands: name === undefined ? []
      : [`# The hosts:\nkubectl -n ${shellWord(namespace ?? '<namespace of its pods>')} get endpoints ${shellWord(name)} -o jsonpath='{.subsets[*].addresses[*].ip}'`],
    notes: fieldNotes(volume, addresses.length > 0),
  });
}

/** The same for a volume of the driver org.gluster.glusterfs. @param attributes its volumeAttributes */
export function csiText(volume: RemovedVolume, attributes: Readonly<Record<string, string>>): string {
  const { glusterserver = '', glusterbkpservers = '', glustervol } = attributes;
  return volumeText(volume, {
    kind: 'csi',
    hosts: [glusterserver, ...glusterbkpservers.split(':')],
    path: text(glustervol),
    commands: [],
    notes: Object.keys(attributes).map(key => `${key} → ${ATTRIBUTES.get(key) ?? 'dropped: the driver did not read it'}`),
  });
}
