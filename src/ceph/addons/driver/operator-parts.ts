import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { writeChangedBlocksService } from '../../../csi/changed-blocks';
import { CsiChangedBlocks } from '../../../csi/csi-driver-props';
import { ManifestProps } from '../../../manifest/manifest-props';
import { DriverKind } from '../../driver/driver-kind';

/** By which pods are found that ceph-csi-operator wrote. */
export const operatedPods = (driverName: string, component: string) => ({ app: `${driverName}-${component === 'controller' ? 'ctrlplugin' : 'nodeplugin'}` });

/** The volume with the certificate of changed blocks, as the operator wants it called. */
export const CERTIFICATE = 'tls-key';

/** Where the sidecar of such a controller listens. */
export const operatedAddonsPort = ({ type }: DriverKind) => (type === 'rbd' ? 9070 : 9080);

/**
 * Changed blocks of a driver of the ceph-csi-operator v1.0.4: it runs the sidecar where a SnapshotMetadataService of the driver's name is there
 * (hasSnapshotMetadataServiceCr), and reads the certificate from /tmp/certificates.
 *
 * @returns for `controllerPlugin.volumes` of the Driver: the operator mounts the volume of this name only, and where it looks for it
 */
export function operatedChangedBlocks(scope: Construct, driverName: string, namespace: string, options: CsiChangedBlocks, common: ManifestProps): object {
  writeChangedBlocksService(scope, { driverName, namespace, name: `${driverName.replace(/\./g, '-')}-snapshot-metadata`, selector: operatedPods(driverName, 'controller') }, options, common);
  return {
    mount: { name: CERTIFICATE, mountPath: '/tmp/certificates', readOnly: true },
    volume: { name: CERTIFICATE, secret: { secretName: options.tlsSecretName } } satisfies k8s.Volume,
  };
}
