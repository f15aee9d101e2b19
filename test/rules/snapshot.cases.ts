import { Chart } from 'cdk8s';
import { Cases } from './case';
import { CsiCapabilities, CsiDriver, Distribution, NfsCsiDriver, PlatformProps, SnapshotController, VolumeSnapshotClass, VolumeSnapshotClassProps } from '../../src';
import { testChart } from '../support';

/** A chart of a cluster in which somebody else installed the snapshot-controller. */
function withController(props: Partial<PlatformProps> = {}): Chart {
  const chart = testChart(props);
  SnapshotController.existing(chart);
  return chart;
}

function snapshotClass(props: Partial<VolumeSnapshotClassProps> = {}, chart = withController(), capabilities: CsiCapabilities | undefined = { snapshot: true }) {
  return new VolumeSnapshotClass(chart, `Class-${chart.node.children.length}`, {
    name: 'daily', driver: CsiDriver.fromDriverName('csi.example.com', { capabilities }), ...props,
  });
}

export const SNAPSHOT_CASES: Cases = {
  SNP001: {
    trips: {
      'two controllers': () => {
        const chart = testChart();
        new SnapshotController(chart, 'First');
        return new SnapshotController(chart, 'Second', { namespace: 'other' });
      },
      'one beside one that is there': () => new SnapshotController(withController(), 'Controller'),
    },
    passes: {
      'one controller': () => new SnapshotController(testChart(), 'Controller'),
    },
  },
  SNP002: {
    trips: {
      'on RKE2': () => new SnapshotController(testChart({ distribution: Distribution.RKE2 }), 'Controller'),
      'on OpenShift': () => new SnapshotController(testChart({ distribution: Distribution.OPENSHIFT }), 'Controller'),
    },
    passes: {
      'on K3s': () => new SnapshotController(testChart({ distribution: Distribution.K3S }), 'Controller'),
      'on an RKE2 whose controller was switched off': () => new SnapshotController(
        testChart({ distribution: Distribution.custom({ name: 'rke2', snapshotController: false }) }), 'Controller'),
    },
  },
  SNP003: {
    trips: {
      'a class without a controller': () => snapshotClass({}, testChart()),
      'csi-driver-nfs with snapshots, without a controller': () => new NfsCsiDriver(testChart(), 'Driver', { snapshots: true }),
    },
    passes: {
      'a controller that comes later': () => {
        const built = snapshotClass({}, testChart());
        new SnapshotController(new Chart(built.node.root as any, 'later'), 'Controller');
        return built;
      },
      'a controller of the distribution': () => snapshotClass({}, testChart({ distribution: Distribution.RKE2 })),
      'csi-driver-nfs without snapshots': () => new NfsCsiDriver(testChart(), 'Driver'),
    },
  },
  SNP004: {
    trips: {
      'a driver that takes none': () => snapshotClass({}, withController(), { clone: true }),
    },
    passes: {
      'a driver that does': () => snapshotClass(),
      'a driver of which nothing is known': () => snapshotClass({ driver: CsiDriver.fromDriverName('csi.example.com') }),
    },
  },
  SNP005: {
    trips: {
      'a Secret by its parameter': () => snapshotClass({ parameters: { 'csi.storage.k8s.io/snapshotter-secret-name': 'credentials' } }),
    },
    passes: {
      'a parameter of the driver': () => snapshotClass({ parameters: { pool: 'backup' } }),
    },
  },
  SNP006: {
    trips: {
      'two defaults of one driver': () => {
        const chart = withController();
        snapshotClass({ isDefault: true }, chart);
        return snapshotClass({ name: 'weekly', isDefault: true }, chart);
      },
    },
    passes: {
      'a default of each driver': () => {
        const chart = withController();
        snapshotClass({ isDefault: true }, chart);
        return snapshotClass({ name: 'weekly', isDefault: true, driver: CsiDriver.fromDriverName('other.example.com', { capabilities: { snapshot: true } }) }, chart);
      },
    },
  },
};
