import { ApiObject, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Cases } from './case';
import { GLUSTER_VOLUMES } from './gluster-legacy.cases';
import {
  ClaimTemplate, ClaimTemplateProps, CsiCapabilities, CsiDriver, Distribution, EmptyDirMedium, EmptyDirOptions, Findings, KubernetesVersion, Namespace, NfsVolumeSourceOptions,
  PersistentVolumeClaim, PodSecurityLevel, PodVolume, StorageClass, VolumeMode,
} from '../../src';
import { addProfile } from '../../src/csi/driver-profile';
import { object, testChart } from '../support';

// The rules on volumes in pods.

const GIBIBYTE = Size.gibibytes(1);
const { fromStorageClassName } = StorageClass;
const { fromClaimName } = PersistentVolumeClaim;

addProfile('unmapped.example.com', { idmappedMounts: false });

function csi(capabilities?: CsiCapabilities) {
  return CsiDriver.fromDriverName('csi.example.com', { capabilities });
}

const web = (kubernetes = KubernetesVersion.V1_35) => testChart({ kubernetes }, { namespace: 'web' });

function workload(kind = 'Deployment', spec: object = {}, scope: Construct = web()): ApiObject {
  return object(scope, kind, { metadata: { name: 'web' }, spec: { template: { spec: { containers: [{ name: 'main' }], ...spec } } } }, 'apps/v1');
}

function mounted(volume: PodVolume, target = workload(), readOnly?: boolean): ApiObject {
  volume.mountTo(target, { container: 'main', path: '/data', readOnly });
  return target;
}

function emptyDir(options: EmptyDirOptions) {
  return mounted(PodVolume.emptyDir('tmp', options));
}

/** A pod with a user namespace. */
const withUsers = () => workload('Deployment', { hostUsers: false });

function template(props: Partial<ClaimTemplateProps> = {}) {
  return new ClaimTemplate({ name: 'data', storageClass: fromStorageClassName('fast', { driver: csi({}) }), size: GIBIBYTE, ...props });
}

/** With a class of a driver, as the user writes it. */
function classBeside(provisioner: string, beside: ApiObject): ApiObject {
  object(beside.node.scope as Construct, 'StorageClass', { metadata: { name: 'fast' }, provisioner }, 'storage.k8s.io/v1');
  return beside;
}

/** A pod with a user namespace, its claim and class, all written by the user. */
function byHand(provisioner: string, claim: object = {}): ApiObject {
  const pod = workload('Deployment', { hostUsers: false, volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] });
  object(pod.node.scope as Construct, 'PersistentVolumeClaim', { metadata: { name: 'data', namespace: 'web' }, spec: { storageClassName: 'fast', ...claim } });
  return classBeside(provisioner, pod);
}

const OPTIONS = { container: 'main', path: '/data' };
const DEVICE = { container: 'main', devicePath: '/dev/xvda' };

/** A pod as it was written long ago. */
function old(source: object, kubernetes = KubernetesVersion.V1_35) {
  return workload('Deployment', { volumes: [{ name: 'old', ...source }] }, web(kubernetes));
}

const device = () => fromClaimName('disk', { namespace: 'web', volumeMode: VolumeMode.BLOCK });
const directory = () => fromClaimName('data', { namespace: 'web', volumeMode: VolumeMode.FILESYSTEM });

function inline(capabilities?: CsiCapabilities) {
  return mounted(PodVolume.csiInline('certificates', { driver: csi(capabilities) }));
}

/** A pod with an inline volume, beside a CSIDriver that the user wrote. */
function inlineBeside(volumeLifecycleModes?: string[]) {
  const pod = inline();
  object(pod.node.scope as Construct, 'CSIDriver', { metadata: { name: 'csi.example.com' }, spec: { volumeLifecycleModes } }, 'storage.k8s.io/v1');
  return pod;
}

function nfs(options: Partial<NfsVolumeSourceOptions> = {}) {
  return PodVolume.nfs('share', { server: 'nfs.example.com', path: '/exports', ...options });
}

const { BASELINE, PRIVILEGED, RESTRICTED } = PodSecurityLevel;

/** A pod in a namespace that is written beside it. */
function within(podSecurity: PodSecurityLevel | undefined, spec: object = {}, distribution = Distribution.VANILLA) {
  const chart = testChart({ distribution }, { namespace: 'web' });
  new Namespace(chart, 'Namespace', { name: 'web', podSecurity });
  return workload('Deployment', spec, chart);
}

/** A pod as the user writes it, with a directory of its node. */
const HOST_PATH = { volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }] };

