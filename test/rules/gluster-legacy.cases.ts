import { Size } from 'cdk8s';
import { Build, Cases } from './case';
import { CsiDriver, KubernetesVersion, PersistentVolume, PersistentVolumeSource, StorageClass } from '../../src';
import { object, testChart } from '../support';

/** The class that people copied from the documentation of Kubernetes. */
const PARAMETERS = {
  resturl: 'http://10.0.0.5:8080', clusterid: '630372ccdc720a92c681fb928f27b53f', restauthenabled: 'true', restuser: 'admin', secretNamespace: 'default', secretName: 'heketi-secret',
  gidMin: '40000', gidMax: '50000', volumetype: 'replicate:3',
};
const ofClass = (provisioner: string, fields: object = { parameters: PARAMETERS }, kubernetes = KubernetesVersion.V1_35): Build => () => object(
  testChart({ kubernetes }), 'StorageClass', { metadata: { name: 'slow' }, provisioner, ...fields }, 'storage.k8s.io/v1',
);
const ofPod = (glusterfs: unknown, kubernetes = KubernetesVersion.V1_35): Build => () => object(
  testChart({ kubernetes }), 'Pod', { metadata: { name: 'web' }, spec: { containers: [], volumes: [{ name: 'data', glusterfs }] } },
);
const ofVolume = (spec: unknown): Build => () => object(testChart(), 'PersistentVolume', { metadata: { name: 'data' }, spec });
const ofDriver = (driver: string, volumeAttributes: unknown = { glusterserver: '10.0.0.1', glustervol: 'gv0' }) => ofVolume({
  capacity: { storage: '8Gi' }, accessModes: ['ReadWriteMany'], persistentVolumeReclaimPolicy: 'Retain', csi: { driver, volumeHandle: 'gv0', volumeAttributes },
});

/** What trips CSI008. */
export const GLUSTER_CLASSES: Record<string, Build> = {
  'a class of Gluster volumes': ofClass('kubernetes.io/glusterfs', undefined, KubernetesVersion.V1_27),
  'a class of Gluster volumes by its name alone': ofClass('kubernetes.io/glusterfs', {}),
  'a class of a provisioner that never was': ofClass('gluster.org/glusterfs', { parameters: { endpoint: 'glusterfs-cluster', resturl: 'http://10.0.0.5:8080', restauthenabled: 'false' } }),
  'a class of a program for Gluster': ofClass('gluster.org/glusterfile'),
  'a class of one of several such programs': ofClass('gluster.org/glusterblock-team-a.2', { parameters: { opmode: 'gluster-block', blockmodeargs: 'glustervol=block,hosts=10.0.0.1' } }),
  'a class of the program without heketi': ofClass('gluster.org/glusterfs-simple', { parameters: { brickrootPaths: '10.0.0.1:/bricks,10.0.0.2:/bricks', volumeType: 'replica 2' } }),
  'a class of the driver for GlusterD2': ofClass('org.gluster.glusterfs', { parameters: { replicas: '2', arbiterType: 'thin', arbiterPath: '10.0.0.9:/mnt/arbiter:24007' } }),
  'a class without parameters': ofClass('kubernetes.io/glusterfs', { parameters: null }),
  'parameters that are a text': ofClass('kubernetes.io/glusterfs', { parameters: 'replicate:3' }),
  'parameters that are a list': ofClass('kubernetes.io/glusterfs', { parameters: [1, null] }),
  'parameters of other types': ofClass('kubernetes.io/glusterfs', { parameters: { resturl: 8080, volumetype: ['replicate:3'], volumeoptions: { ssl: true }, gidMin: 2000, clusterid: false, endpoint: null } }),
  'parameters that every object has': ofClass('kubernetes.io/glusterfs', { parameters: { toString: 'a', hasOwnProperty: 'b' } }),
  'mount options that are a text': ofClass('kubernetes.io/glusterfs', { parameters: PARAMETERS, mountOptions: 'log-level=ERROR', reclaimPolicy: 1, volumeBindingMode: [] }),
  'a name that is a number': ofClass('kubernetes.io/glusterfs', { metadata: { name: 5 } }),
  'a volume type of no grammar': ofClass('kubernetes.io/glusterfs', { parameters: { volumetype: 'replicate:many' } }),
  'a volume type of more bricks than there are': ofClass('kubernetes.io/glusterfs', { parameters: { volumetype: 'replicate:99999999999999999999' } }),
  'a class of ours with such a driver': () => new StorageClass(testChart(), 'Class', { name: 'slow', driver: { driverName: 'kubernetes.io/glusterfs' }, parameters: PARAMETERS }),
};

/** What trips VOL033. */
export const GLUSTER_VOLUMES: Record<string, Build> = {
  'glusterfs in a pod': ofPod({ endpoints: 'gluster', path: 'gv0', readOnly: true }, KubernetesVersion.V1_27),
  'glusterfs in a volume': ofVolume({ capacity: { storage: '8Gi' }, accessModes: ['ReadWriteMany'], glusterfs: { endpoints: 'gluster', endpointsNamespace: 'storage', path: 'gv0/sub/dir' } }),
  'glusterfs with endpoints that are a number': ofPod({ endpoints: 5, path: 'gv0' }),
  'glusterfs without a path': ofPod({ endpoints: 'gluster' }),
  'glusterfs with a path that is a list': ofPod({ endpoints: ['gluster'], path: ['gv0'], readOnly: 'true' }),
  'glusterfs that is a text': ofPod('gv0'),
  'glusterfs that is a list': ofVolume({ glusterfs: ['gv0'], mountOptions: 'ro', claimRef: 'data', capacity: 8, accessModes: 'ReadWriteMany' }),
  'glusterfs beside Endpoints that are none': () => {
    const pod = ofPod({ endpoints: 'gluster', path: 'gv0' })();
    object(pod.node.scope as any, 'Endpoints', { metadata: { name: 'gluster' }, subsets: ['10.0.0.1', null, { addresses: '10.0.0.2' }, { addresses: [null, { ip: 5 }] }] });
    return pod;
  },
};

export const GLUSTER_LEGACY_CASES: Cases = {
  GLU090: {
    trips: {
      'a volume that the user wrote': ofDriver('org.gluster.glusterfs'),
      'a volume whose attributes are a text': ofDriver('org.gluster.glusterfs', 'gv0'),
      'a volume whose attributes are numbers': ofDriver('org.gluster.glusterfs', { glusterserver: 5, glustervol: null, glusterbkpservers: ['10.0.0.2'] }),
      'a volume of ours': () => new PersistentVolume(testChart(), 'Volume', {
        name: 'data', capacity: Size.gibibytes(1), source: PersistentVolumeSource.csi({ driver: { driverName: 'org.gluster.glusterfs' }, volumeHandle: 'gv0', volumeAttributes: { glusterserver: '10.0.0.1', glustervol: 'gv0' } }),
      }),
    },
    passes: {
      'a volume of another driver of that Gluster': () => new PersistentVolume(testChart(), 'Volume', {
        name: 'data', capacity: Size.gibibytes(1), source: PersistentVolumeSource.csi({ driver: CsiDriver.fromDriverName('gluster.example.com'), volumeHandle: 'gv0' }),
      }),
    },
  },
};
