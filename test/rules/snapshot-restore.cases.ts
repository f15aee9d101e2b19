import { ApiObject, Chart, Size } from 'cdk8s';
import { Cases } from './case';
import {
  AccessMode, ClaimTemplate, ClaimTemplateProps, CsiDriver, ExistingVolumeSnapshotOptions, GitOpsTool, ImportedSnapshot, ImportedSnapshotProps, IVolumeSnapshot, OtherNamespaceOptions,
  PersistentVolumeClaim, PlatformProps, Restore, RestoreProps, SnapshotController, SnapshotDeletionPolicy, StatefulSetRestoreProps, StorageClass, VolumeMode, VolumeSnapshot,
  VolumeSnapshotClass,
} from '../../src';
import { object, testChart } from '../support';

const GIBIBYTE = Size.gibibytes(1);
const DRIVER = CsiDriver.fromDriverName('csi.example.com', { capabilities: { snapshot: true, expand: true, block: true } });
const OTHER_DRIVER = CsiDriver.fromDriverName('other.example.com', { capabilities: { snapshot: true } });
const FAST = StorageClass.fromStorageClassName('fast', { driver: DRIVER });

function apps(platform: Partial<PlatformProps> = {}): Chart {
  const chart = testChart(platform, { namespace: 'apps' });
  SnapshotController.existing(chart);
  return chart;
}

/** A snapshot that is there, of a claim of that name in the namespace apps. */
function taken(claimName: string, options: Partial<ExistingVolumeSnapshotOptions> = {}): IVolumeSnapshot {
  const sourceClaim = PersistentVolumeClaim.fromClaimName(claimName, { namespace: 'apps', storageClass: FAST, size: GIBIBYTE, volumeMode: VolumeMode.FILESYSTEM });
  return VolumeSnapshot.fromVolumeSnapshotName(`nightly-${claimName}`, { sourceClaim, ...options });
}

function restore(snapshot: any = taken('orders'), props: Partial<RestoreProps> = {}) {
  return Restore.fromSnapshot(apps(), 'Restored', snapshot, { name: 'orders-restored', ...props });
}

/** Member 0 and member 1 of `old`. */
const MEMBERS = [taken('data-old-0'), taken('data-old-1')];

function members(props: Partial<StatefulSetRestoreProps> = {}, chart = apps()) {
  return Restore.statefulSet(chart, 'Restore', { statefulSet: 'db', templateName: 'data', snapshots: MEMBERS, ...props });
}

function statefulSet(chart: Chart, template: Partial<ClaimTemplateProps> = {}, spec: object = { replicas: 2 }): ApiObject {
  const workload = object(chart, 'StatefulSet', { metadata: { name: 'db' }, spec: { template: { spec: { containers: [{ name: 'db', image: 'postgres:17' }] } }, ...spec } }, 'apps/v1');
  new ClaimTemplate({ name: 'data', storageClass: FAST, size: GIBIBYTE, ...template }).addTo(workload);
  return workload;
}

/** The restore of two members, and after it a StatefulSet for them. */
function used(template: Partial<ClaimTemplateProps> = {}, spec?: object, props: Partial<StatefulSetRestoreProps> = {}) {
  const chart = apps();
  const restored = members(props, chart);
  statefulSet(chart, template, spec);
  return restored;
}

function imported(props: Partial<ImportedSnapshotProps> = {}, chart = apps()) {
  return new ImportedSnapshot(chart, `Imported-${chart.node.children.length}`, { name: 'orders', snapshotHandle: 'snap-1', driver: DRIVER, ...props });
}

function twice(first: Partial<ImportedSnapshotProps>, second: Partial<ImportedSnapshotProps>) {
  const chart = apps();
  imported(first, chart);
  return imported({ name: 'again', ...second }, chart);
}

function copied(deletionPolicy?: SnapshotDeletionPolicy, options: Partial<OtherNamespaceOptions> = {}) {
  const snapshotClass = VolumeSnapshotClass.fromVolumeSnapshotClassName('daily', { driver: DRIVER, deletionPolicy });
  return ImportedSnapshot.ofOtherNamespace(apps(), 'Copy', taken('orders', { snapshotClass }), { name: 'orders', snapshotHandle: 'snap-1', namespace: 'staging', ...options });
}

