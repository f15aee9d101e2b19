import { Chart, Size } from 'cdk8s';
import { Cases } from './case';
import {
  CephCluster, CephCsiOperator, CephCsiOperatorProps, CephDeployment, CephFsCsiDriver, CephFsCsiDriverProps, CephRbdCsiDriver, CephRbdCsiDriverProps,
  ExistingCephCsiOperatorOptions, ExternalCephClusterOptions, Findings, KubernetesVersion,
} from '../../src';
import { cephChart, cephFs, rbd } from '../ceph/ceph';
import { object } from '../support';

const { OPERATOR, STANDALONE } = CephDeployment;
const ROOK = CephCluster.rook({ namespace: 'rook-ceph' });

/** A chart of a cluster that has ceph-csi-operator. */
function chart(): Chart {
  const scope = cephChart();
  CephCsiOperator.existing(scope, { namespace: 'ceph-csi-operator-system', serviceAccountName: 'operator', watchedNamespaces: ['ceph-csi-rbd', 'ceph-csi-cephfs', 'shared', 'rook-ceph'] });
  return scope;
}

const driver = (props: CephRbdCsiDriverProps) => () => new CephRbdCsiDriver(chart(), 'Driver', { deployment: OPERATOR, ...props });
const fsDriver = (props: CephFsCsiDriverProps) => () => new CephFsCsiDriver(chart(), 'Driver', { deployment: OPERATOR, ...props });
const operator = (props: any) => () => new CephCsiOperator(cephChart(), 'Operator', props as CephCsiOperatorProps);

function existing(options: any, props: CephRbdCsiDriverProps = {}) {
  return () => {
    const scope = cephChart();
    CephCsiOperator.existing(scope, options as ExistingCephCsiOperatorOptions);
    return new CephRbdCsiDriver(scope, 'Driver', { deployment: OPERATOR, ...props });
  };
}

const used = (options: Partial<ExternalCephClusterOptions>) => () => cephFs({ deployment: OPERATOR, cluster: CephCluster.external({ clusterId: 'ceph', monitors: ['10.0.0.1:3300'], ...options }) }, chart());

const mirrored = (mirrorDaemonCount: number) => ({ deployment: OPERATOR, cluster: CephCluster.external({ clusterId: 'ceph', monitors: ['10.0.0.1:3300'], mirrorDaemonCount }) });

/** An object for the operator as its user wrote it. */
function raw(kind: string, name: string, spec: object, namespace = 'ceph-csi-operator-system', scope = chart()) {
  return object(scope, kind, { metadata: { name, namespace }, spec }, 'csi.ceph.io/v1');
}
const rawDriver = (spec: object) => () => raw('Driver', 'nfs.csi.ceph.com', spec);

