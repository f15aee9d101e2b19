import { Chart, Size } from 'cdk8s';
import { Cases, nowhere } from './case';
import {
  CsiDriver, GitOpsTool, ManifestProps, Namespace, NfsCsiDriver, PersistentVolumeClaim, SecretReference, SnapshotController, StorageClass, SyncWaves, VolumeSnapshotClass,
} from '../../src';
import { nfs, object, testApp, testChart } from '../support';

function namespace(name: string) {
  return new Namespace(testChart(), 'Namespace', { name });
}

function claim(name: string, size = Size.gibibytes(1), chart = testChart({}, { namespace: 'web' })) {
  return new PersistentVolumeClaim(chart, `Claim-${chart.node.children.length}`, { name, size, storageClass: StorageClass.fromStorageClassName('fast') });
}

function common(props: ManifestProps) {
  return new Namespace(testChart(), 'Namespace', { name: 'web', ...props });
}

function waves(gitOps?: GitOpsTool) {
  const chart = testChart({ gitOps });
  SyncWaves.enable(chart);
  return chart;
}

export const MANIFEST_CASES: Cases = {
  MAN001: {
    trips: {
      'capitals': () => namespace('Web'),
      'an underscore': () => namespace('my_app'),
      'nothing': () => namespace(''),
      'a dot, where only a label goes': () => namespace('web.example'),
      '64 characters': () => namespace('a'.repeat(64)),
      'a line break at its end': () => namespace('web\n'),
      'a class with a blank': () => nfs(testChart()).addStorageClass('fast storage'),
      'a claim of 254 characters': () => claim('a'.repeat(254)),
      'the namespace of a chart': () => claim('data', Size.gibibytes(1), testChart({}, { namespace: 'Web' })),
      'a source of data without a name': () => new PersistentVolumeClaim(testChart(), 'Claim', {
        name: 'data', size: Size.gibibytes(1), storageClass: StorageClass.fromStorageClassName('fast'), dataSource: { dataSourceKind: 'Restore', dataSourceApiGroup: 'backup.example.com', dataSourceName: '' },
      }),
      'a reference to a class': nowhere(() => StorageClass.fromStorageClassName('Fast')),
      'a reference to no class at all': nowhere(() => StorageClass.fromStorageClassName('')),
      'a reference to a claim': nowhere(() => PersistentVolumeClaim.fromClaimName('my claim')),
      'a reference to a snapshot class': nowhere(() => VolumeSnapshotClass.fromVolumeSnapshotClassName('Daily')),
      'a Service for changed blocks of 64 characters': () => {
        const chart = testChart();
        SnapshotController.existing(chart, { changedBlocks: true });
        return new CsiDriver(chart, 'Driver', {
          driverName: 'csi.example.com', image: 'example.com/driver:v1', name: 'a'.repeat(46), capabilities: { snapshot: true, changedBlocks: true },
          changedBlocks: { tlsSecretName: 'tls', caCertificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----' },
        });
      },
      'a reference to a Secret': nowhere(() => SecretReference.fromName('s', '')),
      'a reference to an account in no namespace': nowhere(() => CsiDriver.fromDriverName('csi.example.com', { nodeServiceAccount: { name: 'a', namespace: '' } })),
      'a reference to an account': nowhere(() => CsiDriver.fromDriverName('csi.example.com', { controllerServiceAccount: { name: 'a b', namespace: 'c' } })),
    },
    passes: {
      '63 characters': () => namespace('a'.repeat(63)),
      'an object without a namespace, in a chart whose namespace is none': () => new Namespace(testChart({}, { namespace: 'Web' }), 'Namespace', { name: 'web' }),
      'a claim with dots': () => claim('data.web.example'),
      'a claim of 253 characters': () => claim('a'.repeat(253)),
    },
  },
  MAN002: {
    trips: {
      'one claim twice': () => {
        const chart = testChart({}, { namespace: 'web' });
        claim('data', Size.gibibytes(1), chart);
        return claim('data', Size.gibibytes(2), chart);
      },
      'one class in two charts': () => {
        const app = testApp();
        for (const name of ['a', 'b']) {
          nfs(new Chart(app, name), { secretName: name }).addStorageClass('fast');
        }
        return app;
      },
      'one class twice in one storage': () => {
        const storage = nfs(testChart());
        storage.addStorageClass('fast');
        return storage.addStorageClass('fast');
      },
      'an object that the user wrote beside ours': () => {
        const built = namespace('web');
        object(new Chart(built.node.root as any, 'other'), 'Namespace', { metadata: { name: 'web' } });
        return built;
      },
      'two drivers with the same object names': () => {
        const chart = testChart();
        new NfsCsiDriver(chart, 'First');
        return new NfsCsiDriver(chart, 'Second', { driverName: 'nfs2.example.com', name: 'csi-nfs', ports: { controllerHealth: 1024, nodeHealth: 1025, registrarHealth: 1026 } });
      },
    },
    passes: {
      'one name in two namespaces': () => {
        const app = testApp();
        return ['a', 'b'].map(name => claim('data', Size.gibibytes(1), new Chart(app, name, { namespace: name })))[0];
      },
      'one name for two kinds': () => {
        const storage = nfs(testChart());
        storage.addStorageClass('fast');
        return storage.addStaticVolume('fast', { capacity: Size.gibibytes(1) });
      },
    },
  },
  MAN003: {
    trips: {
      'a label value with a blank': () => common({ labels: { team: 'data base' } }),
      'a label value of 64 characters': () => common({ labels: { team: 'a'.repeat(64) } }),
      'a label whose domain is in capitals': () => common({ labels: { 'Example.com/team': 'a' } }),
      'a label key with two slashes': () => common({ labels: { 'example.com/a/b': '' } }),
      'a label key without a name': () => common({ labels: { 'example.com/': '' } }),
      'an annotation key that is empty': () => common({ annotations: { '': 'x' } }),
      'annotations of more than 256 KiB': () => common({ annotations: { note: 'x'.repeat(256 * 1024) } }),
    },
    passes: {
      'annotations of 256 KiB': () => common({ annotations: { note: 'x'.repeat(256 * 1024 - 'note'.length) } }),
      'an empty label value': () => common({ labels: { 'example.com/team': '' } }),
      'prose in an annotation': () => common({ annotations: { 'example.com/note': 'ask the Über team,\nplease' } }),
    },
  },
  MAN004: {
    trips: {
      'nothing': () => claim('data', Size.gibibytes(0)),
      'not a number': () => claim('data', Size.gibibytes(NaN)),
      'more than any notation': () => claim('data', Size.gibibytes(1e21)),
      'less than any notation': () => claim('data', Size.gibibytes(1e-7)),
      'a memory limit of nothing': () => new NfsCsiDriver(testChart(), 'Driver', { node: { memoryLimit: Size.mebibytes(0) } }),
    },
    passes: {
      'a fraction': () => claim('data', Size.gibibytes(1.5)),
    },
  },
  MAN006: {
    trips: {
      'the namespace of the control plane, for a driver': () => new NfsCsiDriver(testChart(), 'Driver', { namespace: 'kube-system' }),
      'default': () => new Namespace(testChart(), 'Namespace', { name: 'default' }),
    },
    passes: {
      'the namespace of the control plane, not written': () => new NfsCsiDriver(testChart(), 'Driver', { namespace: 'kube-system', createNamespace: false }),
    },
  },
  MAN005: {
    trips: {
      'nothing declared': () => waves(),
      'Flux': () => waves(GitOpsTool.FLUX),
    },
    passes: {
      'Argo CD': () => waves(GitOpsTool.ARGO_CD),
    },
  },
};
