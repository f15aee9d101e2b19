import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { CsiChangedBlocks } from './csi-driver-props';
import { DriverParts } from './driver-parts';
import { CSI_RULES } from './rules';
import { SNAPSHOT_METADATA_PORT } from './sidecars';
import { SnapshotMetadataService } from '../../imports/cbt.storage.k8s.io';
import { fail } from '../findings/report';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkLabel, checkSubdomain } from '../manifest/validate';

const PORT = 6443;
const PEM = /^\s*-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*$/;

/** Where backup programs ask which blocks changed: a Service in front of csi-snapshot-metadata, and the object by which they find it. */
export function writeChangedBlocks(scope: Construct, parts: DriverParts, options: CsiChangedBlocks, common: ManifestProps): void {
  const name = `${parts.pluginName}-snapshot-metadata`;
  checkLabel(scope, 'the name of the Service for changed blocks', name);
  checkSubdomain(scope, 'changedBlocks.tlsSecretName', options.tlsSecretName);
  if (options.audience === '') {
    fail(scope, CSI_RULES.CSI013, { what: 'changedBlocks.audience', problem: 'no token is made out for nobody', expected: "leave it out for the driver's name" });
  }
  if (!PEM.test(options.caCertificate ?? '')) {
    fail(scope, CSI_RULES.CSI013, {
      what: 'changedBlocks.caCertificate', problem: 'it is no certificate in PEM', expected: "give the text from '-----BEGIN CERTIFICATE-----' to '-----END CERTIFICATE-----'",
    });
  }
  emit(scope, 'SnapshotMetadata', k8s.KubeService.manifest({
    metadata: { name, namespace: parts.namespace },
    spec: {
      selector: parts.selector('controller'),
      ports: [{ name: 'snapshot-metadata', port: PORT, targetPort: k8s.IntOrString.fromNumber(SNAPSHOT_METADATA_PORT) }],
    },
  }), common);
  emit(scope, 'SnapshotMetadataService', SnapshotMetadataService.manifest({
    metadata: { name: parts.driverName },
    spec: {
      address: `${name}.${parts.namespace}:${PORT}`,
      audience: options.audience ?? parts.driverName,
      caCert: Buffer.from(options.caCertificate).toString('base64'),
    },
  }), common);
}
