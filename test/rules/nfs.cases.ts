import { Chart, Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Cases, nowhere } from './case';
import {
  AccessMode,
  CsiDriver,
  Distribution,
  ExistingNfsCsiDriverOptions,
  ExternalNfsServerOptions,
  Findings,
  FsGroupPolicy,
  GitOpsTool,
  NfsCsiDriver,
  NfsCsiDriverProps,
  NfsNodeService,
  NfsOnDelete,
  NfsProtocol,
  NfsServer,
  NfsServerAlias,
  NfsServerAliasProps,
  NfsSquash,
  NfsStaticVolumeOptions,
  NfsStorage,
  NfsStorageClassOptions,
  NfsStorageProps,
  NfsVersion,
  PersistentVolume, PersistentVolumeClaim, PersistentVolumeSource, PlatformProps, PodVolume, ReclaimPolicy, StorageClass, StorageClassProps, VolumeMode,
  VolumeSnapshotClass, WhenDeleted,
} from '../../src';
import { ACCOUNT, deployment, existingNfs, nfs, object, SERVER, testApp, testChart } from '../support';

const GIBIBYTE = Size.gibibytes(1);
const BY_NAME = '${pvc.metadata.namespace}/${pvc.metadata.name}';

function storage(props: Partial<NfsStorageProps> = {}, platform: Partial<PlatformProps> = {}) {
  return nfs(testChart(platform, { namespace: 'web' }), props);
}

function server(options: Partial<ExternalNfsServerOptions>) {
  return storage({ server: NfsServer.external({ host: 'nfs.example.com', share: '/exports', ...options }) });
}

function protocol(options: NfsProtocol, platform?: Partial<PlatformProps>) {
  return storage({ protocol: options }, platform);
}

function extra(...extraOptions: string[]) {
  return protocol({ extraOptions });
}

function added(options: NfsStorageClassOptions) {
  return storage().addStorageClass('fast', options);
}

/** A volume in a pod, of csi-driver-nfs with inline volumes. */
function inline(volumeAttributes: Record<string, string>) {
  const pod = deployment(testChart(), 'main');
  PodVolume.csiInline('share', { driver: NfsCsiDriver.existing({ version: 'v4.13.4', inlineVolumes: true }), volumeAttributes }).mountTo(pod, { container: 'main', path: '/data' });
  return pod;
}

function inlineByHand(volumeAttributes: Record<string, string>) {
  return object(testChart(), 'Pod', { metadata: { name: 'web' }, spec: { volumes: [{ name: 'share', csi: { driver: 'nfs.csi.k8s.io', volumeAttributes } }] } });
}

function fixed(options: Partial<NfsStaticVolumeOptions> = {}) {
  return storage().addStaticVolume('archive', { capacity: GIBIBYTE, ...options });
}

/** A static volume, and a snapshot class that could take snapshots of it. */
function snapshotted(options: Partial<NfsStaticVolumeOptions>, share?: string, driver = existingNfs({ capabilities: { snapshot: true }, controllerServiceAccount: ACCOUNT })) {
  const taking = storage({ driver }, { distribution: Distribution.RKE2 });
  taking.addStaticVolume('archive', { capacity: GIBIBYTE, ...options });
  return taking.addSnapshotClass('daily', { share });
}

/** Two storages on one server, each with a class. */
function two(secretName?: string) {
  const app = testApp();
  nfs(new Chart(app, 'first')).addStorageClass('fast');
  return nfs(new Chart(app, 'second'), { secretName }).addStorageClass('slow');
}

/** A class as somebody writes it who goes around NfsStorage. */
function byHand(parameters: Record<string, string>, props: Partial<StorageClassProps> = {}) {
  return new StorageClass(testChart(), 'Class', {
    name: 'fast', driver: existingNfs(), parameters: { server: 'nfs.example.com', share: '/exports', ...parameters }, ...props,
  });
}

/** The same for a volume. */
function volumeByHand(volumeHandle: string, reclaimPolicy?: ReclaimPolicy, mountOptions?: string[]) {
  return new PersistentVolume(testChart(), 'Volume', {
    name: 'archive', capacity: GIBIBYTE, accessModes: [AccessMode.READ_WRITE_MANY], reclaimPolicy, mountOptions,
    source: PersistentVolumeSource.csi({ driver: existingNfs(), volumeHandle, volumeAttributes: { server: 'nfs.example.com', share: '/exports' } }),
  });
}

function claim(volumeMode?: VolumeMode, accessModes = [AccessMode.READ_WRITE_MANY]) {
  const storageClass = added({});
  return new PersistentVolumeClaim(storageClass.node.scope!.node.scope as Construct, 'Claim', { name: 'data', storageClass, size: GIBIBYTE, volumeMode, accessModes });
}

/** csi-driver-nfs of a release that somebody else installed. */
function existing(options: ExistingNfsCsiDriverOptions) {
  return storage({ driver: NfsCsiDriver.existing(options) });
}

/** csi-driver-nfs as it is installed here. */
function installed(props: NfsCsiDriverProps) {
  return new NfsCsiDriver(testChart(), 'Driver', props);
}