export const RESTORE_CASES: Cases = {
  SNP040: {
    trips: {
      'the name of the claim that was taken': () => restore(taken('orders'), { name: 'orders' }),
      'that of a claim of which the namespace is not known': () => restore(
        VolumeSnapshot.fromVolumeSnapshotName('nightly', { sourceClaim: PersistentVolumeClaim.fromClaimName('orders', { storageClass: FAST }), size: GIBIBYTE }), { name: 'orders' }),
      'the claims of the same StatefulSet': () => members({ statefulSet: 'old' }),
    },
    passes: {
      'another name': () => restore(),
      'a claim that was deleted knowingly': () => restore(taken('orders'), { name: 'orders', sourceIsGone: true }),
      'a claim that is not known, which is unchecked': () => restore(VolumeSnapshot.fromVolumeSnapshotName('nightly'), { name: 'orders', storageClass: FAST, size: GIBIBYTE }),
      'a StatefulSet beside the old one': () => members(),
      'a StatefulSet whose claims were deleted': () => members({ statefulSet: 'old', sourceIsGone: true }),
      'the same name in another namespace': () => {
        const chart = apps();
        const copy = imported({ namespace: 'staging', size: GIBIBYTE, sourceClaim: taken('orders').sourceClaim }, chart);
        return Restore.fromSnapshot(chart, 'Restored', copy, { name: 'orders' });
      },
    },
  },
  SNP041: {
    trips: {
      'no snapshot': () => restore(null),
      'a snapshot by its name': () => restore('nightly'),
      'neither a class nor the claim that had one': () => restore(VolumeSnapshot.fromVolumeSnapshotName('nightly'), { size: GIBIBYTE }),
      'no size at all': () => restore(VolumeSnapshot.fromVolumeSnapshotName('nightly'), { storageClass: FAST }),
      'a member without a snapshot': () => members({ snapshots: [MEMBERS[0], undefined as any] }),
      'a copy into the namespace of the original': () => copied(SnapshotDeletionPolicy.RETAIN, { namespace: 'apps' }),
    },
    passes: {
      'a class and a size that are given': () => restore(VolumeSnapshot.fromVolumeSnapshotName('nightly'), { storageClass: FAST, size: GIBIBYTE }),
      'what is known of the claim': () => restore(),
      'a copy into another namespace': () => copied(SnapshotDeletionPolicy.RETAIN),
    },
  },
  SNP042: {
    trips: {
      'an empty list': () => members({ snapshots: [] }),
      'no list': () => members({ snapshots: 'nightly' as any }),
      'no snapshots': () => members({ snapshots: undefined }),
      'snapshots in both ways': () => members({ snapshotsByOrdinal: { 0: MEMBERS[0] } }),
      'no number': () => members({ snapshots: undefined, snapshotsByOrdinal: { first: MEMBERS[0] } }),
      'one snapshot for two members': () => members({ snapshots: [MEMBERS[0], MEMBERS[0]] }),
      'snapshots of two drivers': () => members({ snapshots: [MEMBERS[0], taken('data-old-1', { driver: OTHER_DRIVER })] }),
      'no template': () => members({ templateName: undefined }),
      'a template by its name': () => members({ templateName: undefined, template: 'data' as any }),
      'a template in both ways': () => members({ template: new ClaimTemplate({ name: 'data', storageClass: FAST, size: GIBIBYTE }) }),
      'a name that is too long for the labels of its pods': () => members({ statefulSet: 'd'.repeat(53) }),
      'a StatefulSet without that template': () => used({ name: 'log' }),
      'a StatefulSet without any template': () => {
        const chart = apps();
        const restored = members({}, chart);
        object(chart, 'StatefulSet', { metadata: { name: 'db' }, spec: { replicas: 2, template: { spec: {} } } }, 'apps/v1');
        return restored;
      },
      'a restore after its StatefulSet, where kubectl applies': () => {
        const chart = apps();
        statefulSet(chart);
        return members({}, chart);
      },
    },
    passes: {
      'one snapshot for each member': () => used(),
      'some members, of which nobody knows the StatefulSet': () => members({ snapshots: undefined, snapshotsByOrdinal: { 1: MEMBERS[1] } }),
      'a name that just fits': () => members({ statefulSet: 'd'.repeat(52) }),
      'a restore after its StatefulSet, where a tool sorts by kind': () => {
        const chart = apps({ gitOps: GitOpsTool.ARGO_CD });
        statefulSet(chart);
        return members({}, chart);
      },
    },
  },
  SNP043: {
    trips: {
      'a member too few': () => used({}, { replicas: 3 }),
      'a member that was left out': () => used({}, { replicas: 2 }, { snapshots: undefined, snapshotsByOrdinal: { 1: MEMBERS[1] } }),
      'many': () => used({}, { replicas: 20 }),
      'members that are counted from another number': () => used({}, { replicas: 2, ordinals: { start: 1 } }),
    },
    passes: {
      'all': () => used(),
      'all, by their numbers': () => used({}, { replicas: 2, ordinals: { start: 5 } }, { snapshots: undefined, snapshotsByOrdinal: { 5: MEMBERS[0], 6: MEMBERS[1] } }),
      'one, where there is one': () => used({}, {}, { snapshots: [MEMBERS[0]] }),
    },
  },
  SNP044: {
    trips: {
      'a template for devices': () => used({ volumeMode: VolumeMode.BLOCK }),
    },
    passes: {
      'a template for file systems that says so': () => used({ volumeMode: VolumeMode.FILESYSTEM }),
    },
  },
  SNP045: {
    trips: {
      'another size': () => used({}, undefined, { size: Size.gibibytes(2) }),
      'other access modes': () => used({}, undefined, { accessModes: [AccessMode.READ_WRITE_ONCE_POD] }),
      'another class': () => used({}, undefined, { storageClass: StorageClass.fromStorageClassName('slow', { driver: DRIVER }) }),
    },
    passes: {
      'the same size, otherwise written': () => used({}, undefined, { size: Size.mebibytes(1024) }),
      'a StatefulSet of that name in another namespace': () => {
        const chart = apps();
        const restored = members({}, chart);
        statefulSet(new Chart(chart.node.root as any, 'elsewhere', { namespace: 'elsewhere' }), { storageClass: StorageClass.fromStorageClassName('slow', { driver: DRIVER }) });
        return restored;
      },
    },
  },
  SNP046: {
    trips: {
      'a copy beside one that the user wrote with Delete': () => {
        const chart = apps();
        const spec = { driver: 'csi.example.com', deletionPolicy: 'Delete', source: { snapshotHandle: 'snap-1' }, volumeSnapshotRef: { name: 'orders', namespace: 'apps' } };
        object(chart, 'VolumeSnapshotContent', { metadata: { name: 'theirs' }, spec }, 'snapshot.storage.k8s.io/v1');
        return imported({}, chart);
      },
    },
    passes: {
      'two that keep it': () => twice({}, {}),
      'two handles': () => twice({}, { snapshotHandle: 'snap-2' }),
      'one handle of two drivers': () => twice({}, { driver: OTHER_DRIVER }),
    },
  },
  SNP047: {
    trips: {
      Delete: () => imported({ deletionPolicy: SnapshotDeletionPolicy.DELETE }),
    },
    passes: {
      Retain: () => imported({ deletionPolicy: SnapshotDeletionPolicy.RETAIN }),
      nothing: () => imported(),
    },
  },
  SNP048: {
    trips: {
      'a snapshot whose mode may change': () => imported({ allowVolumeModeChange: true, volumeMode: VolumeMode.BLOCK }),
    },
    passes: {
      'one whose mode may not': () => imported({ allowVolumeModeChange: false, volumeMode: VolumeMode.BLOCK }),
    },
  },
  SNP049: {
    trips: {
      'an original that is deleted with its object': () => copied(SnapshotDeletionPolicy.DELETE),
    },
    passes: {
      'an original that is kept': () => copied(SnapshotDeletionPolicy.RETAIN),
      'an original of which nothing is known, which is unchecked': () => copied(),
    },
  },
};
