import { IConstruct } from 'constructs';
import { addProfile, ClassFacts, DriverProfile, VolumeFacts } from '../../csi/driver-profile';
import { checkCephFsMountOptions, checkCephFsParameters } from '../image/render';
import { refuseMonitors } from '../legacy/csi-parameters';
import { checkClassWiring, checkCopy, checkSnapshotClass, checkStaticVolume } from '../storage/profile-checks';

function checkClass(scope: IConstruct, facts: ClassFacts): void {
  refuseMonitors(scope, 'cephfs', facts);
  checkCephFsParameters(scope, facts.parameters);
  checkCephFsMountOptions(scope, facts.mountOptions);
  checkClassWiring(scope, facts, ['clusterID', 'fsName'], facts.parameters.mounter === 'fuse');
}

function checkVolume(scope: IConstruct, facts: VolumeFacts): void {
  checkStaticVolume(scope, facts, ['clusterID', 'rootPath']);
  checkCephFsMountOptions(scope, facts.mountOptions.filter(option => option !== 'ro'));
}

/** What is known of everything that names ceph-csi for CephFS, whoever wrote it. */
export const CEPHFS_PROFILE: DriverProfile = {
  idmappedMounts: true,
  servable: false,
  checkClass,
  checkVolume,
  checkClaim: checkCopy,
  checkSnapshotClass: (scope, parameters) => checkSnapshotClass(scope, parameters, ['clusterID', 'snapshotNamePrefix']),
};

addProfile('cephfs.csi.ceph.com', CEPHFS_PROFILE);
