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

/** Which pods serve changed blocks, and what their Service is called. */
interface Served {
  readonly driverName: string;
  readonly name: string;
  readonly namespace: string;
  readonly selector: Record<string, string>;
}

/** Where backup programs ask which blocks changed, of a driver whose pods are written here. */
export function writeChangedBlocks(scope: Construct, parts: DriverParts, options: CsiChangedBlocks, common: ManifestProps): void {
  const { driverName, namespace } = parts;
  writeChangedBlocksService(scope, { driverName, namespace, name: `${parts.pluginName}-snapshot-metadata`, selector: parts.selector('controller') }, options, common);
}

/** A Service in front of csi-snapshot-metadata, and the object by which backup programs find it. */
export function writeChangedBlocksService(scope: Construct, served: Served, options: CsiChangedBlocks, common: ManifestProps): void {
  const { driverName, name, namespace, selector } = served;
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
    metadata: { name, namespace },
    spec: {
      selector,
      ports: [{ name: 'snapshot-metadata', port: PORT, targetPort: k8s.IntOrString.fromNumber(SNAPSHOT_METADATA_PORT) }],
    },
  }), common);
  emit(scope, 'SnapshotMetadataService', SnapshotMetadataService.manifest({
    metadata: { name: driverName },
    spec: {
      address: `${name}.${namespace}:${PORT}`,
      audience: options.audience ?? driverName,
      caCert: Buffer.from(options.caCertificate).toString('base64'),
    },
  }), common);
}
