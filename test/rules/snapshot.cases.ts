import { Chart } from 'cdk8s';
import { Cases } from './case';
import {
  CsiCapabilities, CsiDriver, Distribution, IPersistentVolumeClaim, NfsCsiDriver, PersistentVolumeClaim, PlatformProps, SnapshotController, SnapshotControllerProps,
  StorageClass, VolumeGroupSnapshotClass, VolumeGroupSnapshotClassProps, VolumeSnapshot, VolumeSnapshotClass, VolumeSnapshotClassProps, VolumeSnapshotProps,
} from '../../src';
import { object, testChart } from '../support';

/** A chart of a cluster in which somebody else installed the snapshot-controller, for groups as well. */
function withController(props: Partial<PlatformProps> = {}): Chart {
  const chart = testChart(props);
  SnapshotController.existing(chart, { groupSnapshots: true });
  return chart;
}

/** A chart of a cluster with a controller of ours. */
function withOurs(props: SnapshotControllerProps = {}): Chart {
  const chart = testChart();
  new SnapshotController(chart, 'Controller', props);
  return chart;
}

function driverOf(driverName: string, capabilities?: CsiCapabilities) {
  return CsiDriver.fromDriverName(driverName, { capabilities });
}

function snapshotClass(props: Partial<VolumeSnapshotClassProps> = {}, chart = withController(), capabilities: CsiCapabilities | undefined = { snapshot: true }) {
  return new VolumeSnapshotClass(chart, `Class-${chart.node.children.length}`, { name: 'daily', driver: driverOf('csi.example.com', capabilities), ...props });
}

const GROUPS: CsiCapabilities = { snapshot: true, groupSnapshot: true };

function groupClass(props: Partial<VolumeGroupSnapshotClassProps> = {}, chart = withController(), capabilities = GROUPS) {
  return new VolumeGroupSnapshotClass(chart, `GroupClass-${chart.node.children.length}`, { name: 'daily', driver: driverOf('csi.example.com', capabilities), ...props });
}

/** A claim that is there already, in the namespace apps. */
function claim(driverName = 'csi.example.com', capabilities: CsiCapabilities = { snapshot: true }): IPersistentVolumeClaim {
  const storageClass = StorageClass.fromStorageClassName('fast', { driver: driverOf(driverName, capabilities) });
  return PersistentVolumeClaim.fromClaimName('data', { namespace: 'apps', storageClass });
}

/** A snapshot of it, by a class that is there already. */
function snapshot(props: Partial<VolumeSnapshotProps> = {}, chart = withController()) {
  const named = VolumeSnapshotClass.fromVolumeSnapshotClassName('daily', { driver: driverOf('csi.example.com', { snapshot: true }) });
  return new VolumeSnapshot(chart, `Snapshot-${chart.node.children.length}`, { name: 'before-upgrade', claim: claim(), snapshotClass: named, ...props });
}

