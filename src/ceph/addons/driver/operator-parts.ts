import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { writeChangedBlocksService } from '../../../csi/changed-blocks';
import { CsiChangedBlocks } from '../../../csi/csi-driver-props';
import { Grant } from '../../../csi/rbac';
import { CONTROLLER_SIDECARS } from '../../../csi/sidecars';
import { ManifestProps } from '../../../manifest/manifest-props';

/** What a driver of the ceph-csi-operator gets for changed blocks. */
interface OperatorChangedBlocks {
  /** For `controllerPlugin.volumes` of the Driver: the operator mounts the volume of this name only, and where it looks for it. */
  readonly volume: object;
  /** For the account of the controller, in the whole cluster. */
  readonly grants: readonly Grant<never>[];
}

/**
 * Changed blocks of a driver of the ceph-csi-operator v1.0.4: it runs the sidecar where a SnapshotMetadataService of the driver's name is there
 * (hasSnapshotMetadataServiceCr), and reads the certificate from /tmp/certificates.
 */
export function operatorChangedBlocks(scope: Construct, driverName: string, namespace: string, options: CsiChangedBlocks, common: ManifestProps): OperatorChangedBlocks {
  writeChangedBlocksService(scope, { driverName, namespace, name: `${driverName.replace(/\./g, '-')}-snapshot-metadata`, selector: { app: `${driverName}-ctrlplugin` } }, options, common);
  const { grants } = CONTROLLER_SIDECARS.find(sidecar => sidecar.image === 'csi-snapshot-metadata')!;
  return {
    volume: {
      mount: { name: 'tls-key', mountPath: '/tmp/certificates', readOnly: true },
      volume: { name: 'tls-key', secret: { secretName: options.tlsSecretName } } satisfies k8s.Volume,
    },
    grants: grants as readonly Grant<never>[],
  };
}
