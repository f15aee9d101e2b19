import { Construct } from 'constructs';
import { NfsExport, NfsServerDeploymentOptions, NfsServerStorageOptions } from './nfs-server-deployment-options';
import { NFS_RULES } from './rules';
import { EXPORT_SHAPES, isPath, servedExport } from './served-export';
import { profileOf } from '../csi/driver-profile';
import { checkAtSynth, fail, unchecked } from '../findings/report';
import { Backend, DATA, RECOVERY } from '../ganesha/backend';
import { Words } from '../ganesha/configuration';
import { Export } from '../ganesha/exports';
import { GaneshaServer, writeNamespace } from '../ganesha/ganesha-server';
import { checkOptionShapes, GANESHA_SHAPES, refuseValue } from '../ganesha/ganesha-values';
import { ManifestProps } from '../manifest/manifest-props';
import { FLAG, listOf, RAW, struct } from '../manifest/shapes';
import { Cluster } from '../platform/cluster';
import { PodSecurityLevel } from '../platform/distribution';
import { AccessMode, VolumeMode } from '../volume/modes';
import { PersistentVolume } from '../volume/persistent-volume';
import { IPersistentVolumeClaim, PersistentVolumeClaim } from '../volume/persistent-volume-claim';
import { StorageClass } from '../volume/storage-class';

/**
 * What serving a file system takes, each found by leaving it out: open files by their handles; act as the users of clients; what root of a client may do with
 * files of others: own, write, change, keep the set-group-id bit of a directory.
 */