function changedBlocks(chart: Chart) {
  return new CsiDriver(chart, 'ChangedBlocks', {
    driverName: 'blocks.example.com',
    image: 'example.com/driver:v1',
    capabilities: { snapshot: true, changedBlocks: true },
    changedBlocks: { tlsSecretName: 'tls', caCertificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----' },
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
      'a group snapshot class without a controller': () => groupClass({}, testChart()),
      'a snapshot without a controller': () => snapshot({}, testChart()),
      'csi-driver-nfs with snapshots, without a controller': () => new NfsCsiDriver(testChart(), 'Driver', { snapshots: true }),
    },
    passes: {
      'a controller that comes later': () => {
        const built = snapshotClass({}, testChart());
        new SnapshotController(new Chart(built.node.root as any, 'later'), 'Controller');
        return built;
      },
      'a snapshot with a controller': () => snapshot(),
      'a controller of the distribution': () => snapshotClass({}, testChart({ distribution: Distribution.RKE2 })),
      'csi-driver-nfs without snapshots': () => new NfsCsiDriver(testChart(), 'Driver'),
    },
  },
  SNP004: {
    trips: {
      'a driver that takes none': () => snapshotClass({}, withController(), { clone: true }),
      'a snapshot of a volume of such a driver': () => snapshot({ claim: claim('csi.example.com', { clone: true }) }),
    },
    passes: {
      'a snapshot of a volume of a driver that does': () => snapshot(),
      'a driver that does': () => snapshotClass(),
      'a driver of which nothing is known': () => snapshotClass({ driver: CsiDriver.fromDriverName('csi.example.com') }),
    },
  },
  SNP005: {
    trips: {
      'a Secret by its parameter': () => snapshotClass({ parameters: { 'csi.storage.k8s.io/snapshotter-secret-name': 'credentials' } }),
      'a Secret of a group class by its parameter': () => groupClass({ parameters: { 'csi.storage.k8s.io/group-snapshotter-secret-name': 'credentials' } }),
      'a key that csi-snapshotter does not know': () => snapshotClass({ parameters: { 'csi.storage.k8s.io/fstype': 'ext4' } }),
    },
    passes: {
      'a parameter of the driver': () => snapshotClass({ parameters: { pool: 'backup' } }),
      'a parameter of the driver in a group class': () => groupClass({ parameters: { pool: 'backup' } }),
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
  SNP007: {
    trips: {
      'a group class with a controller without groups': () => groupClass({}, withOurs()),
      'a driver with groups and such a controller': () => new CsiDriver(withOurs(), 'Driver', {
        driverName: 'csi.example.com', image: 'driver:v1', capabilities: GROUPS,
      }),
      'a group class where the controller that is there is declared to be without groups': () => {
        const chart = testChart();
        SnapshotController.existing(chart, { groupSnapshots: false });
        return groupClass({}, chart);
      },
      'a group snapshot that the user wrote': () => object(withOurs(), 'VolumeGroupSnapshot', { metadata: { name: 'all' } }, 'groupsnapshot.storage.k8s.io/v1'),
    },
    passes: {
      'a group class with a controller that handles groups': () => groupClass({}, withOurs({ groupSnapshots: true })),
      'a driver with groups and such a controller': () => new CsiDriver(withOurs({ groupSnapshots: true }), 'Driver', {
        driverName: 'csi.example.com', image: 'driver:v1', capabilities: GROUPS,
      }),
      'a controller that is there, of which nothing is known': () => {
        const chart = testChart();
        SnapshotController.existing(chart);
        return groupClass({}, chart);
      },
      'a controller of the distribution, of which nothing is known': () => groupClass({}, testChart({ distribution: Distribution.RKE2 })),
      'a controller of the distribution that is declared to handle groups': () => groupClass({}, withController({ distribution: Distribution.RKE2 })),
      'a plain class with a controller without groups': () => snapshotClass({}, withOurs()),
    },
  },
  SNP008: {
    trips: {
      'a driver that takes only plain snapshots': () => groupClass({}, withController(), { snapshot: true }),
    },
    passes: {
      'a driver that takes groups': () => groupClass(),
      'a driver of which nothing is known': () => groupClass({ driver: CsiDriver.fromDriverName('csi.example.com') }),
    },
  },
  SNP009: {
    trips: {
      'two defaults of one driver': () => {
        const chart = withController();
        groupClass({ isDefault: true }, chart);
        return groupClass({ name: 'weekly', isDefault: true }, chart);
      },
    },
    passes: {
      'a default of each driver': () => {
        const chart = withController();
        groupClass({ isDefault: true }, chart);
        return groupClass({ name: 'weekly', isDefault: true, driver: driverOf('other.example.com', { groupSnapshot: true }) }, chart);
      },
      'a default of each kind for one driver': () => {
        const chart = withController();
        groupClass({ isDefault: true }, chart);
        return snapshotClass({ isDefault: true }, chart);
      },
    },
  },
  SNP010: {
    trips: {
      'a snapshot beside the namespace of its claim': () => snapshot({ namespace: 'backup' }),
    },
    passes: {
      'a snapshot in the namespace of its claim': () => snapshot({ namespace: 'apps' }),
      'a snapshot that says nothing of its namespace, in a chart of another': () => {
        const chart = testChart({}, { namespace: 'backup' });
        SnapshotController.existing(chart);
        return snapshot({}, chart);
      },
      'a claim whose namespace is not known': () => snapshot({ namespace: 'backup', claim: PersistentVolumeClaim.fromClaimName('data') }),
    },
  },
  SNP011: {
    trips: {
      'a class of another driver': () => snapshot({ claim: claim('other.example.com') }),
    },
    passes: {
      'a class of the same driver': () => snapshot(),
      'a claim of which nothing is known': () => snapshot({ claim: PersistentVolumeClaim.fromClaimName('data') }),
      'a class of which nothing is known': () => snapshot({ snapshotClass: VolumeSnapshotClass.fromVolumeSnapshotClassName('daily') }),
    },
  },
  SNP012: {
    trips: {
      'a snapshot without a class, beside a class that is not the default': () => {
        const chart = withController();
        snapshotClass({}, chart);
        return snapshot({ snapshotClass: undefined }, chart);
      },
    },
    passes: {
      'a snapshot without a class, beside the default one': () => {
        const chart = withController();
        snapshotClass({ isDefault: true }, chart);
        return snapshot({ snapshotClass: undefined }, chart);
      },
      'a snapshot without a class, in an app that writes none of its driver': () => {
        const chart = withController();
        snapshotClass({ driver: driverOf('other.example.com', { snapshot: true }) }, chart);
        return snapshot({ snapshotClass: undefined }, chart);
      },
      'a snapshot with a class that is not the default': () => {
        const chart = withController();
        return snapshot({ snapshotClass: snapshotClass({}, chart) }, chart);
      },
    },
  },
  SNP013: {
    trips: {
      'a class without a driver': () => snapshotClass({ driver: undefined }),
      'a parameter without a value': () => groupClass({ parameters: { pool: undefined as any } }),
      'a deletion policy that does not exist': () => snapshotClass({ deletionPolicy: 'Recycle' as any }),
      'a Secret by a parameter that is misspelt': () => snapshotClass({ parameters: { 'csi.storage.k8s.io:snapshotter-secret-name': 'credentials' } }),
      'a snapshot without a claim': () => snapshot({ claim: undefined }),
      'a claim by its name': () => snapshot({ claim: 'data' as any }),
    },
    passes: {
      'a parameter that is empty': () => groupClass({ parameters: { pool: '' } }),
      'a class of which the policy is left out': () => snapshotClass({ deletionPolicy: undefined }),
    },
  },
  SNP014: {
    trips: {
      'a controller of ours without the definition': () => changedBlocks(withOurs()),
      'a controller from elsewhere that is declared without it': () => {
        const chart = testChart();
        SnapshotController.existing(chart, { changedBlocks: false });
        return changedBlocks(chart);
      },
    },
    passes: {
      'a controller of ours with the definition': () => changedBlocks(withOurs({ changedBlocks: true })),
      'a controller of which nothing is said, which is unchecked': () => changedBlocks(withController()),
    },
  },
};
