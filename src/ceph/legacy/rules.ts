import { FindingLevel } from '../../findings/finding';
import { defineRules } from '../../findings/rule';

export const CEPH_LEGACY_RULES = defineRules('ceph', {
  CEPH090: {
    level: FindingLevel.ERROR,
    check: 'no class asks for images of format 1',
    message: "the StorageClass {name} asks for images of format 1 (imageFormat: '1'), which Ceph makes no longer: its claims stay Pending, and ceph-csi clones and snapshots no image of that format",
    fix: 'images that exist are converted while nobody uses them: rbd export {pool}/<image> - | rbd import --image-format 2 - {pool}/<new image>, or rbd migration prepare, execute and commit. For new ones {mapping}',
    reference: 'docs/ceph-legacy.md#images-of-format-1',
  },
  CEPH091: {
    level: FindingLevel.ERROR,
    check: 'no class of ceph-csi says how Ceph is reached',
    message: "the class has the parameter 'monitors', which ceph-csi does not read: monitors are in its config.json, in the entry of the clusterID",
    fix: '{mapping}',
    reference: 'https://github.com/ceph/ceph-csi/blob/v3.17.1/docs/rbd/deploy.md',
  },
});
