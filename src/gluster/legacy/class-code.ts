import { parameterNotes } from './class-notes';
import { backupServers, GlusterPlace, hostList, mountOptionNotes, storageCode, storageNotes } from './storage-code';
import { VolumeType, volumeTypeOf } from './volume-type';
import { LegacyClass } from '../../csi/driver-profile';
import { literal, program, quoted, remarks, shellWord } from '../../manifest/code';
import { commonOptions, replaceClassNote } from '../../volume/legacy-class-code';
import { ReclaimPolicy } from '../../volume/modes';

/** By their names in small letters: the old programs took them in any. */
type Values = Readonly<Record<string, string>>;

const VOLUME = 'gv0';

/** The hosts that are said in a class. */
function hostsOf({ brickrootpaths = '', blockmodeargs = '' }: Values, mountOptions: readonly string[]): string[] {
  return hostList(
    ...brickrootpaths.split(',').filter(root => root.includes(':/')).map(root => root.split(':/')[0]),
    /(?:^|,)hosts=([^,=]+)/.exec(blockmodeargs)?.[1] ?? '',
    ...backupServers(mountOptions),
  );
}

/** The options of a Gluster volume; those of heketi are not Gluster's. */
function volumeOptions(value = '') {
  const written = value.split(',').map(option => option.trim()).filter(option => option !== '');
  const heketis = written.filter(option => option.startsWith('user.heketi.'));
  const own = written.filter(option => !heketis.includes(option));
  const settings = own.map(option => option.split(/\s+/)).filter(words => words.length > 1);
  const isArbiter = (option: string) => /^user\.heketi\.arbiter\s+true$/.test(option);
  return {
    settings,
    hasArbiter: heketis.some(isArbiter),
    notes: [
      ...heketis.map(option => `the option '${option}' ${isArbiter(option) ? '→ arbiter 1 of the volume' : 'is dropped: it was for heketi'}`),
      ...own.filter(option => !/\s/.test(option)).map(option => `the option '${option}' is left out: it has no value`),
      ...(settings.some(([name]) => /^(client|server)\.ssl$/.test(name)) ? ['with TLS of Gluster, the image of the gateway has to bring the certificates in /etc/ssl/glusterfs.pem, .key and .ca'] : []),
    ],
  };
}

/** How the hosts are found, while heketi still runs. */
function heketiCommand({ resturl, restuser, restuserkey, restauthenabled = 'true', ...secret }: Values): string[] {
  if (!resturl) {
    return [];
  }
  const name = secret.secretname || secret.restsecretname;
  const namespace = secret.secretnamespace || secret.restsecretnamespace || '<namespace>';
  const key = restauthenabled.toLowerCase() !== 'true' ? ''
    : name ? `HEKETI_CLI_KEY=$(kubectl -n ${shellWord(namespace)} get secret ${shellWord(name)} -o jsonpath='{.data.key}' | base64 -d) `
      : restuserkey ? "HEKETI_CLI_KEY='<restuserkey>' " : '';
  const user = restuser && restauthenabled.toLowerCase() === 'true' ? ` --user ${shellWord(restuser)}` : '';
  return [`# The hosts, as long as heketi runs; after that, on one of them: gluster pool list\n${key}heketi-cli --server ${shellWord(resturl)}${user} topology info`];
}

/** How the volume is made, once. */
function volumeCommands({ layout, bricks, tieBreaker }: VolumeType, hosts: readonly string[], settings: readonly string[][]): string[] {
  const brick = (index: number) => shellWord(`${hosts[index] ?? `<host ${index + 1}>`}:/bricks/${VOLUME}/brick`);
  const places = [...Array.from({ length: bricks }, (_, index) => brick(index)), ...(tieBreaker ? [shellWord(tieBreaker)] : [])];
  return [[
    '# The volume, once, on one of the hosts; each brick is a directory on a file system of its own (XFS):',
    ['gluster volume create', VOLUME, ...layout.split(/\s+/).filter(word => word !== '').map(shellWord), ...places].join(' '),
    ...settings.map(words => ['gluster volume set', VOLUME, ...words.map(shellWord)].join(' ')),
    `gluster volume start ${VOLUME}`,
  ].join('\n')];
}

const BLOCK_NOTES = [
  'it made block devices (iSCSI), and a claim gets a directory now, which serves what is mounted as a file system',
  'volumes that exist are of the kind iscsi, which Kubernetes still mounts: they go on as long as their targets run',
];

/** A class of the past as TypeScript that can be pasted, with the commands for its hosts and volume and what becomes of each parameter. */
export function classText(legacy: LegacyClass): string {
  const parameters: Values = Object.fromEntries(Object.entries(legacy.parameters).map(([key, value]) => [key.toLowerCase(), value]));
  const place: GlusterPlace = { hosts: hostsOf(parameters, legacy.mountOptions), volume: VOLUME };
  const { settings, hasArbiter, notes } = volumeOptions(parameters.volumeoptions);
  const type = volumeTypeOf(parameters, hasArbiter);
  const name = legacy.name ?? '<name>';
  const options = literal({
    whenDeleted: legacy.reclaimPolicy === ReclaimPolicy.RETAIN ? 'WhenDeleted.KEEP_VOLUME' : 'WhenDeleted.DELETE',
    mountPermissions: "'2770'",
    ...commonOptions(legacy),
  });
  return [
    'one Gluster volume takes the place of those that were made for each claim; it is served over NFS, and a claim gets a directory in it:',
    program([storageCode(place), `gluster.addStorageClass(${quoted(name)}, ${options});`]),
    ...heketiCommand(parameters),
    ...volumeCommands(type, place.hosts, settings),
    remarks([
      ...storageNotes(place),
      ...parameterNotes(legacy.parameters),
      ...type.notes,
      ...notes,
      ...mountOptionNotes(legacy.mountOptions),
      ...(type.pool ? [`where no Gluster is left, Kadalu runs one on devices of the nodes: GlusterCluster.kadalu with a pool of the type ${type.pool}`] : []),
      ...(legacy.provisioner.startsWith('gluster.org/glusterblock') ? BLOCK_NOTES : []),
      replaceClassNote(name, 'docs/gluster-legacy.md'),
    ]),
  ].join('\n\n');
}