const CAPABILITIES = ['CHOWN', 'DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'FSETID', 'SETGID', 'SETUID'];

const SHAPES = {
  ...GANESHA_SHAPES,
  exports: listOf(struct(EXPORT_SHAPES)),
  storage: { ...RAW, expected: 'a class and a size', example: 'write storage: { storageClass, size: Size.gibibytes(100) }' },
  claim: { ...RAW, expected: 'a claim', example: "hand it over: new PersistentVolumeClaim(…), or PersistentVolumeClaim.fromClaimName('data', { namespace })" },
  runtimeDefaultSeccomp: FLAG,
};

/** Drivers of network file systems that have no profile here, by how their names end. */
const NETWORK = [
  'smb.csi.k8s.io', 'nfs.csi.ceph.com', 'efs.csi.aws.com', 'fsx.csi.aws.com', 'fsx.openzfs.csi.aws.com',
  'filestore.csi.storage.gke.io', 'file.csi.azure.com', 'csi.juicefs.com', 'org.democratic-csi.nfs',
];
const isNetwork = (name: string) => NETWORK.some(each => name === each || name.endsWith(`.${each}`));

const deployed = new WeakMap<object, GaneshaServer>();

/** Keeps which server of the cluster a NfsServer is. */
export function noteDeployment(server: object, deployment: GaneshaServer): void {
  deployed.set(server, deployment);
}

/** The server in the cluster, if it is one that is deployed here. */
export function deploymentOf(server: object): GaneshaServer | undefined {
  return deployed.get(server);
}

/** A server on a claim. GAN001 to GAN006, NFS020, NFS131 */
export function deployServer(scope: Construct, id: string, options: NfsServerDeploymentOptions): GaneshaServer {
  const place = new Construct(scope, id);
  checkOptionShapes(place, options, SHAPES);
  const { exports } = options;
  if (exports === undefined || exports.length === 0) {
    refuseValue(place, 'exports', exports, 'a list of what is exported', "write exports: [{ name: 'shared' }]");
  }
  writeNamespace(place, options, PodSecurityLevel.PRIVILEGED);
  const served = exports.map(each => exportOf(place, options, each));
  const backend: Backend = {
    exports: served,
    claimName: claimOf(place, options).claimName,
    directories: served.map(({ path }) => path),
    user: 0,
    addCapabilities: CAPABILITIES,
    seccomp: options.runtimeDefaultSeccomp ? 'RuntimeDefault' : 'Unconfined',
    podSecurity: PodSecurityLevel.PRIVILEGED,
    reachesOut: false,
  };
  return new GaneshaServer(place, 'Server', options, backend);
}

function exportOf(scope: Construct, options: NfsServerDeploymentOptions, given: NfsExport): Export {
  const { name, path = `exports/${name}` } = given;
  const checked = servedExport(scope, { what: 'the server', clients: options.clients }, given, { path: `${DATA}/${path}`, fsal: { Name: new Words('VFS') } });
  if (!isPath(path) || `${DATA}/${path.split('/')[0]}` === RECOVERY) {
    refuseValue(scope, `the path of the export '${name}'`, path, "a directory below the root of the claim, which is not 'recovery' and does not end with a backslash", `leave it out for 'exports/${name}', or write 'data/${name}'`);
  }
  return checked;
}

/** NFS020, NFS131: the claim, written or handed over. */
function claimOf(scope: Construct, { name, namespace = name, storage, claim, labels, annotations }: NfsServerDeploymentOptions): IPersistentVolumeClaim {
  const refuse = (problem: string): never => fail(scope, NFS_RULES.NFS020, { problem });
  if ((storage === undefined) === (claim === undefined)) {
    return refuse(storage ? 'it has two places for its files, storage and claim' : 'it has no place for its files that outlives its pod');
  }
  const used = claim ?? written(scope, { name: `${name}-data`, namespace, labels, annotations }, storage!);
  if (typeof used?.claimName !== 'string') {
    return refuse('the claim is not handed over');
  }
  if (used.namespace !== undefined && used.namespace !== namespace) {
    refuse(`the claim '${used.claimName}' is in the namespace '${used.namespace}', and the pod in '${namespace}' cannot mount it`);
  }
  if (used.dataSourceVolumeMode === VolumeMode.BLOCK) {
    refuse(`the claim '${used.claimName}' is a device (volumeMode Block), and directories are served`);
  }
  Cluster.requireSame(scope, used, `PersistentVolumeClaim.fromClaimName('${used.claimName}', { namespace: '${namespace}' })`);
  Cluster.of(scope).claim(scope, 'claim of an NFS server', `${namespace}/${used.claimName}`, NFS_RULES.NFS133);
  const problem = claimProblem(scope, used);
  if (problem) {
    refuse(`the claim '${used.claimName}' ${problem}`);
  }
  checkFileSystem(scope, used);
  return used;
}

/** The volume of a claim, if it is written here. */
function volumeOf(claim: IPersistentVolumeClaim): PersistentVolume | undefined {
  return claim instanceof PersistentVolumeClaim && claim.volume instanceof PersistentVolume ? claim.volume : undefined;
}

/** NFS020 */
function claimProblem(scope: Construct, claim: IPersistentVolumeClaim): string | undefined {
  const modes: string[] = claim instanceof PersistentVolumeClaim ? claim.apiObject.toJson().spec.accessModes : [];
  const driver = claim.dataSourceDriver ?? claim.storageClass?.driver;
  const volume = volumeOf(claim);
  if (!driver && !volume) {
    checkAtSynth(scope, () => unchecked(scope, NFS_RULES.NFS020, `the driver of the claim '${claim.claimName}': StorageClass.fromStorageClassName(name, { driver })`));
  }
  return modes.length > 0 && modes.every(mode => mode === AccessMode.READ_ONLY_MANY) ? 'can only be read, and the server keeps there what it has to remember of its clients'
    : driver && (isNetwork(driver.driverName) || profileOf(driver).servable === false) ? `lies on '${driver.driverName}', a network file system: its files have no handles that last, and each access would go over the network twice`
      : volume?.source.nfsOptions ? 'is a directory of an NFS server already: mount from that one' : undefined;
}

/** NFS131 */
function checkFileSystem(scope: Construct, claim: IPersistentVolumeClaim): void {
  const { storageClass } = claim;
  const volume = volumeOf(claim);
  const parameters: Record<string, string> = storageClass instanceof StorageClass ? storageClass.apiObject.toJson().parameters ?? {} : {};
  const [, ofClass] = Object.entries(parameters).find(([key]) => /^(csi\.storage\.k8s\.io\/)?fstype$/i.test(key)) ?? [];
  const fsType = volume?.source.csiOptions?.fsType ?? volume?.source.localOptions?.fsType ?? ofClass;
  if (fsType === 'xfs') {
    fail(scope, NFS_RULES.NFS131, { what: volume ? `the volume '${volume.persistentVolumeName}'` : `the class '${storageClass!.storageClassName}'` });
  }
  if (fsType === undefined) {
    checkAtSynth(scope, () => unchecked(scope, NFS_RULES.NFS131, 'the file system of the claim: new StorageClass(…, { fsType })'));
  }
}

function written(scope: Construct, common: ManifestProps & { readonly name: string; readonly namespace: string }, storage: NfsServerStorageOptions): IPersistentVolumeClaim {
  const { storageClass, size, claimName, accessMode } = storage;
  const mode = accessMode ?? AccessMode.READ_WRITE_ONCE;
  if (![AccessMode.READ_WRITE_ONCE, AccessMode.READ_WRITE_ONCE_POD].includes(mode)) {
    fail(scope, NFS_RULES.NFS020, { problem: `its claim would be ${mode}, but one pod writes to it` });
  }
  return new PersistentVolumeClaim(scope, 'Data', { ...common, name: claimName ?? common.name, storageClass, size, accessModes: [mode] });
}
