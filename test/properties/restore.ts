import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import { accessModes, common, flag, id, label, members, mostly, name, size, some, Step, text } from './basics';
import {
  ClaimTemplate, CsiDriver, ExistingVolumeSnapshotOptions, ICsiDriver, ImportedSnapshot, IVolumeSnapshot, PersistentVolumeClaim, Restore, SnapshotDeletionPolicy, StorageClass,
  VolumeMode, VolumeSnapshot,
} from '../../src';

const capabilities = mostly(fc.constant({ snapshot: true, expand: true, block: true }), some({ snapshot: flag, expand: flag, block: flag }, []));
const driver = capabilities.map(able => CsiDriver.fromDriverName('csi.example.com', { capabilities: able }));
const volumeMode = mostly<VolumeMode | undefined>(fc.constant(undefined), members(VolumeMode));

/** A snapshot that is there, of a claim of which more or less is known. */
const taken = fc.record({ snapshot: name, claim: name, known: some({ size, volumeMode }, []), place: mostly(fc.constant('apps'), label) });

const options = { ...common, size: fc.constant(Size.tebibytes(1)), accessModes, volumeMode, sourceIsGone: flag };
const handle = text(['projects/p/snapshots/s', 'snap-0a1b'], ['snapcontent-3f2a9c11-0d57']);
const into = { ...common, name, snapshotHandle: handle, contentName: name };
const imported = some({ ...into, namespace: label, deletionPolicy: members(SnapshotDeletionPolicy), size, volumeMode, allowVolumeModeChange: mostly(fc.constant(false), flag) }, ['name', 'snapshotHandle', 'namespace']);

interface Taken { readonly snapshot: string; readonly claim: string; readonly known: ExistingVolumeSnapshotOptions; readonly place: string }

const asSnapshot = (able: ICsiDriver, { snapshot, claim, known, place }: Taken, sourceClaim = true): IVolumeSnapshot => {
  const storageClass = StorageClass.fromStorageClassName('fast', { driver: able });
  const existing: ExistingVolumeSnapshotOptions = { namespace: place, ...known };
  const of = sourceClaim ? { sourceClaim: PersistentVolumeClaim.fromClaimName(claim, { namespace: place, storageClass }) } : {};
  return VolumeSnapshot.fromVolumeSnapshotName(snapshot, { ...existing, ...of });
};

export const restoreSteps: fc.Arbitrary<Step>[] = [
  fc.tuple(driver, taken, some({ ...options, name: text(['restored', 'orders-restored'], ['data']) }, ['name', 'size']), flag).map(([able, known, props, isKnown]) => chart => {
    Restore.fromSnapshot(chart, id(), asSnapshot(able, known, isKnown), { storageClass: StorageClass.fromStorageClassName('fast', { driver: able }), ...props });
  }),
  fc.tuple(driver, fc.uniqueArray(taken, { selector: ({ snapshot }) => snapshot, maxLength: 3 }), some({ ...options, statefulSet: text(['db', 'queue']) }, ['statefulSet', 'size']), flag)
    .map(([able, known, props, byTemplate]) => chart => {
      const storageClass = StorageClass.fromStorageClassName('fast', { driver: able });
      const template = byTemplate ? { template: new ClaimTemplate({ name: 'data', storageClass, size: Size.tebibytes(1) }) } : { templateName: 'data', storageClass };
      Restore.statefulSet(chart, id(), { ...template, ...props, snapshots: known.map(one => asSnapshot(able, { ...one, place: 'apps' })) });
    }),
  fc.tuple(driver, imported).map(([able, props]) => chart => {
    const snapshot = new ImportedSnapshot(chart, id(), { ...props, driver: able });
    Restore.fromSnapshot(chart, id(), snapshot, { name: 'imported', storageClass: StorageClass.fromStorageClassName('fast', { driver: able }), size: Size.tebibytes(1) });
  }),
  fc.tuple(driver, taken, some({ ...into, namespace: text(['staging'], ['apps']) }, ['name', 'snapshotHandle', 'namespace'])).map(([able, known, props]) => chart => {
    ImportedSnapshot.ofOtherNamespace(chart, id(), asSnapshot(able, known), props);
  }),
];