/** A class of a driver with these facts. */
function classOf(options: ExistingNfsCsiDriverOptions, whenDeleted: WhenDeleted, subDir?: string) {
  return existing(options).addStorageClass('fast', { whenDeleted, subDir });
}

function alias(props: Partial<NfsServerAliasProps>, platform: Partial<PlatformProps> = {}) {
  return new NfsServerAlias(testChart(platform), 'Alias', { name: 'nas', namespace: 'storage', ...props });
}

/** Storage behind a virtual IP, or behind a DNS name of the cluster. */
function aliased(options: NfsProtocol, target: Partial<NfsServerAliasProps> = { addresses: ['10.0.0.1'] }) {
  const to = alias(target);
  return nfs(to.node.scope as Chart, { server: NfsServer.alias(to, { share: '/exports' }), protocol: options });
}

/** Storage on a server that takes root so, of a driver with this fsGroupPolicy. */
function squashing(squash: NfsSquash, fsGroupPolicy?: FsGroupPolicy) {
  return storage({ server: NfsServer.external({ host: 'nfs.example.com', share: '/exports', squash }), driver: NfsCsiDriver.existing({ fsGroupPolicy }) });
}

/** A class with these shares, and a snapshot class, of a driver of this release. */
function snapshotting(version: string | undefined, share: string, snapshotShare?: string) {
  const taking = storage({ driver: NfsCsiDriver.existing({ version, snapshots: true }) }, { distribution: Distribution.RKE2 });
  taking.addStorageClass('fast', { share });
  taking.addSnapshotClass('daily', { share: snapshotShare });
  if (version !== undefined && version < 'v4.13.3') {
    Findings.of(taking).acknowledge('NFS106', 'not what this is about');
  }
  return taking;
}

/** A claim on a class, with or without a snapshot class beside it. */
function copied(size: Size, operationTimeout = Duration.minutes(20), snapshots = true) {
  const chart = testChart({ distribution: Distribution.RKE2 }, { namespace: 'web' });
  const taking = nfs(chart, { driver: new NfsCsiDriver(chart, 'Driver', { snapshots: true, operationTimeout }) });
  const storageClass = taking.addStorageClass('fast');
  if (snapshots) {
    taking.addSnapshotClass('daily');
  }
  return new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass, size, accessModes: [AccessMode.READ_WRITE_MANY] });
}

/** What nobody of this library wrote: a StatefulSet with a claim for each of its pods. */
function statefulSet(size: string) {
  const chart = copied(GIBIBYTE).node.scope as Chart;
  const template = { metadata: { name: 'data' }, spec: { storageClassName: 'fast', accessModes: ['ReadWriteMany'], resources: { requests: { storage: size } } } };
  return object(chart, 'StatefulSet', { metadata: { name: 'db' }, spec: { volumeClaimTemplates: [template] } }, 'apps/v1');
}

function migrated(migrateFrom: NonNullable<NfsStorageClassOptions['migrateFrom']>, options: NfsStorageClassOptions = {}) {
  return added({ migrateFrom, ...options });
}

