import { Construct } from 'constructs';
import { CustomResource, IntegerFormat, ListType, PrinterColumnType, SchemaField } from 'cdk8s-storage';

const IMMUTABLE = { rule: 'self == oldSelf', message: 'cannot be changed' };

const spec = SchemaField.object({
  storageClassName: SchemaField.dnsSubdomain({ description: 'The StorageClass of the volume.', rules: [IMMUTABLE] }),
  size: SchemaField.quantity({
    description: 'How large the volume is at least. It can grow; what is smaller than before is refused by the controller, and a condition says so.',
    rules: [{ rule: "quantity(self).isGreaterThan(quantity('0'))", message: 'has to be above zero' }],
  }),
  accessModes: SchemaField.list(SchemaField.string({ allowed: ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadOnlyMany', 'ReadWriteMany'] }), {
    description: 'How many nodes, or pods, mount it.',
    listType: ListType.SET,
    minItems: 1,
    maxItems: 4,
    defaultValue: ['ReadWriteOnce'],
    rules: [IMMUTABLE, { rule: "self.size() == 1 || !('ReadWriteOncePod' in self)", message: 'ReadWriteOncePod goes with no other mode' }],
  }),
  snapshotPolicy: SchemaField.dnsLabel({ description: "The name of a SnapshotPolicy in the operator's namespace, by which snapshots are taken.", maxLength: 42 }),
  deletionPolicy: SchemaField.string({
    description: 'What becomes of the data when the Storage is deleted.', allowed: ['Retain', 'Delete', 'SnapshotThenDelete'], defaultValue: 'Retain',
  }),
  snapshotClassName: SchemaField.dnsSubdomain({ description: 'The VolumeSnapshotClass of the last snapshot; without it, the default one of the driver.' }),
  restoreFrom: SchemaField.object({
    snapshotName: SchemaField.dnsSubdomain({ description: 'A VolumeSnapshot in the same namespace.' }),
  }, { description: 'What is in the volume at first.', required: ['snapshotName'], rules: [IMMUTABLE] }),
}, {
  required: ['storageClassName', 'size'],
  rules: [
    { rule: "!has(self.snapshotClassName) || self.deletionPolicy == 'SnapshotThenDelete'", message: 'snapshotClassName is for deletionPolicy SnapshotThenDelete' },
    { rule: 'has(self.restoreFrom) == has(oldSelf.restoreFrom)', message: 'restoreFrom cannot be added or taken away' },
  ],
});

const status = SchemaField.object({
  observedGeneration: SchemaField.integer({ format: IntegerFormat.INT64, description: 'The generation of the Storage that this status is of.' }),
  conditions: SchemaField.conditions(),
  capacity: SchemaField.quantity({ description: 'How large the volume is.' }),
  claimName: SchemaField.dnsSubdomain({ description: 'The PersistentVolumeClaim.' }),
  volumeName: SchemaField.dnsSubdomain({ description: 'The PersistentVolume.' }),
  finalSnapshotName: SchemaField.dnsSubdomain({ description: 'The VolumeSnapshot that was taken before the deletion.' }),
  lastSnapshotTime: SchemaField.dateTime({ description: 'When the last run of the snapshot schedule succeeded.' }),
});

const ready = (what: string) => `.status.conditions[?(@.type=="Ready")].${what}`;

/** The kind Storage: a volume that grows, is backed up by snapshots, and is deleted as its owner says. */
export function storageResource(scope: Construct): CustomResource {
  return new CustomResource(scope, 'Storage', {
    group: 'storage.example.com',
    kind: 'Storage',
    shortNames: ['stg'],
    versions: [{
      name: 'v1',
      spec,
      status,
      printerColumns: [
        { name: 'Class', type: PrinterColumnType.STRING, jsonPath: '.spec.storageClassName' },
        { name: 'Requested', type: PrinterColumnType.STRING, jsonPath: '.spec.size' },
        { name: 'Capacity', type: PrinterColumnType.STRING, jsonPath: '.status.capacity' },
        { name: 'Ready', type: PrinterColumnType.STRING, jsonPath: ready('status') },
        { name: 'Reason', type: PrinterColumnType.STRING, jsonPath: ready('reason') },
        { name: 'Age', type: PrinterColumnType.DATE, jsonPath: '.metadata.creationTimestamp' },
      ],
    }],
  });
}