const CHANGED_BLOCKS = { tlsSecretName: 'tls', caCertificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----' };

/** Of a driver with csi-omap-generator, what else there is to say. */
function unattended(build: () => CephRbdCsiDriver) {
  return () => {
    const driver_ = build();
    Findings.of(driver_).acknowledge('CEPH190', 'this is about something else');
    return driver_;
  };
}

/** A Driver as its user wrote it beside an operator that is installed here. */
function byHand(watchedNamespaces?: string[]) {
  return () => {
    const scope = cephChart();
    new CephCsiOperator(scope, 'Operator', { watchedNamespaces });
    return raw('Driver', 'nfs.csi.ceph.com', {}, 'other', scope);
  };
}

/** A Driver as its user wrote it beside a CSIDriver. */
function beside(annotations: Record<string, string>) {
  return () => {
    const scope = chart();
    object(scope, 'CSIDriver', { metadata: { name: 'nfs.csi.ceph.com', annotations }, spec: {} }, 'storage.k8s.io/v1');
    return raw('Driver', 'nfs.csi.ceph.com', {}, 'shared', scope);
  };
}

function profile(place: string) {
  return () => {
    const scope = chart();
    raw('CephConnection', 'ceph', { monitors: ['10.0.0.1:3300'] }, place, scope);
    return raw('ClientProfile', 'ceph', { cephConnectionRef: { name: 'ceph' } }, 'shared', scope);
  };
}

/** Both drivers in one namespace. */
function shared(monitors: string[]) {
  return () => {
    const scope = chart();
    const of = (...addresses: string[]) => CephCluster.external({ clusterId: 'ceph', monitors: addresses });
    const first = new CephRbdCsiDriver(scope, 'First', { deployment: OPERATOR, namespace: 'shared' });
    first.addCluster(of('10.0.0.1:3300'));
    const second = new CephFsCsiDriver(scope, 'Second', { deployment: OPERATOR, namespace: 'shared', createNamespace: false });
    second.addCluster(of(...monitors));
    return second;
  };
}

/** Two drivers for files in one namespace. */
function twice(subvolumeGroup: string) {
  return () => {
    const scope = chart();
    const of = (group: string) => CephCluster.external({ clusterId: 'ceph', monitors: ['10.0.0.1:3300'], subvolumeGroup: group });
    new CephFsCsiDriver(scope, 'First', { deployment: OPERATOR, namespace: 'shared' }).addCluster(of('first'));
    const second = new CephFsCsiDriver(scope, 'Second', { deployment: OPERATOR, namespace: 'shared', createNamespace: false, driverName: 'second.cephfs.csi.ceph.com' });
    second.addCluster(of(subvolumeGroup));
    return second;
  };
}

export const CEPH_OPERATOR_CASES: Cases = {
  CEPH100: {
    trips: {
      'a deployment that there is not': () => new CephRbdCsiDriver(chart(), 'Driver', { deployment: 'helm' as CephDeployment }),
      'an option that is misspelt': operator({ nameSpace: 'ceph' }),
      'an option of the pods that is misspelt': operator({ pod: { memorylimit: 1 } }),
      'a flag that is a text': operator({ installCrds: 'false' }),
      'defaults that are no object': operator({ driverDefaults: 'debug' }),
      'an image that no driver has': operator({ driverDefaults: { images: { csi: 'quay.io/cephcsi/cephcsi:v3.17.1' } } }),
      'an existing one of which nothing is said': existing(undefined),
    },
    passes: {
      'each deployment': () => new CephRbdCsiDriver(chart(), 'Driver', { deployment: STANDALONE }),
      'all of it': operator({
        namespace: 'ceph', name: 'operator', imageRegistry: 'mirror.example.com/quay', networkPolicy: true, monitoring: {}, pod: { podLabels: { team: 'storage' } },
        driverDefaults: { logLevel: 3, images: { plugin: 'quay.io/cephcsi/cephcsi:v3.17.1' } },
      }),
    },
  },
  CEPH101: {
    trips: {
      'a driver in a cluster without': () => new CephRbdCsiDriver(cephChart(), 'Driver', { deployment: OPERATOR }),
      'a driver of a Rook that its chart installed': () => new CephRbdCsiDriver(cephChart(), 'Driver', { deployment: OPERATOR, driverName: 'rook-ceph.rbd.csi.ceph.com', namespace: 'rook-ceph' }),
    },
    passes: {
      'a driver beside one that is declared': driver({}),
      'a driver before the operator': () => {
        const scope = cephChart();
        new CephRbdCsiDriver(scope, 'Driver', { deployment: OPERATOR });
        return new CephCsiOperator(scope, 'Operator');
      },
    },
  },
  CEPH102: {
    trips: {
      'variables': driver({ node: { env: [{ name: 'DEBUG', value: 'true' }] } }),
      'containers': driver({ controller: { extraContainers: [{ name: 'side', image: 'busybox:1.36' }] } }),
      'a command before the stop': driver({ node: { preStopCommand: ['/bin/true'] } }),
      'privilege': driver({ controller: { privileged: true } }),
      'capabilities': driver({ controller: { addCapabilities: ['CHOWN'] } }),
      'nodes on another network': driver({ node: { hostNetwork: false } }),
      'ports': driver({ ports: { nodeHealth: 29700 } }),
      'metrics': driver({ monitoring: {} }),
      'a port of the sidecar': driver({ csiAddonsPort: 9100 }),
      'mappings of file systems': driver({ clusterMappings: [{ clusterId: 'here', peerClusterId: 'there', cephFsFileSystems: { 1: '2' } }] }),
      'memory of a sidecar that takes none': driver({ sidecars: { snapshotMetadata: { memoryLimit: Size.mebibytes(100) } } }),
      'settings that a container does not see': unattended(driver({ omapGenerator: true, cephConfiguration: { rbd_cache: 'false' } })),
      'a release that does not know a flag': driver({ image: 'registry.example.com/cephcsi:v3.14.0', version: 'v3.14.0' }),
      'the name of a volume': driver({ snapshots: true, changedBlocks: CHANGED_BLOCKS, controller: { extraVolumes: [{ name: 'tls-key', emptyDir: {} }] } }),
      'its liveness probe': driver({ sidecars: { livenessProbe: {} } }),
      'a mount of a volume that is the operator\'s': driver({
        node: { extraVolumes: [{ name: 'host-dev', emptyDir: {} }], extraVolumeMounts: [{ name: 'host-dev', mountPath: '/mnt' }] },
      }),
    },
    passes: {
      'all that has a field': driver({
        logLevel: 7, instanceId: 'east', cephConfiguration: { rbd_cache: 'false' }, flattening: { hardMaxCloneDepth: 6 }, volumeHealer: true, logDirectory: '/var/log/ceph', networkPolicy: true,
        imagePullSecrets: ['mirror'], sidecars: { provisioner: { workers: 5, extraArgs: ['--strict-topology=true'] } },
        node: { nodeSelector: { storage: 'true' }, extraVolumes: [{ name: 'more', emptyDir: {} }], extraVolumeMounts: [{ name: 'more', mountPath: '/more' }], maxUnavailable: '1' },
      }),
      'the same of a driver without operator': driver({ deployment: STANDALONE, monitoring: {}, ports: { nodeHealth: 29700 } }),
    },
  },
  CEPH103: {
    trips: {
      'a name of one\'s own': driver({ driverName: 'storage.example.com' }),
      'the name of another kind of driver': driver({ driverName: 'rbd.cephfs.csi.ceph.com' }),
      'a name that ends like it': driver({ driverName: 'second-rbd.csi.ceph.com' }),
      'a name that is too long for a label of csi-addons': driver({ driverName: `${'x'.repeat(26)}.rbd.csi.ceph.com`, namespace: 'shared', csiAddons: true }),
      'a name that is too long for a label': driver({ driverName: `${'x'.repeat(36)}.rbd.csi.ceph.com`, namespace: 'shared' }),
    },
    passes: { 'something in front of it': driver({ driverName: 'second.rbd.csi.ceph.com', namespace: 'shared' }) },
  },
  CEPH104: {
    trips: { 'limits of images': driver({ volumeAttributes: true }) },
    passes: { 'limits of images without operator': driver({ volumeAttributes: true, deployment: STANDALONE }), 'metadata servers of directories': fsDriver({ volumeAttributes: true }) },
  },
  CEPH105: {
    trips: { 'two of them': () => new CephCsiOperator(chart(), 'Operator') },
    passes: { 'one of them': operator({}) },
  },
  CEPH106: {
    trips: { capitals: used({ clusterId: 'Production_1' }) },
    passes: { 'an fsid': used({ clusterId: 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8' }) },
  },
  CEPH107: {
    trips: {
      'a field of CephFS that a profile lacks': used({ extraConfiguration: { cephFS: { netNamespaceFilePath: '/run/netns/ceph' } } }),
      'a field of the whole entry': used({ extraConfiguration: { nfs: {} } }),
      'mount options that are no text': used({ extraConfiguration: { cephFS: { kernelMountOptions: ['noatime'] } } }),
    },
    passes: { 'mount options': used({ extraConfiguration: { cephFS: { kernelMountOptions: 'ms_mode=secure,noatime', fuseMountOptions: 'debug' } } }) },
  },
  CEPH108: {
    trips: { 'two daemons': () => rbd(mirrored(2), chart()) },
    passes: { 'one daemon': () => rbd(mirrored(1), chart()), 'files, which have none': used({ mirrorDaemonCount: 2 }) },
  },
  CEPH109: {
    trips: { 'a namespace that it does not watch': existing({ namespace: 'ceph-csi-operator-system', watchedNamespaces: [] }), 'a Driver that was written by hand': byHand() },
    passes: {
      'a namespace that it watches': existing({ namespace: 'ceph-csi-operator-system', watchedNamespaces: ['ceph-csi-rbd'] }),
      'a Driver that was written by hand, where it is watched': byHand(['other']),
      'its own': existing({ namespace: 'ceph-csi-rbd', watchedNamespaces: [] }),
      'one that is not declared': existing({ namespace: 'ceph-csi-operator-system' }),
    },
  },
  CEPH110: {
    trips: { 'one of three': rawDriver({ leaderElection: { leaseDuration: 60 } }) },
    passes: { 'all three': rawDriver({ leaderElection: { leaseDuration: 60, renewDeadline: 40, retryPeriod: 10 } }) },
  },
  CEPH111: {
    trips: {
      'by day only': rawDriver({ log: { rotation: { periodicity: 'daily' } } }),
      'by day only, for all': () => raw('OperatorConfig', 'ceph-csi-operator-config', { driverSpecDefaults: { log: { rotation: { periodicity: 'daily' } } } }),
    },
    passes: { 'by day and size': rawDriver({ log: { rotation: { periodicity: 'daily', maxLogSize: '10Mi' } } }) },
  },
  CEPH112: {
    trips: { 'ceph-fuse': rawDriver({ cephFsClientType: 'fuse' }) },
    passes: { 'the kernel': rawDriver({ cephFsClientType: 'kernel' }) },
  },
  CEPH113: {
    trips: {
      'a Driver beside one of another namespace': () => {
        const scope = chart();
        raw('Driver', 'nfs.csi.ceph.com', {}, 'shared', scope);
        return raw('Driver', 'nfs.csi.ceph.com', {}, 'rook-ceph', scope);
      },
      'a CSIDriver of nobody': beside({}),
    },
    passes: {
      'a CSIDriver that is handed over': beside({ 'csi.ceph.io/ownerref': '{"Namespace":"shared","Name":"nfs.csi.ceph.com"}' }),
      'one that is handed over in other words': beside({ 'csi.ceph.io/ownerref': '{ "Name": "nfs.csi.ceph.com", "Namespace": "shared" }' }),
    },
  },
  CEPH114: {
    trips: {
      'another name': () => raw('OperatorConfig', 'config', {}),
      'another namespace': () => raw('OperatorConfig', 'ceph-csi-operator-config', {}, 'shared'),
    },
    passes: { 'the one that is read': () => raw('OperatorConfig', 'ceph-csi-operator-config', {}) },
  },
  CEPH115: {
    trips: {
      'a connection of another namespace': profile('rook-ceph'),
      'drivers of another namespace only': () => {
        const scope = chart();
        raw('Driver', 'nfs.csi.ceph.com', {}, 'rook-ceph', scope);
        return raw('ClientProfile', 'ceph', { cephConnectionRef: { name: 'ceph' } }, 'shared', scope);
      },
    },
    passes: { 'a connection beside it': profile('shared'), 'a connection of another repository': () => raw('ClientProfile', 'ceph', { cephConnectionRef: { name: 'ceph' } }) },
  },
  CEPH116: {
    trips: {
      'a driver without operator': () => rbd({ cluster: ROOK, deployment: STANDALONE }, chart()),
      'a driver elsewhere': () => {
        const scope = chart();
        return rbd({ cluster: ROOK, driver: new CephRbdCsiDriver(scope, 'Driver', { deployment: OPERATOR }) }, scope);
      },
    },
    passes: {
      'the driver that comes by itself': () => {
        const scope = chart();
        object(scope, 'Namespace', { metadata: { name: 'rook-ceph', labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } });
        return rbd({ cluster: ROOK }, scope);
      },
      'a driver that is there': () => rbd({ cluster: ROOK, driver: CephRbdCsiDriver.existing({ driverName: 'rook-ceph.rbd.csi.ceph.com', name: 'rook-ceph-rbd-csi-ceph-com', namespace: 'rook-ceph', kms: [], fencing: false, version: 'v3.17.1' }) }, chart()),
    },
  },
  CEPH117: {
    trips: { 'other monitors': shared(['10.0.0.9:3300']), 'another group of subvolumes': twice('second') },
    passes: { 'the same monitors': shared(['10.0.0.1:3300']), 'the same group of subvolumes': twice('first') },
  },
  CEPH118: {
    trips: { 'a release before': () => new CephCsiOperator(cephChart({ kubernetes: KubernetesVersion.V1_31 }), 'Operator') },
    passes: { 'the first release': () => new CephCsiOperator(cephChart({ kubernetes: KubernetesVersion.V1_32 }), 'Operator') },
  },
};
