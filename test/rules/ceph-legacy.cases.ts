import { Cases } from './case';
import { KubernetesVersion, StorageClass } from '../../src';
import { rbd } from '../ceph/ceph';
import { object, testChart } from '../support';

const PARAMETERS = { monitors: '10.0.0.1:6789', pool: 'kube', adminSecretName: 'ceph-admin', userSecretName: 'ceph-user' };

const raw = (provisioner: string, parameters: object, kubernetes = KubernetesVersion.V1_35) => () => object(
  testChart({ kubernetes }), 'StorageClass', { metadata: { name: 'fast' }, provisioner, parameters }, 'storage.k8s.io/v1',
);
const SECRETS = Object.fromEntries(['provisioner', 'node-stage'].flatMap(key => [[`csi.storage.k8s.io/${key}-secret-name`, 'ceph-csi'], [`csi.storage.k8s.io/${key}-secret-namespace`, 'ceph']]));

export const CEPH_LEGACY_CASES: Cases = {
  CEPH090: {
    trips: {
      'a class of Kubernetes itself': raw('kubernetes.io/rbd', { ...PARAMETERS, imageFormat: '1' }),
      'a class of the program of the past, where it still runs': raw('ceph.com/rbd', { ...PARAMETERS, imageformat: '1' }, KubernetesVersion.V1_30),
      'a class of ours with such a driver': () => new StorageClass(testChart(), 'Class', { name: 'fast', driver: { driverName: 'ceph.com/rbd' }, parameters: { ...PARAMETERS, imageFormat: '1' } }),
    },
    passes: {
      'a class of ceph-csi': () => rbd().addStorageClass('fast'),
    },
  },
  CEPH091: {
    trips: {
      'monitors in a class of ceph-csi': raw('rbd.csi.ceph.com', { ...PARAMETERS, clusterID: 'ceph' }),
      'monitors in a class of Rook': raw('rook-ceph.cephfs.csi.ceph.com', { monitors: '10.0.0.1:6789', fsName: 'cephfs', clusterID: 'rook-ceph' }),
      'monitors beside the properties': () => rbd().addStorageClass('fast', { extraParameters: { monitors: '10.0.0.1:6789' } }),
    },
    passes: {
      'a class that names its cluster': raw('rbd.csi.ceph.com', { clusterID: 'ceph', pool: 'kube', imageFeatures: 'layering', ...SECRETS }),
    },
  },
};