export const POD_VOLUME_CASES: Cases = {
  VOL030: {
    trips: {
      'a directory of the node': () => mounted(PodVolume.hostPath('logs', { path: '/var/log' })),
      'a directory of the node that is only read': () => mounted(PodVolume.hostPath('logs', { path: '/var/log' }), workload(), true),
    },
    passes: {
      'a directory of the pod': () => emptyDir({}),
    },
  },
  VOL031: {
    trips: {
      'memory without a limit': () => emptyDir({ medium: EmptyDirMedium.MEMORY }),
    },
    passes: {
      'memory with a limit': () => emptyDir({ medium: EmptyDirMedium.MEMORY, sizeLimit: GIBIBYTE }),
      'the disk without a limit': () => emptyDir({ medium: EmptyDirMedium.NODE }),
    },
  },
  VOL032: {
    trips: {
      'an NFS volume': () => mounted(nfs(), withUsers()),
      'a claim of a driver without mapped mounts': () => mounted(
        PodVolume.fromClaim(fromClaimName('data', { namespace: 'web', storageClass: fromStorageClassName('fast', { driver: CsiDriver.fromDriverName('unmapped.example.com') }) })), withUsers(),
      ),
      'an NFS volume that the user wrote': () => workload('Deployment', { hostUsers: false, volumes: [{ name: 'share', nfs: { server: 'nfs.example.com', path: '/exports' } }] }),
      'a claim and class that the user wrote': () => byHand('unmapped.example.com'),
      'a claim of ours that the user mounted': () => {
        const pod = workload('Deployment', { hostUsers: false, volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] });
        const chart = pod.node.scope as Construct;
        const storageClass = new StorageClass(chart, 'Class', { name: 'fast', driver: CsiDriver.fromDriverName('unmapped.example.com') });
        new PersistentVolumeClaim(chart, 'Claim', { name: 'data', storageClass, size: GIBIBYTE });
        return pod;
      },
      'a template that the user wrote': () => {
        const written = { metadata: { name: 'data' }, spec: { storageClassName: 'fast' } };
        const spec = { template: { spec: { hostUsers: false, containers: [{ name: 'main' }] } }, volumeClaimTemplates: [written] };
        return classBeside('unmapped.example.com', object(web(), 'StatefulSet', { metadata: { name: 'db' }, spec }, 'apps/v1'));
      },
      'a template of a driver without mapped mounts': () => {
        const statefulSet = workload('StatefulSet', { hostUsers: false });
        template({ storageClass: fromStorageClassName('fast', { driver: CsiDriver.fromDriverName('unmapped.example.com') }) }).mountTo(statefulSet, OPTIONS);
        return statefulSet;
      },
    },
    passes: {
      'an NFS volume without mapped users': () => mounted(nfs()),
      'an emptyDir': () => mounted(PodVolume.emptyDir('tmp'), withUsers()),
      'a claim of a driver with mapped mounts': () => mounted(
        PodVolume.fromClaim(fromClaimName('data', { namespace: 'web', storageClass: fromStorageClassName('fast', { driver: csi() }) })), withUsers(),
      ),
      'a claim of which nothing is known': () => mounted(PodVolume.fromClaim(fromClaimName('data', { namespace: 'web' })), withUsers()),
      'a claim and class that the user wrote, of a driver with mapped mounts': () => byHand('csi.example.com'),
      'a claim that is not written here': () => workload('Deployment', { hostUsers: false, volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] }),
      'a claim of a class that names no CSI driver': () => byHand('kubernetes.io/no-provisioner'),
      'a device of a driver without mapped mounts': () => byHand('unmapped.example.com', { volumeMode: 'Block' }),
      'an NFS volume of a pod without mapped users': () => workload('Deployment', { volumes: [{ name: 'share', nfs: { server: 'nfs.example.com', path: '/exports' } }] }),
    },
  },
  VOL033: {
    trips: {
      ...GLUSTER_VOLUMES,
      'cephfs in a pod': () => old({ cephfs: { monitors: ['10.0.0.1:6789'], path: '/', user: 'admin', secretRef: { name: 'ceph' } } }, KubernetesVersion.V1_31),
      'rbd in a volume': () => object(web(), 'PersistentVolume', {
        metadata: { name: 'old' }, spec: { rbd: { monitors: ['10.0.0.1:6789'], image: 'disk', pool: 'rbd', keyring: '/etc/ceph/keyring', fsType: 'ext4' } },
      }),
      'rbd in a CronJob': () => object(web(), 'CronJob', {
        metadata: { name: 'old' }, spec: { jobTemplate: { spec: { template: { spec: { volumes: [{ name: 'old', rbd: { monitors: [], image: 'disk' } }] } } } } },
      }, 'batch/v1'),
    },
    passes: {
      'nfs in a pod': () => old({ nfs: { server: 'nfs.example.com', path: '/exports' } }),
      'a kind of somebody else\'s': () => object(web(), 'Deployment', { spec: { template: { spec: { volumes: [{ name: 'old', rbd: {} }] } } } }, 'example.com/v1'),
    },
  },
  VOL034: {
    trips: {
      'cephfs on 1.30': () => old({ cephfs: { monitors: ['10.0.0.1:6789'] } }, KubernetesVersion.V1_30),
      'rbd on 1.28': () => old({ rbd: { monitors: ['10.0.0.1:6789'], image: 'disk' } }, KubernetesVersion.V1_28),
    },
    passes: {
      'rbd on 1.27': () => old({ rbd: { monitors: ['10.0.0.1:6789'], image: 'disk' } }, KubernetesVersion.V1_27),
    },
  },
  VOL035: {
    trips: {
      'a driver that cannot': () => inline({}),
      'a driver whose CSIDriver says nothing': () => inlineBeside(),
      'a driver whose CSIDriver has persistent volumes only': () => inlineBeside(['Persistent']),
    },
    passes: {
      'a driver that can': () => inline({ inline: true }),
      'a driver whose CSIDriver says that it can': () => inlineBeside(['Persistent', 'Ephemeral']),
      'a driver of which nothing is known': () => inline(),
    },
  },
  VOL036: {
    trips: {
      'a device as a directory': () => mounted(PodVolume.fromClaim(device())),
      'a directory as a device': () => {
        const pod = workload();
        PodVolume.fromClaim(directory()).deviceTo(pod, DEVICE);
        return pod;
      },
      'an emptyDir as a device': () => {
        const pod = workload();
        PodVolume.emptyDir('tmp').deviceTo(pod, DEVICE);
        return pod;
      },
      'a template of directories as devices': () => {
        const statefulSet = workload('StatefulSet');
        template().deviceTo(statefulSet, DEVICE);
        return statefulSet;
      },
    },
    passes: {
      'a device as a device': () => {
        const pod = workload();
        PodVolume.fromClaim(device()).deviceTo(pod, DEVICE);
        return pod;
      },
      'a directory as a directory': () => mounted(PodVolume.fromClaim(directory())),
      'what is not known as a device': () => {
        const pod = workload();
        PodVolume.fromClaim(fromClaimName('data', { namespace: 'web' })).deviceTo(pod, DEVICE);
        return pod;
      },
      'a template of devices as devices': () => {
        const statefulSet = workload('StatefulSet');
        template({ storageClass: fromStorageClassName('fast', { driver: csi({ block: true }) }), volumeMode: VolumeMode.BLOCK }).deviceTo(statefulSet, DEVICE);
        return statefulSet;
      },
    },
  },
  VOL040: {
    trips: {
      'a directory of an NFS server where the level is restricted': () => mounted(nfs(), within(RESTRICTED)),
      'a directory of the node where the level is restricted': () => within(RESTRICTED, HOST_PATH),
      'a directory of the node where the level is baseline': () => within(BASELINE, HOST_PATH),
      'a directory of the node by PodVolume': () => {
        const pod = mounted(PodVolume.hostPath('logs', { path: '/var/log' }), within(BASELINE));
        Findings.of(pod).acknowledge('VOL030', 'it ships logs');
        return pod;
      },
      'another kind of volume where the level is restricted': () => within(RESTRICTED, { volumes: [{ name: 'disk', iscsi: { iqn: 'iqn.2001-04.com.example:disk', lun: 0, targetPortal: '10.0.0.1' } }] }),
      'a directory of the node where the distribution says baseline': () => within(undefined, HOST_PATH, Distribution.TALOS),
      'a namespace that the user wrote': () => {
        const pod = workload('Deployment', HOST_PATH);
        object(pod.node.scope as Construct, 'Namespace', { metadata: { name: 'web', labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } });
        return pod;
      },
    },
    passes: {
      'a directory of an NFS server where the level is baseline': () => mounted(nfs(), within(BASELINE)),
      'a directory of the node where the level is privileged': () => within(PRIVILEGED, HOST_PATH),
      'a directory of the node where the label says more than the distribution': () => within(PRIVILEGED, HOST_PATH, Distribution.TALOS),
      'a directory of the node where no level is said': () => within(undefined, HOST_PATH),
      'a directory of the node in another namespace': () => {
        const pod = workload('Deployment', HOST_PATH);
        new Namespace(pod.node.scope as Construct, 'Namespace', { name: 'shop', podSecurity: RESTRICTED });
        return pod;
      },
      'all that is allowed where the level is restricted': () => within(RESTRICTED, {
        volumes: ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'].map(kind => ({ name: kind.toLowerCase(), [kind]: {} })),
      }),
      'a volume of which nothing is said': () => within(RESTRICTED, { volumes: [{ name: 'tmp' }, { name: 'run', hostPath: null, emptyDir: {} }] }),
    },
  },
};
