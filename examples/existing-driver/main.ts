import { App, Chart, Size } from 'cdk8s';
import {
  CsiDriver, Distribution, KubernetesVersion, Namespace, PersistentVolumeClaim, Platform, StorageClass, StorageQuota, VolumeAttributesClass, VolumeBindingMode,
} from 'cdk8s-storage';

export const app = new App();
// A managed cluster that brings its driver, and a class 'gp2' that is not marked as default.
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });

// Nothing is installed: the driver is described, so that what names it is checked against it.
const ebs = CsiDriver.fromDriverName('ebs.csi.aws.com', {
  capabilities: { attach: true, stage: true, block: true, expand: true, snapshot: true, topology: true, modify: true },
  controllerServiceAccount: { name: 'ebs-csi-controller-sa', namespace: 'kube-system' },
});

const classes = new Chart(app, 'classes');
const general = new StorageClass(classes, 'General', {
  name: 'gp3-encrypted',
  driver: ebs,
  parameters: { type: 'gp3', encrypted: 'true' },
  fsType: 'xfs',
  volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER,
  expansion: true,
  isDefault: true,
});
// What a volume may cost and do is changed while it is in use: by another of these in the claim.
const standard = new VolumeAttributesClass(classes, 'Standard', { name: 'gp3-standard', driver: ebs, parameters: { iops: '3000', throughput: '125' } });
new VolumeAttributesClass(classes, 'Fast', { name: 'gp3-fast', driver: ebs, parameters: { iops: '10000', throughput: '500' } });

const shop = new Chart(app, 'shop', { namespace: 'shop' });
new Namespace(shop, 'Namespace', { name: 'shop', holdsData: true });
new PersistentVolumeClaim(shop, 'Orders', { name: 'orders', storageClass: general, size: Size.gibibytes(100), volumeAttributesClass: standard });
// Last: while a quota is new and has not been counted, the API server refuses claims.
new StorageQuota(shop, 'Quota', { name: 'storage', storageClasses: [{ storageClass: general, size: Size.tebibytes(1), claims: 20 }] });

app.synth();