export const NFS_CASES: Cases = {
  NFS001: {
    trips: {
      'the path of old': () => byHand({ path: '/exports' }),
      'the readOnly of old': () => byHand({ readOnly: 'true' }),
      'the archiveOnDelete of nfs-subdir': () => byHand({ archiveOnDelete: 'true' }),
      'the pathPattern of nfs-subdir': () => byHand({ pathPattern: '${.PVC.namespace}' }),
      'mount options as a parameter': () => byHand({ mountOptions: 'hard' }),
      'one in two spellings': () => byHand({ subDir: BY_NAME, subdir: BY_NAME }),
      'an attribute of a volume in a pod': () => inline({ server: 'nfs.example.com', share: '/exports', foo: 'x' }),
      'of a driver with another name': () => {
        const chart = testChart();
        const driver = new NfsCsiDriver(chart, 'Driver', { driverName: 'nfs2.example.com' });
        return new StorageClass(chart, 'Class', { name: 'fast', driver, parameters: { server: 'nfs.example.com', share: '/exports', path: '/' } });
      },
    },
    passes: {
      'an attribute of a volume in a pod that the user wrote, which the driver ignores': () => inlineByHand({ server: 'nfs.example.com', share: '/exports', path: '/' }),
      'the attributes of a volume in a pod': () => inline({ server: 'nfs.example.com', share: '/exports', subDir: 'web', mountOptions: 'nfsvers=4.1,hard' }),
      'any case': () => byHand({ SUBDIR: BY_NAME, ONDELETE: 'retain' }),
      'a class of another driver': () => byHand({ path: '/exports' }, { driver: CsiDriver.fromDriverName('csi.example.com') }),
    },
  },
  NFS002: {
    trips: {
      'a server with a scheme': () => server({ host: 'nfs://nfs.example.com' }),
      'a share of a volume in a pod that is not absolute': () => inline({ server: 'nfs.example.com', share: 'exports' }),
      'a volume in a pod without a server': () => inline({ share: '/exports' }),
      'a share of a volume in a pod that climbs': () => inlineByHand({ server: 'nfs.example.com', share: '/exports/../etc' }),
      'a server with its path': () => server({ host: 'nfs.example.com/exports' }),
      'a server in mount\'s notation': () => server({ host: 'nfs.example.com:/exports' }),
      'a server with a port': () => server({ host: 'nfs.example.com:2049' }),
      'a server with a blank': () => server({ host: 'nfs.example.com ' }),
      'a server with a line break': () => server({ host: 'nfs.example.com\n' }),
      'no server': () => server({ host: '' }),
      'a server with too long a label': () => server({ host: `${'a'.repeat(64)}.example.com` }),
      'a server with too long a name': () => server({ host: 'abcdefghi.'.repeat(26) }),
      'an address with a zone': () => server({ host: 'fe80::1%eth0' }),
      'an IPv4 address in IPv6 notation': () => server({ host: '::ffff:10.0.0.1' }),
      'an address in brackets': () => server({ host: '[fd00::1]' }),
      'an address with a typo': () => server({ host: '10.0.0.256' }),
      'a relative share': () => server({ share: 'exports' }),
      'a share with a slash at its end': () => server({ share: '/exports/' }),
      'a share that climbs': () => server({ share: '/exports/../etc' }),
      'a share with the separator of handles': () => server({ share: '/exports#1' }),
      'a share that stays where it is': () => server({ share: '/exports/./k8s' }),
      'a share with a backslash': () => server({ share: '/exports\\k8s' }),
      'a share with a blank': () => server({ share: '/my exports' }),
      'no share': () => server({ share: '' }),
      'no server and no share at all': () => storage({ server: NfsServer.external(undefined as any) }),
      'a share of a wrong type': () => server({ share: 5 as any }),
      'a subDir that is null': () => fixed({ subDir: null as any }),
      'a share of a class': () => added({ share: 'exports' }),
      'a share of a volume': () => fixed({ share: '/a//b' }),
      'a subDir that climbs': () => added({ subDir: '../${pv.metadata.name}' }),
      'a subDir that is absolute': () => added({ subDir: '/${pv.metadata.name}' }),
      'a subDir that is empty': () => added({ subDir: '' }),
      'a subDir with a token that nothing fills in': () => added({ subDir: '${pvc.metadata.nmae}' }),
      'a subDir with an open token': () => added({ subDir: '${pv.metadata.name' }),
      'a subDir of a volume with any token': () => fixed({ subDir: '${pv.metadata.name}' }),
      'no server by hand': () => byHand({ server: '' }),
    },
    passes: {
      'a share with # or a slash at its end, of a volume in a pod, which has no handle': () => inlineByHand({ server: 'nfs.example.com', share: '/a#b/' }),
      'the same in a volume of ours': () => inline({ server: 'nfs.example.com', share: '/a#b/', subDir: 'web/' }),
      'a name with a dot at its end': () => server({ host: 'NFS.example.com.' }),
      'the pseudo root': () => server({ share: '/' }),
      'dots and blanks\' neighbours': () => server({ share: '/exports/.k8s/a..b_c' }),
      'tokens': () => added({ subDir: `${BY_NAME}/\${pv.metadata.name}` }),
      'a directory below the share': () => fixed({ subDir: 'reports/2026' }),
    },
  },
  NFS003: {
    trips: {
      IPv4: () => server({ host: '10.0.0.1' }),
      IPv6: () => server({ host: 'fd00::1' }),
    },
    passes: {
      'a name that looks like an address': () => server({ host: '10-0-0-1.example.com' }),
    },
  },
  NFS004: {
    trips: {
      'one directory for all, deleted with the first': () => added({ subDir: 'data', whenDeleted: WhenDeleted.DELETE }),
      'one directory for all, archived with the first': () => added({ subDir: 'data', whenDeleted: WhenDeleted.ARCHIVE }),
      'one directory for a namespace': () => added({ subDir: '${pvc.metadata.namespace}', whenDeleted: WhenDeleted.KEEP_DATA }),
      'one directory for a name in all namespaces': () => added({ subDir: '${pvc.metadata.name}', whenDeleted: WhenDeleted.KEEP_VOLUME }),
      'by hand, where delete is the default': () => byHand({ subDir: 'data' }),
      'one for each claim, whose late deletion would meet its successor': () => added({ subDir: BY_NAME, whenDeleted: WhenDeleted.DELETE }),
    },
    passes: {
      'one directory for all, kept': () => added({ subDir: 'data', whenDeleted: WhenDeleted.KEEP_DATA }),
      'one directory for all, and their volumes kept': () => added({ subDir: 'data', whenDeleted: WhenDeleted.KEEP_VOLUME }),
      'one for each claim, kept': () => added({ subDir: BY_NAME, whenDeleted: WhenDeleted.KEEP_DATA }),
      'one for each claim and volume': () => added({ subDir: `${BY_NAME}/\${pv.metadata.name}`, whenDeleted: WhenDeleted.DELETE }),
      'one for each volume': () => added({ subDir: 'data-${pv.metadata.name}', whenDeleted: WhenDeleted.DELETE }),
      'by hand, retained': () => byHand({ subDir: 'data' }, { reclaimPolicy: ReclaimPolicy.RETAIN }),
    },
  },
  NFS005: {
    trips: {
      'an archive by the claim\'s name': () => added({ subDir: BY_NAME, whenDeleted: WhenDeleted.ARCHIVE }),
      'an archive by default': () => added({ subDir: BY_NAME }),
      'an archive in capitals': () => byHand({ subDir: BY_NAME, onDelete: 'Archive' }),
    },
    passes: {
      'an archive by the volume\'s name too': () => added({ subDir: `${BY_NAME}-\${pv.metadata.name}` }),
      'no archive': () => added({ subDir: BY_NAME, whenDeleted: WhenDeleted.KEEP_DATA }),
    },
  },
  NFS006: {
    trips: {
      'a release that follows paths out of the share': () => existing({ version: 'v4.13.0' }),
      'a release that follows paths out of the share, installed here': () => installed({ version: 'v4.12.1' }),
      'a release that follows paths out of the share, by the tag of its image': () => installed({ image: 'mirror.example.com/nfsplugin:v4.9.0' }),
      'a release whose classes are written by hand': () => byHand({}, { driver: NfsCsiDriver.existing({ version: 'v4.9.0' }) }),
      'a release declared by name': () => storage({ driver: NfsCsiDriver.existing({ version: '4.11.0' }) }),
      'a release that deletes what lies beside the directory': () => classOf({ version: 'v4.10.0', defaultOnDelete: NfsOnDelete.DELETE }, WhenDeleted.DELETE, 'k8s/${pv.metadata.name}'),
    },
    passes: {
      'the first release without it, whose other faults are known': () => {
        const old = existing({ version: 'v4.13.1' });
        Findings.of(old).acknowledge('NFS106', 'the server is never restarted');
        return old;
      },
      'the release that is installed here': () => installed({}),
      'a release that is not declared': () => existing({}),
    },
  },
  NFS007: {
    trips: {
      'a driver that retains by default': () => classOf({ defaultOnDelete: NfsOnDelete.RETAIN }, WhenDeleted.DELETE),
      'a driver that archives by default': () => classOf({ defaultOnDelete: NfsOnDelete.ARCHIVE }, WhenDeleted.DELETE),
      'a driver that is installed here': () => {
        const driver = installed({ defaultOnDelete: NfsOnDelete.RETAIN });
        return nfs(driver.node.scope as Chart, { driver }).addStorageClass('fast', { whenDeleted: WhenDeleted.DELETE });
      },
    },
    passes: {
      'a class that says what the driver stores': () => classOf({ defaultOnDelete: NfsOnDelete.RETAIN }, WhenDeleted.ARCHIVE),
      'a driver that deletes by default': () => classOf({ defaultOnDelete: NfsOnDelete.DELETE }, WhenDeleted.DELETE),
      'a driver whose default is not declared': () => classOf({}, WhenDeleted.DELETE),
    },
  },
  NFS008: {
    trips: {
      'a word that the driver does not know': () => byHand({ onDelete: 'keep' }),
      'a choice that there is not': () => added({ whenDeleted: 'keep' as any }),
      'a word without effect': () => byHand({ onDelete: 'delete' }, { reclaimPolicy: ReclaimPolicy.RETAIN }),
    },
    passes: {
      'a word of the driver': () => byHand({ onDelete: 'retain' }),
      'no word': () => byHand({}, { reclaimPolicy: ReclaimPolicy.RETAIN }),
    },
  },
  NFS009: {
    trips: {
      'a volume that is deleted with its claim': () => volumeByHand('nfs.example.com#exports##archive#retain', ReclaimPolicy.DELETE),
      'a handle without retain': () => volumeByHand('nfs.example.com#exports##archive'),
      'a handle of another form': () => volumeByHand('archive'),
      'a handle that goes on': () => volumeByHand('nfs.example.com#exports##archive#retain#x'),
      'a handle of another server': () => volumeByHand('old.example.com#exports##archive#retain'),
      'a handle of another share': () => volumeByHand('nfs.example.com#other##archive#retain'),
    },
    passes: {
      'a handle as the driver writes it': () => volumeByHand('nfs.example.com#exports##archive#retain'),
      'ours': () => fixed(),
    },
  },
  NFS012: {
    trips: {
      'a class by hand': () => byHand({}, { mountOptions: ['ro'] }),
      'a class whose protocol says so': () => storage({ protocol: { extraOptions: ['ro'] } }).addStorageClass('fast'),
    },
    passes: {
      'a volume by hand': () => volumeByHand('nfs.example.com#exports##archive#retain', undefined, ['ro']),
      'a volume': () => fixed({ readOnly: true }),
    },
  },
  NFS013: {
    trips: {
      'NFSv3 with locks': () => protocol({ version: NfsVersion.V3 }),
      'a version that there is not': () => protocol({ version: '5' as any }),
      'a version of nothing': () => protocol({ version: null as any }),
      'NFSv4 without locks': () => protocol({ locking: false }),
      'no connection': () => protocol({ connections: 0 }),
      '17 connections': () => protocol({ connections: 17 }),
      'less than the least time-out': () => protocol({ timeout: Duration.millis(50) }),
      'more than the greatest time-out': () => protocol({ timeout: Duration.hours(1) }),
      'a fraction of a retransmission': () => protocol({ retransmissions: 1.5 }),
      'what a property writes': () => extra('vers=4.2'),
      'what a property writes, in short': () => extra('v4.2'),
      'what contradicts a property': () => extra('soft'),
      'what contradicts a property, in another word': () => extra('softerr'),
      'what contradicts volumes that are read-only': () => extra('rw'),
      'no time-out': () => protocol({ timeout: Duration.millis(0) }),
      'one twice': () => extra('noatime', 'noatime'),
      'two in one entry': () => extra('noatime,nodiratime'),
      'an empty one': () => extra(''),
      'a quote': () => extra('sec="sys"'),
      'a value that is not there': () => extra('rsize='),
      'UDP': () => extra('proto=udp'),
      'two versions by hand': () => byHand({}, { mountOptions: ['nfsvers=4.1', 'vers=4.2'] }),
    },
    passes: {
      'NFSv3 without locks': () => protocol({ version: NfsVersion.V3, locking: false }),
      '16 connections': () => protocol({ connections: 16 }, { kernel: '5.15' }),
      'all properties': () => protocol({ version: NfsVersion.V4_2, timeout: Duration.seconds(30), retransmissions: 3 }),
      'TCP': () => extra('proto=tcp', 'noatime', 'rsize=1048576'),
    },
  },
  NFS014: {
    trips: {
      'Kerberos': () => extra('sec=krb5p'),
      'Kerberos among others': () => extra('sec=sys:krb5'),
      'TLS': () => extra('xprtsec=tls'),
      'a cache': () => extra('fsc'),
      'a cache with a name': () => extra('fsc=pool'),
      'Kerberos with TLS declared': () => storage({ protocol: { extraOptions: ['sec=krb5'] }, nodesProvide: [NfsNodeService.TLSHD] }),
    },
    passes: {
      'Kerberos with its service': () => storage({ protocol: { extraOptions: ['sec=krb5'] }, nodesProvide: [NfsNodeService.RPC_GSSD] }),
      'no security': () => extra('sec=sys', 'xprtsec=none'),
    },
  },
  NFS015: {
    trips: {
      'letters': () => added({ mountPermissions: 'rwxrwx---' }),
      'decimals': () => added({ mountPermissions: '0788' }),
      'a number': () => installed({ mountPermissions: 88 as any }),
      'JavaScript\'s octal': () => added({ mountPermissions: '0o770' }),
      'nothing': () => added({ mountPermissions: '' }),
      'of the driver': () => installed({ mountPermissions: 'rwx' }),
      'of a driver that exists': nowhere(() => NfsCsiDriver.existing({ mountPermissions: '0o770' })),
      'by hand': () => byHand({ mountPermissions: 'u+w' }),
    },
    passes: {
      'four digits': () => added({ mountPermissions: '0770' }),
      'three digits': () => added({ mountPermissions: '750' }),
      'with a set-group-id bit': () => added({ mountPermissions: '2770' }),
      'none, whatever the driver\'s default is': () => added({ mountPermissions: '0' }),
    },
  },
  NFS016: {
    trips: {
      'root that is squashed': () => squashing(NfsSquash.ROOT, FsGroupPolicy.FILE),
      'everybody squashed': () => squashing(NfsSquash.ALL, FsGroupPolicy.FILE),
      'a driver that is installed here, with its default': () => storage({ server: NfsServer.external({ host: 'nfs.example.com', share: '/exports', squash: NfsSquash.ROOT }), driver: undefined }),
    },
    passes: {
      'root that is root': () => squashing(NfsSquash.NONE, FsGroupPolicy.FILE),
      'a kubelet that leaves owners alone': () => squashing(NfsSquash.ROOT, FsGroupPolicy.NONE),
      'a driver whose policy is not declared': () => squashing(NfsSquash.ROOT),
    },
  },
  NFS017: {
    trips: {
      'a whole share, and snapshots into the share of the volume': () => snapshotted({}),
      'a whole share, and snapshots into a directory of it': () => snapshotted({}, '/exports/snapshots'),
      'a whole share, and snapshots into it by name': () => snapshotted({}, '/exports'),
      'a directory, and snapshots below it': () => snapshotted({ subDir: 'archive' }, '/exports/archive/snapshots'),
      'a whole server, and snapshots anywhere': () => snapshotted({ share: '/' }, '/snapshots'),
      'a class that somebody wrote without NfsStorage': () => {
        const built = snapshotted({ subDir: 'archive' });
        const driver = existingNfs({ capabilities: { snapshot: true }, controllerServiceAccount: ACCOUNT });
        return new VolumeSnapshotClass(built.node.scope!.node.scope as Construct, 'Class', { name: 'weekly', driver, parameters: { Share: '/exports/archive' } });
      },
      'of a driver with another name': () => snapshotted({}, undefined, NfsCsiDriver.existing({ driverName: 'nfs2.example.com', version: 'v4.13.4', snapshots: true })),
    },
    passes: {
      'a whole share, and snapshots elsewhere': () => snapshotted({}, '/exports-of-snapshots'),
      'a directory below the share': () => snapshotted({ subDir: 'archive' }),
      'a directory beside one of the same beginning': () => snapshotted({ subDir: 'archive' }, '/exports/archive-snapshots'),
      'snapshots by another driver, which has no such volume': () => {
        const built = snapshotted({}, '/snapshots');
        const chart = built.node.scope!.node.scope as Construct;
        return new NfsStorage(chart, 'Other', { server: SERVER, driver: NfsCsiDriver.existing({ driverName: 'nfs2.example.com', version: 'v4.13.4', snapshots: true }) })
          .addSnapshotClass('weekly', { share: '/exports' });
      },
      'snapshots onto another server': () => {
        const built = snapshotted({}, '/snapshots');
        const driver = existingNfs({ capabilities: { snapshot: true }, controllerServiceAccount: ACCOUNT });
        return new VolumeSnapshotClass(built.node.scope!.node.scope as Construct, 'Class', { name: 'weekly', driver, parameters: { server: 'other.example.com', share: '/exports' } });
      },
    },
  },
  NFS018: {
    trips: {
      'a claim': () => claim(VolumeMode.BLOCK),
    },
    passes: {
      'a claim on a directory': () => claim(VolumeMode.FILESYSTEM),
    },
  },
  NFS106: {
    trips: {
      'a release with known faults': () => existing({ version: 'v4.13.2' }),
      'a release with known faults, installed here': () => installed({ version: '4.13.1' }),
    },
    passes: {
      'the first release without them': () => existing({ version: 'v4.13.3' }),
      'one driver of two storages': () => {
        const chart = testChart();
        const driver = NfsCsiDriver.existing({ version: 'v4.13.4' });
        nfs(chart, { driver });
        return new NfsStorage(chart, 'Other', { driver, server: NfsServer.external({ host: 'other.example.com', share: '/' }) });
      },
    },
  },
  NFS112: {
    trips: {
      'a claim': () => claim(undefined, [AccessMode.READ_ONLY_MANY]),
      'a volume': () => fixed({ accessModes: [AccessMode.READ_ONLY_MANY] }),
    },
    passes: {
      'a claim that others write to': () => claim(undefined, [AccessMode.READ_ONLY_MANY, AccessMode.READ_WRITE_MANY]),
      'a volume that is mounted read-only': () => fixed({ readOnly: true }),
    },
  },
  NFS113: {
    trips: {
      soft: () => protocol({ hard: false }),
    },
    passes: {
      hard: () => protocol({ hard: true }),
    },
  },
  NFS114: {
    trips: {
      'connections on an old kernel': () => protocol({ connections: 4 }, { kernel: '5.2.21' }),
      'connections on an old kernel by hand': () => new StorageClass(testChart({ kernel: '4.18.0-553.el8' }), 'Class', {
        name: 'fast', driver: existingNfs(), parameters: { server: 'nfs.example.com', share: '/exports' }, mountOptions: ['nconnect=4'],
      }),
    },
    passes: {
      'connections on the oldest kernel that knows them': () => protocol({ connections: 4 }, { kernel: '5.3' }),
      'connections on 5.15, which is newer than 5.3': () => protocol({ connections: 4 }, { kernel: '5.15' }),
      'connections on a kernel that is not declared': () => protocol({ connections: 4 }),
      'one connection on an old kernel': () => protocol({ connections: 1 }, { kernel: '4.18' }),
    },
  },
  NFS115: {
    trips: {
      'everything for everybody': () => added({ mountPermissions: '0777' }),
      'writing for others': () => added({ mountPermissions: '0772' }),
      'writing and entering for others': () => added({ mountPermissions: '0773' }),
      'reading and writing for others': () => added({ mountPermissions: '0776' }),
      'by the default of the driver': () => installed({ mountPermissions: '777' }),
    },
    passes: {
      'reading for others': () => added({ mountPermissions: '0775' }),
    },
  },
  NFS116: {
    trips: {
      'a driver whose account is not declared': () => storage({ driver: existingNfs({}) }).addStorageClass('fast'),
    },
    passes: {
      'a driver whose account is declared': () => storage().addStorageClass('fast'),
      'a volume, which needs no Secret': () => storage({ driver: existingNfs({}) }).addStaticVolume('archive', { capacity: GIBIBYTE }),
    },
  },
  NFS117: {
    trips: {
      'two storages on one server': () => two(),
      'a class with a Secret of its own, of the name of another storage\'s': () => {
        const app = testApp();
        nfs(new Chart(app, 'first'), { secretName: 'options-fast' }).addStorageClass('slow');
        return nfs(new Chart(app, 'second'), { secretName: 'options' }).addStorageClass('fast', { protocol: { connections: 1 } });
      },
      'two storages on two servers, with one Secret': () => {
        const app = testApp();
        nfs(new Chart(app, 'first'), { secretName: 'options' }).addStorageClass('fast');
        return nfs(new Chart(app, 'second'), { server: NfsServer.external({ host: 'other.example.com', share: '/' }), secretName: 'options' }).addStorageClass('slow');
      },
    },
    passes: {
      'two storages on one server, each with a Secret': () => two('nfs-slow'),
      'two classes of one storage': () => {
        const one = storage();
        one.addStorageClass('fast');
        return one.addStorageClass('slow');
      },
    },
  },
  NFS119: {
    trips: {
      'an unprivileged controller': () => new NfsCsiDriver(testChart(), 'Driver', { controller: { privileged: false } }),
    },
    passes: {
      'a controller that is given and undefined': () => new NfsCsiDriver(testChart(), 'Driver', { controller: { privileged: undefined } }),
    },
  },
  NFS120: {
    trips: {
      'a driver of another name, of which nothing is known': () => storage({ driver: CsiDriver.fromDriverName('ebs.csi.aws.com', { controllerServiceAccount: ACCOUNT }) }),
    },
    passes: {
      'csi-driver-nfs under another name': () => {
        const chart = testChart();
        return nfs(chart, { driver: new NfsCsiDriver(chart, 'Driver', { driverName: 'nfs2.example.com' }) });
      },
      'csi-driver-nfs under another name, installed by somebody else': () => existing({ driverName: 'nfs2.example.com' }),
    },
  },
  NFS118: {
    trips: {
      'a driver that is known to take none': () => storage({ snapshots: true, driver: existingNfs({ capabilities: {}, controllerServiceAccount: ACCOUNT }) }),
      'a driver of which nothing is known': () => storage({ snapshots: true }),
    },
    passes: {
      'a driver that takes them': () => storage({ snapshots: true, driver: existingNfs({ capabilities: { snapshot: true }, controllerServiceAccount: ACCOUNT }) }),
      'a driver that is given, and nothing asked of it': () => storage({ snapshots: false }),
    },
  },
  NFS121: {
    trips: {
      'no target': () => alias({}),
      'two targets': () => alias({ externalName: 'nas.example.com', addresses: ['10.0.0.1'] }),
      'a DNS name that is an address': () => alias({ externalName: '10.0.0.1' }),
      'a DNS name with a port': () => alias({ externalName: 'nas.example.com:2049' }),
      'a DNS name in capitals': () => alias({ externalName: 'NAS.example.com' }),
      'an empty DNS name': () => alias({ externalName: '' }),
      'itself': () => alias({ externalName: 'nas.storage.svc.cluster.local' }),
      'a DNS name with a virtual IP': () => alias({ externalName: 'nas.example.com', clusterIp: '10.96.0.9' }),
      'no address': () => alias({ addresses: [] }),
      'an address that is a name': () => alias({ addresses: ['nas.example.com'] }),
      'an address of the node itself': () => alias({ addresses: ['127.0.0.1'] }),
      'an address of the link': () => alias({ addresses: ['fe80::1'] }),
      'an address with a zone': () => alias({ addresses: ['fd00::1%eth0'] }),
      'an IPv4 address in IPv6 notation': () => alias({ addresses: ['::ffff:10.0.0.1'] }),
      'an address twice': () => alias({ addresses: ['10.0.0.1', '10.0.0.1'] }),
      'addresses of two families': () => alias({ addresses: ['10.0.0.1', 'fd00::1'] }),
      'a headless Service': () => alias({ addresses: ['10.0.0.1'], clusterIp: 'None' }),
      'a virtual IP of the other family': () => alias({ addresses: ['10.0.0.1'], clusterIp: 'fd00::1' }),
      'a name that begins with a digit': () => alias({ name: '1nas', externalName: 'nas.example.com' }),
      'a name with a dot': () => alias({ name: 'nas.eu', externalName: 'nas.example.com' }),
      'no namespace': () => alias({ namespace: undefined, externalName: 'nas.example.com' }),
      'a domain that is none': () => alias({ clusterDomain: '.local', externalName: 'nas.example.com' }),
    },
    passes: {
      'a DNS name': () => alias({ externalName: 'nas.example.com' }),
      'a DNS name with a dot at its end': () => alias({ externalName: 'nas.example.com.' }),
      'an IPv4 address': () => alias({ addresses: ['10.0.0.1'] }),
      'an IPv6 address with a virtual IP': () => alias({ addresses: ['fd00::1'], clusterIp: 'fd00:96::9' }),
      'the namespace of its chart': () => new NfsServerAlias(testChart({}, { namespace: 'storage' }), 'Alias', { name: 'nas', externalName: 'nas.example.com' }),
    },
  },
  NFS122: {
    trips: {
      'NFSv3': () => aliased({ version: NfsVersion.V3, locking: false }),
      'another port': () => aliased({ extraOptions: ['port=2050'] }),
      'RDMA in short': () => aliased({ extraOptions: ['rdma'] }),
      'RDMA': () => aliased({ extraOptions: ['proto=rdma'] }),
    },
    passes: {
      'NFSv4.0': () => aliased({ version: NfsVersion.V4_0 }),
      'its port, written out': () => aliased({ extraOptions: ['port=2049'] }),
      'NFSv3 by DNS': () => aliased({ version: NfsVersion.V3, locking: false }, { externalName: 'nas.example.com' }),
      'NFSv3 without an alias': () => protocol({ version: NfsVersion.V3, locking: false }),
    },
  },
  NFS123: {
    trips: {
      'two addresses': () => alias({ addresses: ['10.0.0.1', '10.0.0.2'] }),
    },
    passes: {
      'one address': () => alias({ addresses: ['10.0.0.1'] }),
    },
  },
  NFS124: {
    trips: {
      'a virtual IP in a cluster of Argo CD': () => alias({ addresses: ['10.0.0.1'] }, { gitOps: GitOpsTool.ARGO_CD }),
    },
    passes: {
      'a virtual IP in a cluster of Flux': () => alias({ addresses: ['10.0.0.1'] }, { gitOps: GitOpsTool.FLUX }),
      'a DNS name in a cluster of Argo CD': () => alias({ externalName: 'nas.example.com' }, { gitOps: GitOpsTool.ARGO_CD }),
    },
  },
  NFS125: {
    trips: {
      'more than 20 minutes of copying': () => copied(Size.gibibytes(87)),
      'more than 10 minutes of copying': () => copied(Size.gibibytes(44), Duration.minutes(10)),
      'a claim of each pod': () => statefulSet('1Ti'),
      'a claim of each pod, by a power of ten': () => statefulSet('1.2e12'),
    },
    passes: {
      'less than 20 minutes of copying': () => copied(Size.gibibytes(86)),
      'more time': () => copied(Size.gibibytes(500), Duration.hours(2)),
      'no snapshot class': () => copied(Size.tebibytes(1), undefined, false),
      'a small claim of each pod': () => statefulSet('10Gi'),
      'a size that is none': () => statefulSet('many'),
      'a size in thousandths': () => statefulSet('80000000000000m'),
    },
  },
  NFS126: {
    trips: {
      'a flag of a later release': () => installed({ version: 'v4.12.1', snapshotCompression: false }),
      'a flag of a later release than the image': () => installed({ image: 'mirror.example.com/nfsplugin:v4.5.0', volumeStatsCacheExpiry: Duration.minutes(1) }),
    },
    passes: {
      'every flag of the release': () => installed({ snapshotCompression: false, useTarCommandInSnapshot: true, removeArchivedVolumePath: true, volumeStatsCacheExpiry: Duration.minutes(1) }),
      'a flag of an image whose release is not known': () => installed({ image: 'mirror.example.com/nfsplugin:canary', snapshotCompression: false }),
    },
  },
  NFS127: {
    trips: {
      'a label': () => migrated({ pathPattern: '${.PVC.namespace}/${.PVC.labels.app}' }),
      'an annotation': () => migrated({ pathPattern: '${.PVC.annotations.nfs.io/storage-path}' }),
      'a token that was never filled in': () => migrated({ pathPattern: '${.PVC.nmae}-${.PVC.name}' }),
      'a token of the new driver': () => migrated({ pathPattern: '${pvc.metadata.name}' }),
      'the share itself': () => migrated({ pathPattern: '/' }),
      'an archiveOnDelete that nobody could read': () => migrated({ archiveOnDelete: 'yes' }),
      'another subDir': () => migrated({ archiveOnDelete: 'true' }, { subDir: '${pv.metadata.name}' }),
      'another whenDeleted': () => migrated({ archiveOnDelete: 'true' }, { whenDeleted: WhenDeleted.DELETE }),
    },
    passes: {
      'no parameters': () => migrated({}),
      'a pattern': () => migrated({ pathPattern: '${.PVC.namespace}/${.PVC.name}', onDelete: 'retain' }),
      'an archiveOnDelete that onDelete made meaningless': () => migrated({ onDelete: 'delete', archiveOnDelete: 'yes' }),
      'the same subDir': () => migrated({ pathPattern: '/${.PVC.namespace}/./${.PVC.name}/', onDelete: 'retain' }, { subDir: BY_NAME }),
      'the same whenDeleted in a digit': () => migrated({ archiveOnDelete: '0' }, { whenDeleted: WhenDeleted.DELETE }),
      'the same whenDeleted': () => migrated({ archiveOnDelete: 'false' }, { whenDeleted: WhenDeleted.DELETE }),
      'a class that was Retain': () => migrated({ archiveOnDelete: 'true' }, { whenDeleted: WhenDeleted.KEEP_VOLUME }),
    },
  },
  NFS128: {
    trips: {
      'no release': () => installed({ version: 'latest' }),
      'half a release': () => installed({ version: 'v4.13' }),
      'no release of a driver that exists': nowhere(() => NfsCsiDriver.existing({ version: 'stable' })),
      'another release than the image': () => installed({ version: 'v4.13.4', image: 'mirror.example.com/nfsplugin:v4.13.3' }),
    },
    passes: {
      'a release without v': () => installed({ version: '4.13.3' }),
      'the release of an image by digest': () => installed({ version: 'v4.13.4', image: `mirror.example.com/nfsplugin@sha256:${'a'.repeat(64)}` }),
      'the release of the image, said twice': () => installed({ version: '4.13.4', image: 'mirror.example.com:5000/nfsplugin:v4.13.4-patched' }),
    },
  },
  NFS129: {
    trips: {
      'a share for snapshots': () => snapshotting('v4.13.2', '/exports', '/snapshots'),
      'a share for a class': () => snapshotting('v4.13.1', '/fast', '/exports'),
    },
    passes: {
      'a share for snapshots of a release that reads the right one': () => snapshotting('v4.13.3', '/exports', '/snapshots'),
      'one share': () => snapshotting('v4.13.2', '/exports', '/exports'),
      'the share of the volume': () => snapshotting('v4.13.2', '/exports'),
      'a release that is not declared': () => snapshotting(undefined, '/exports', '/snapshots'),
    },
  },
};
