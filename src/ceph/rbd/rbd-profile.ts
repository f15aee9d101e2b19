import { IConstruct } from 'constructs';
import { addProfile, ClaimFacts, ClassFacts, DriverProfile, VolumeFacts } from '../../csi/driver-profile';
import { fail, report } from '../../findings/report';
import { factsOf } from '../driver/driver-facts';
import { checkRbdMountOptions, checkRbdParameters } from '../image/render';
import { CEPH_KMS_RULES } from '../kms/rules';
import { refuseMonitors } from '../legacy/csi-parameters';
import { CEPH_RULES } from '../rules';
import { checkClassWiring, checkCopy, checkSnapshotClass, checkStaticVolume } from '../storage/profile-checks';

const MAP_MOUNTER = 'rbd-nbd';

/** Of a VolumeAttributesClass: what the kernel keeps, by cgroups; all others are kept by rbd-nbd. */
const KERNEL_LIMITS = ['maxReadIops', 'maxWriteIops', 'maxReadBps', 'maxWriteBps'];

function checkClass(scope: IConstruct, facts: ClassFacts): void {
  refuseMonitors(scope, 'rbd', facts);
  checkRbdParameters(scope, facts.parameters, { volumeBindingMode: facts.volumeBindingMode, domainLabels: facts.driver && factsOf(facts.driver).domainLabels });
  checkRbdMountOptions(scope, facts.mountOptions, facts.reserved.fstype);
  checkClassWiring(scope, facts, ['clusterID', ...(facts.parameters.topologyConstrainedPools === undefined ? ['pool'] : [])], facts.parameters.mounter === MAP_MOUNTER);
}

/** CEPH013 */
function checkDevice(scope: IConstruct, accessModes: readonly string[], volumeMode: string | undefined): void {
  if (volumeMode === 'Block' && accessModes.includes('ReadWriteMany')) {
    report(scope, CEPH_RULES.CEPH013);
  }
}

/** CEPH012, CEPH013, CEPH021, CEPH023, CEPH067 */
function checkClaim(scope: IConstruct, facts: ClaimFacts): void {
  const { accessModes, volumeMode, isFilled, parameters = {}, attributes = {} } = facts;
  checkCopy(scope, facts);
  const [many, once] = [accessModes.includes('ReadOnlyMany'), accessModes.some(mode => mode.startsWith('ReadWriteOnce'))];
  if (many && (once || !isFilled)) {
    fail(scope, CEPH_RULES.CEPH012, { problem: once ? 'ceph-csi refuses it together with ReadWriteOnce' : 'an image that is empty stays empty: ceph-csi makes it only from a snapshot or another claim' });
  }
  if (volumeMode === 'Block' && parameters.encryptionType === 'file') {
    fail(scope, CEPH_KMS_RULES.CEPH067, { what: 'the claim is a block device (volumeMode Block)', able: 'ext4', expected: 'use a class with RbdEncryptionType.BLOCK' });
  }
  checkDevice(scope, accessModes, volumeMode);
  const limits = Object.keys(attributes).find(key => !key.startsWith('csi.'));
  const [ofKernel, byKernel] = [limits !== undefined && KERNEL_LIMITS.includes(limits), parameters.mounter !== MAP_MOUNTER];
  if (limits !== undefined && parameters.clusterID !== undefined && ofKernel !== byKernel) {
    fail(scope, CEPH_RULES.CEPH021, { limits: ofKernel ? 'the kernel (qos.krbd)' : 'rbd-nbd (qos.nbd)', mounter: byKernel ? 'the kernel' : 'rbd-nbd' });
  }
}

function checkVolume(scope: IConstruct, facts: VolumeFacts): void {
  checkStaticVolume(scope, facts, ['clusterID', 'pool']);
  checkDevice(scope, facts.accessModes, facts.volumeMode);
  checkRbdMountOptions(scope, facts.mountOptions.filter(option => option !== 'ro'), undefined);
}

/** What is known of everything that names ceph-csi for RBD, whoever wrote it. */
export const RBD_PROFILE: DriverProfile = {
  checkClass,
  checkClaim,
  checkVolume,
  checkSnapshotClass: (scope, parameters) => checkSnapshotClass(scope, parameters, ['clusterID', 'pool', 'snapshotNamePrefix']),
};

addProfile('rbd.csi.ceph.com', RBD_PROFILE);
