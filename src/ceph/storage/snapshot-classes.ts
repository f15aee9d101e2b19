import { Construct } from 'constructs';
import { CephGroupSnapshotClassOptions, CephSnapshotClassOptions } from './snapshot-class-options';
import { classParameters, StorageInput } from './storage-parts';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { SecretReference } from '../../csi/secret-reference';
import { ManifestProps } from '../../manifest/manifest-props';
import { freeId, merged } from '../../manifest/named-child';
import { VolumeGroupSnapshotClass } from '../../snapshot/volume-group-snapshot-class';
import { VolumeSnapshotClass } from '../../snapshot/volume-snapshot-class';

/** What a storage gives its snapshot classes. */
interface Parts {
  readonly driver: ICsiDriver;
  /** The provisioner's Secret, granted. */
  readonly provisioner: SecretReference;
  readonly props: StorageInput & ManifestProps;
}

/** Adds a VolumeSnapshotClass to a storage. */
export function snapshotClass(scope: Construct, { driver, provisioner, props }: Parts, name: string, options: CephSnapshotClassOptions): VolumeSnapshotClass {
  const { snapshotNamePrefix } = options;
  return new VolumeSnapshotClass(scope, freeId(scope, `SnapshotClass-${name}`, 'VolumeSnapshotClass', name), {
    ...merged(props, options),
    name,
    driver,
    deletionPolicy: options.deletionPolicy,
    parameters: classParameters(scope, { clusterID: props.cluster.clusterId, snapshotNamePrefix }),
    secrets: { snapshotter: provisioner },
    isDefault: options.isDefault,
  });
}

/** Adds a VolumeGroupSnapshotClass to a storage. @param place the pool or the file system that its groups are in */
export function groupSnapshotClass(
  scope: Construct, { driver, provisioner, props }: Parts, place: { readonly pool: string } | { readonly fsName: string }, name: string, options: CephGroupSnapshotClassOptions,
): VolumeGroupSnapshotClass {
  const { volumeGroupNamePrefix } = options;
  return new VolumeGroupSnapshotClass(scope, freeId(scope, `GroupSnapshotClass-${name}`, 'VolumeGroupSnapshotClass', name), {
    ...merged(props, options),
    name,
    driver,
    deletionPolicy: options.deletionPolicy,
    parameters: classParameters(scope, { clusterID: props.cluster.clusterId, ...place, volumeGroupNamePrefix }),
    secrets: { groupSnapshotter: provisioner, groupSnapshotterGet: provisioner },
    isDefault: options.isDefault,
  });
}
