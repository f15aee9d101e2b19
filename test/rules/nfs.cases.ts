import { Chart, Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Cases } from './case';
import {
  AccessMode,
  CsiDriver,
  Distribution,
  ExternalNfsServerOptions,
  NfsCsiDriver,
  NfsNodeService,
  NfsProtocol,
  NfsServer,
  NfsStaticVolumeOptions,
  NfsStorageClassOptions,
  NfsStorageProps,
  NfsVersion, PersistentVolume, PersistentVolumeClaim, PersistentVolumeSource, PlatformProps, ReclaimPolicy, StorageClass, StorageClassProps, VolumeMode, WhenDeleted,
} from '../../src';
import { ACCOUNT, existingNfs, nfs, testApp, testChart } from '../support';

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

function fixed(options: Partial<NfsStaticVolumeOptions> = {}) {
  return storage().addStaticVolume('archive', { capacity: GIBIBYTE, ...options });
}

/** A static volume, and a snapshot class that could take snapshots of it. */
function snapshotted(options: Partial<NfsStaticVolumeOptions>, share?: string) {
  const taking = storage({ driver: existingNfs({ capabilities: { snapshot: true }, controllerServiceAccount: ACCOUNT }) }, { distribution: Distribution.RKE2 });
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

export const NFS_CASES: Cases = {
  NFS001: {
    trips: {
      'the path of old': () => byHand({ path: '/exports' }),
      'the readOnly of old': () => byHand({ readOnly: 'true' }),
      'the archiveOnDelete of nfs-subdir': () => byHand({ archiveOnDelete: 'true' }),
      'the pathPattern of nfs-subdir': () => byHand({ pathPattern: '${.PVC.namespace}' }),
      'mount options as a parameter': () => byHand({ mountOptions: 'hard' }),
      'one in two spellings': () => byHand({ subDir: BY_NAME, subdir: BY_NAME }),
      'of a driver with another name': () => {
        const chart = testChart();
        const driver = new NfsCsiDriver(chart, 'Driver', { driverName: 'nfs2.example.com' });
        return new StorageClass(chart, 'Class', { name: 'fast', driver, parameters: { server: 'nfs.example.com', share: '/exports', path: '/' } });
      },
    },
    passes: {
      'any case': () => byHand({ SUBDIR: BY_NAME, ONDELETE: 'retain' }),
      'a class of another driver': () => byHand({ path: '/exports' }, { driver: CsiDriver.fromDriverName('csi.example.com') }),
    },
  },
  NFS002: {
    trips: {
      'a server with a scheme': () => server({ host: 'nfs://nfs.example.com' }),
      'a server with its path': () => server({ host: 'nfs.example.com/exports' }),
      'a server in mount\'s notation': () => server({ host: 'nfs.example.com:/exports' }),
      'a server with a port': () => server({ host: 'nfs.example.com:2049' }),
      'a server with a blank': () => server({ host: 'nfs.example.com ' }),
      'a server with a line break': () => server({ host: 'nfs.example.com\n' }),
      'no server': () => server({ host: '' }),
      'an address with a typo': () => server({ host: '10.0.0.256' }),
      'a relative share': () => server({ share: 'exports' }),
      'a share with a slash at its end': () => server({ share: '/exports/' }),
      'a share that climbs': () => server({ share: '/exports/../etc' }),
      'a share with the separator of handles': () => server({ share: '/exports#1' }),
      'a share with a blank': () => server({ share: '/my exports' }),
      'no share': () => server({ share: '' }),
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
  NFS008: {
    trips: {
      'a word that the driver does not know': () => byHand({ onDelete: 'keep' }),
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
      'NFSv4 without locks': () => protocol({ locking: false }),
      'no connection': () => protocol({ connections: 0 }),
      '17 connections': () => protocol({ connections: 17 }),
      'less than the least time-out': () => protocol({ timeout: Duration.millis(50) }),
      'more than the greatest time-out': () => protocol({ timeout: Duration.hours(1) }),
      'a fraction of a retransmission': () => protocol({ retransmissions: 1.5 }),
      'what a property writes': () => extra('vers=4.2'),
      'what a property writes, in short': () => extra('v4.2'),
      'what contradicts a property': () => extra('soft'),
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
      'JavaScript\'s octal': () => added({ mountPermissions: '0o770' }),
      'nothing': () => added({ mountPermissions: '' }),
      'by hand': () => byHand({ mountPermissions: 'u+w' }),
    },
    passes: {
      'four digits': () => added({ mountPermissions: '0770' }),
      'three digits': () => added({ mountPermissions: '750' }),
      'with a set-group-id bit': () => added({ mountPermissions: '2770' }),
    },
  },
  NFS017: {
    trips: {
      'a whole share, and snapshots into the share of the volume': () => snapshotted({}),
      'a whole share, and snapshots into a directory of it': () => snapshotted({}, '/exports/snapshots'),
      'a whole share, and snapshots into it by name': () => snapshotted({}, '/exports'),
    },
    passes: {
      'a whole share, and snapshots elsewhere': () => snapshotted({}, '/exports-of-snapshots'),
      'a directory below the share': () => snapshotted({ subDir: 'archive' }),
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
};
