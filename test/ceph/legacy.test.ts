import * as fc from 'fast-check';
import { cephChart } from './ceph';
import { CsiDriver, Findings, KubernetesVersion, StorageClass } from '../../src';
import { describeCsiParameters } from '../../src/ceph/legacy/csi-parameters';
import { complaints, pasted, run } from '../pasted-code';
import { codes, object, one, testChart, thrown } from '../support';

/** Runs a piece of code in a chart of its own. */
const ran = (code: string) => run(code, cephChart(), { '<ceph fsid>': 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8', '<host:port>': '10.0.0.1:6789', '<name>': 'fast' });

/** The class that people copied from the documentation of external-storage. */
const OLD_CLASS = {
  metadata: { name: 'fast' },
  provisioner: 'ceph.com/rbd',
  parameters: {
    monitors: '10.0.0.1:6789,10.0.0.2:6789, 10.0.0.3',
    pool: 'kube',
    adminId: 'admin',
    adminSecretName: 'ceph-admin-secret',
    adminSecretNamespace: 'kube-system',
    userId: 'client.kube',
    userSecretName: 'ceph-user-secret',
    userSecretNamespace: 'kube-system',
    imageFormat: '2',
    imageFeatures: 'layering',
    fsType: 'xfs',
  },
};

/** The finding on an object that the user wrote. */
function found(kind: string, fields: object, apiVersion: string, kubernetes = KubernetesVersion.V1_35) {
  const chart = testChart({ kubernetes }, { namespace: 'web' });
  object(chart, kind, fields, apiVersion);
  const [finding, ...more] = Findings.of(chart).list();
  expect(more).toEqual([]);
  return finding;
}
const ofClass = (fields: object) => found('StorageClass', { ...OLD_CLASS, ...fields }, 'storage.k8s.io/v1');
const ofPod = (source: object) => found('Deployment', { metadata: { name: 'web' }, spec: { template: { spec: { volumes: [{ name: 'data', ...source }] } } } }, 'apps/v1');
const ofVolume = (spec: object) => found('PersistentVolume', { metadata: { name: 'data' }, spec }, 'v1');

const RBD_VOLUME = {
  capacity: { storage: '20Gi' },
  accessModes: ['ReadWriteOnce', 'ReadOnlyMany'],
  claimRef: { name: 'orders', namespace: 'shop' },
  storageClassName: 'fast',
  mountOptions: ['discard'],
  rbd: { monitors: ['10.0.0.1:6789'], image: 'kubernetes-dynamic-pvc-54f0a1f4', pool: 'kube', user: 'kube', secretRef: { name: 'ceph-user-secret' }, fsType: 'ext4' },
};
const CEPHFS_VOLUME = {
  capacity: { storage: '10G' },
  accessModes: ['ReadWriteMany'],
  cephfs: { monitors: ['10.0.0.1:6789'], path: '/a/b', user: 'client.web', secretRef: { name: 'ceph-web', namespace: 'shop' } },
};

/** The fix of each case, from which something is pasted. */
const FIXES: Record<string, () => string> = {
  'the class that everybody had': () => ofClass({}).fix,
  'a class with all that classes have': () => ofClass({
    metadata: { name: 'fast', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    reclaimPolicy: 'Retain', allowVolumeExpansion: true, volumeBindingMode: 'Immediate', mountOptions: ['discard', 'debug'],
    parameters: { ...OLD_CLASS.parameters, dataPool: 'kube-data', imageFeatures: 'layering,exclusive-lock, journaling', fsType: 'ext3', colour: 'red' },
  }).fix,
  'a class with nothing but its provisioner': () => ofClass({ parameters: undefined }).fix,
  'a class with empty parameters': () => ofClass({ parameters: { monitors: '', pool: '', adminId: '', userSecretNamespace: '', imageFeatures: '' } }).fix,
  'a class whose users had a Secret in each namespace': () => ofClass({ parameters: { ...OLD_CLASS.parameters, userSecretNamespace: undefined, adminSecretNamespace: undefined } }).fix,
  'a class of Kubernetes itself': () => ofClass({ provisioner: 'kubernetes.io/rbd' }).fix,
  'a class of the program for CephFS': () => ofClass({
    provisioner: 'ceph.com/cephfs', parameters: { monitors: 'mon.example.com:6789', adminId: 'admin', adminSecretName: 'ceph-secret-admin', claimRoot: '/pvc-volumes', deterministicNames: 'true', cluster: 'ceph' },
  }).fix,
  'a class of CephFS, which Kubernetes never had': () => ofClass({ provisioner: 'kubernetes.io/cephfs', parameters: { monitors: '10.0.0.1:6789', fsName: 'files', pool: 'data' } }).fix,
  'a name alone': () => thrown(() => CsiDriver.fromDriverName('ceph.com/rbd'))!.fix,
  'a class of ours with a driver of that name': () => thrown(() => new StorageClass(testChart(), 'Class', {
    name: 'fast', driver: { driverName: 'kubernetes.io/rbd' }, parameters: { monitors: '10.0.0.1:6789', pool: 'kube' }, fsType: 'xfs', mountOptions: ['discard'], expansion: true,
  }))!.fix,
  'an image in a pod': () => ofPod({ rbd: { monitors: ['10.0.0.1:6789', '10.0.0.2:6789'], image: 'img1', pool: 'kube', user: 'web', secretRef: { name: 'ceph-web' }, fsType: 'ext4', readOnly: true } }).fix,
  'an image with a key on the node': () => ofPod({ rbd: { monitors: ['10.0.0.1:6789'], image: 'img1', keyring: '/etc/ceph/keyring' } }).fix,
  'an image in a PersistentVolume': () => ofVolume(RBD_VOLUME).fix,
  'a device in a PersistentVolume': () => ofVolume({ ...RBD_VOLUME, volumeMode: 'Block', accessModes: ['ReadWriteOnce'], mountOptions: undefined, claimRef: undefined }).fix,
  'an image that many read': () => ofVolume({ ...RBD_VOLUME, accessModes: ['ReadOnlyMany'], mountOptions: ['ro', 'noatime'] }).fix,
  'a directory in a pod': () => ofPod({ cephfs: { monitors: ['10.0.0.1:6789'] } }).fix,
  'a directory that is read': () => ofPod({ cephfs: { monitors: ['10.0.0.1:6789'], path: '/a', readOnly: true } }).fix,
  'a directory in a PersistentVolume': () => ofVolume(CEPHFS_VOLUME).fix,
  'a directory of one node': () => ofVolume({ ...CEPHFS_VOLUME, accessModes: ['ReadWriteOnce'], claimRef: { name: 'files', namespace: 'shop' } }).fix,
  'something that is no volume': () => ofVolume({ rbd: 'disk' as any }).fix,
  'a class of ceph-csi with monitors': () => ofClass({ provisioner: 'rbd.csi.ceph.com', parameters: { ...OLD_CLASS.parameters, clusterID: 'ceph' } }).fix,
  'a class of ceph-csi with monitors and Secrets': () => ofClass({
    metadata: { name: 'fast', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'rbd.csi.ceph.com',
    allowVolumeExpansion: true,
    parameters: {
      'monitors': '10.0.0.1:6789', 'clusterID': 'ceph', 'pool': 'kube', 'imageFeatures': 'layering', 'volumeNamePrefix': 'pv-',
      'csi.storage.k8s.io/provisioner-secret-name': 'csi-rbd', 'csi.storage.k8s.io/provisioner-secret-namespace': 'ceph', 'csi.storage.k8s.io/node-stage-secret-name': 'csi-rbd',
      'csi.storage.k8s.io/node-stage-secret-namespace': 'ceph', 'csi.storage.k8s.io/fstype': 'xfs',
    },
  }).fix,
  'a class of ceph-csi for CephFS with monitors': () => ofClass({ provisioner: 'cephfs.csi.ceph.com', parameters: { monitors: '10.0.0.1:6789', clusterID: 'ceph', fsName: 'files', mounter: 'kernel' } }).fix,
  'a class of ceph-csi with users': () => describeCsiParameters('rbd', 'fast', { clusterID: 'ceph', pool: 'kube', adminId: 'admin', imageFormat: '2' })!,
  'texts that would end a text': () => ofClass({ parameters: { ...OLD_CLASS.parameters, monitors: "a'b\\:1\n", pool: "`${'", adminSecretName: "x'; rm -rf /" } }).fix,
};
/** What nobody could have meant is refused where it is pasted, by what it is. */
const REFUSED: Record<string, string> = { 'texts that would end a text': 'CEPH001', 'something that is no volume': 'CEPH001' };

describe('what is to be written instead', () => {
  test('compiles as it is pasted', () => {
    expect(complaints(Object.fromEntries(Object.entries(FIXES).map(([name, fix]) => [name, pasted(fix())])))).toEqual([]);
  }, 120_000);

  test.each(Object.keys(FIXES))('of %s runs, and nothing is found in it', name => {
    const code = pasted(FIXES[name]());
    if (REFUSED[name]) {
      expect(thrown(() => ran(code))?.code).toBe(REFUSED[name]);
    } else {
      expect(codes(ran(code))).toEqual([]);
    }
  });

  test.each(Object.keys(FIXES))('of %s reads', name => {
    expect(FIXES[name]()).toMatchSnapshot();
  });

  test('is refused as long as the fsid is not put in', () => {
    const code = pasted(FIXES['the class that everybody had']()).replace("'<ceph fsid>'", "'<ceph  fsid>'");
    expect(thrown(() => ran(code))?.fix).toContain('ceph fsid');
  });
});

describe('the class that everybody had', () => {
  const chart = () => ran(pasted(FIXES['the class that everybody had']()));

  test('becomes the same on ceph-csi', () => {
    expect(one(chart(), 'StorageClass')).toMatchObject({
      metadata: { name: 'fast' },
      provisioner: 'rbd.csi.ceph.com',
      parameters: {
        'clusterID': 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8',
        'pool': 'kube',
        'imageFeatures': 'layering',
        'csi.storage.k8s.io/fstype': 'xfs',
        'csi.storage.k8s.io/provisioner-secret-name': 'ceph-admin-secret-csi',
        'csi.storage.k8s.io/provisioner-secret-namespace': 'kube-system',
        'csi.storage.k8s.io/node-stage-secret-name': 'ceph-user-secret-csi',
      },
    });
  });

  test('takes its monitors along, with the port that they had', () => {
    const [entry] = JSON.parse(one(chart(), 'ConfigMap', 'ceph-csi-rbd-config').data['config.json']);
    expect(entry.monitors).toEqual(['10.0.0.1:6789', '10.0.0.2:6789', '10.0.0.3:6789']);
  });

  test('says how its Secrets are made new, without client.', () => {
    const { fix } = ofClass({});
    expect(fix).toContain("kubectl -n kube-system get secret ceph-user-secret -o jsonpath='{.data.key}' | base64 -d");
    expect(fix).toContain('create secret generic ceph-user-secret-csi --from-literal=userID=kube --from-file=userKey=/dev/stdin');
  });

  test('is a warning where Kubernetes has its volumes yet, with the same text', () => {
    const early = found('StorageClass', OLD_CLASS, 'storage.k8s.io/v1', KubernetesVersion.V1_30);
    expect(early).toMatchObject({ code: 'CSI021', level: 'warning' });
    expect(pasted(early.fix)).toBe(pasted(ofClass({}).fix));
  });
});

test('a volume keeps its image, size and claim', () => {
  const chart = ran(pasted(ofVolume(RBD_VOLUME).fix));
  expect(one(chart, 'PersistentVolume').spec).toMatchObject({
    capacity: { storage: '20Gi' },
    persistentVolumeReclaimPolicy: 'Retain',
    mountOptions: ['discard'],
    claimRef: { name: 'orders', namespace: 'shop' },
    csi: { volumeHandle: 'kubernetes-dynamic-pvc-54f0a1f4', fsType: 'ext4', volumeAttributes: { pool: 'kube', staticVolume: 'true' }, nodeStageSecretRef: { name: 'ceph-user-secret-csi', namespace: 'shop' } },
  });
  expect(one(chart, 'PersistentVolumeClaim').spec).toMatchObject({ volumeName: 'data', storageClassName: '' });
});

test('a directory keeps its path', () => {
  const chart = ran(pasted(ofVolume(CEPHFS_VOLUME).fix));
  expect(one(chart, 'PersistentVolume').spec).toMatchObject({ capacity: { storage: '9536Mi' }, accessModes: ['ReadWriteMany'], csi: { volumeAttributes: { rootPath: '/a/b' } } });
});

test('a class of ceph-csi without old parameters is not described', () => {
  expect(describeCsiParameters('rbd', 'fast', { clusterID: 'ceph', pool: 'kube' })).toBeUndefined();
});

describe('whatever is written in old objects, what is pasted of the fix is refused by a finding or synthesizes', () => {
  const value = fc.oneof(fc.string(), fc.constantFrom('10.0.0.1:6789', 'kube', 'admin', 'ceph-secret', 'layering,deep-flatten', '2', 'ext4', "it's", 'a\nb', '${x}', '*/'));
  const anything = fc.oneof(value, fc.constantFrom<any>(null, 1, true, [], ['10.0.0.1:6789'], { name: 'ceph-secret' }));
  /** Throws what is no finding. */
  const paste = (fix: string) => { thrown(() => codes(ran(pasted(fix)))); };

  test('of classes', () => {
    const keys = [...Object.keys(OLD_CLASS.parameters), 'dataPool', 'fsName', 'claimRoot', 'colour'];
    const classes = fc.record({
      provisioner: fc.constantFrom('ceph.com/rbd', 'kubernetes.io/rbd', 'ceph.com/cephfs', 'kubernetes.io/cephfs'),
      parameters: fc.dictionary(fc.constantFrom(...keys), anything, { noNullPrototype: true }),
      mountOptions: fc.oneof(fc.array(value), anything),
      reclaimPolicy: fc.constantFrom('Retain', 'Delete', 'Recycle', undefined),
    });
    fc.assert(fc.property(classes, fields => paste(ofClass({ ...fields, parameters: { ...fields.parameters, imageFormat: '2' } }).fix)), { numRuns: 150, seed: 20261126 });
  });

  test('of volumes', () => {
    const plain = { noNullPrototype: true };
    const source = fc.dictionary(fc.constantFrom('monitors', 'image', 'pool', 'path', 'user', 'keyring', 'secretRef', 'fsType', 'readOnly'), anything, plain)
      .map(fields => ({ ...fields, colour: 'red' })); // cdk8s leaves out what is empty
    const more = fc.oneof(anything, fc.constantFrom<any>({ storage: '10Gi' }, { storage: '1.5T' }, { storage: '' }, ['ReadOnlyMany'], { name: 'a', namespace: 'b' }));
    const spec = fc.dictionary(fc.constantFrom('capacity', 'accessModes', 'claimRef', 'mountOptions', 'volumeMode'), more, plain);
    const kind = fc.constantFrom('rbd', 'cephfs');
    fc.assert(fc.property(kind, source, spec, (name, written, rest) => {
      paste(ofVolume({ ...rest, [name]: written }).fix);
      paste(ofPod({ [name]: written }).fix);
    }), { numRuns: 150, seed: 20261126 });
  });
});
