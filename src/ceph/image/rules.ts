import { FindingLevel } from '../../findings/finding';
import { defineRules } from '../../findings/rule';

const CSI = 'https://github.com/ceph/ceph-csi';
const CLASSES = CSI + '/blob/v3.17.1/examples/rbd/storageclass.yaml';
const MAN = 'https://docs.ceph.com/en/latest/man/8/rbd/';
const DOCS = 'docs/ceph-images.md';

export const CEPH_IMAGE_RULES = defineRules('ceph', {
  CEPH030: {
    level: FindingLevel.ERROR,
    check: 'options of images, mounts and limits are of the type that they have',
    message: '{what} {value}: {problem}',
    fix: '{expected}',
    reference: DOCS,
  },
  CEPH031: {
    level: FindingLevel.ERROR,
    check: 'classes have only parameters that ceph-csi knows',
    message: "ceph-csi has no parameter '{key}' for {kind}: {consequence}",
    fix: '{mapping}',
    reference: CSI + '/tree/v3.17.1/examples',
  },
  CEPH032: {
    level: FindingLevel.ERROR,
    check: 'parameters have values that ceph-csi can read',
    message: 'the parameter {key} {value}: {problem}',
    fix: '{expected}',
    reference: CSI + '/tree/v3.17.1/examples',
  },
  CEPH033: {
    level: FindingLevel.ERROR,
    check: 'images have features that exist, with those that they need',
    message: 'the image features {value}: {problem}',
    fix: '{expected}',
    reference: 'https://docs.ceph.com/en/latest/rbd/rbd-config-ref/#image-features',
  },
  CEPH034: {
    level: FindingLevel.ERROR,
    check: 'what only rbd-nbd can do is mapped by rbd-nbd',
    message: 'the image feature journaling is in no kernel: ceph-csi refuses every claim of such a class that is not mapped by rbd-nbd, also with tryOtherMounters',
    fix: "leave RbdImageFeature.JOURNALING out, or use mounter: RbdMounter.NBD (mounter: 'rbd-nbd')",
    reference: CLASSES,
  },
  CEPH035: {
    level: FindingLevel.ERROR,
    check: 'options for mapping and mounting can be told apart, and have values that exist',
    message: '{what} {value}: {problem}',
    fix: '{expected}',
    reference: MAN,
  },
  CEPH036: {
    level: FindingLevel.WARNING,
    check: 'options for mapping and mounting are known',
    message: '{what} {value}: it is not known here, and what nodes do not know they refuse',
    fix: '{expected}; acknowledge this if the nodes know it',
    reference: MAN,
  },
  CEPH037: {
    level: FindingLevel.WARNING,
    check: 'rbd-nbd gets one option at a time',
    message: "{what} has several options for rbd-nbd, {value}: ceph-csi hands them over as one argument, '--{value}', which rbd-nbd refuses or misreads",
    fix: 'give the one that matters most; acknowledge this where ceph-csi is one that takes them apart',
    reference: CSI + '/blob/52fcb7b00c3d586c12c05593b1c73ad2c42b171f/internal/rbd/rbd_attach.go',
  },
  CEPH038: {
    level: FindingLevel.ERROR,
    check: 'the kernel speaks the protocol of the monitors that it is given',
    message: 'the kernel would speak {spoken} to {monitors}, where only {heard} is heard: no volume could be mounted',
    fix: '{expected}',
    reference: CSI + '/issues/3076',
  },
  CEPH039: {
    level: FindingLevel.ERROR,
    check: 'images are cut into objects and stripes that Ceph can make',
    message: '{what} {value}: {problem}',
    fix: '{expected}',
    reference: MAN + '#striping',
  },
  CEPH040: {
    level: FindingLevel.ERROR,
    check: 'pools of zones can be read, and each of them can be chosen',
    message: 'topologyPools (topologyConstrainedPools){which}: {problem}',
    fix: '{expected}',
    reference: CSI + '/blob/v3.17.1/internal/util/topology.go',
  },
  CEPH041: {
    level: FindingLevel.ERROR,
    check: 'the pool of a zone is chosen when the pod has its node',
    message: 'the class has topologyPools but volumeBindingMode {mode}: a volume would be made before it is known where its pod runs, in a pool of any zone',
    fix: 'use volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER',
    reference: CSI + '/issues/5770',
  },
  CEPH042: {
    level: FindingLevel.ERROR,
    check: 'pools of zones are found by labels that the driver looks at',
    message: "topologyPools have the label '{label}', but the driver looks at {known}: no node would have a pool, and every claim stay Pending",
    fix: '{expected}',
    reference: CSI + '/issues/5770',
  },
  CEPH043: {
    level: FindingLevel.WARNING,
    check: 'the kernel of the nodes can map and mount what the class asks for',
    message: '{what} needs Linux {needed}, but the platform declares kernel {kernel}: a volume could not be mapped or mounted there',
    fix: "leave it out, or upgrade the nodes and declare it: Platform.set(…, { kernel: '{needed}' }); acknowledge this where the distribution has brought it to its older kernel",
    reference: MAN + '#kernel-rbd-krbd-options',
  },
  CEPH044: {
    level: FindingLevel.ERROR,
    check: 'mount options of a class keep no volume from being mounted',
    message: 'the mount option {option}: {problem}',
    fix: '{expected}',
    reference: CSI + '/blob/v3.17.1/docs/ceph-csi-upgrade.md',
  },
  CEPH045: {
    level: FindingLevel.ERROR,
    check: 'ceph-csi and Kubernetes are recent enough for what a VolumeAttributesClass asks of them',
    message: '{what} needs {needed}, but {declared}',
    fix: '{expected}',
    reference: CSI + '/blob/devel/docs/volumeattributesclass.md',
  },
  CEPH046: {
    level: FindingLevel.ERROR,
    check: 'what a VolumeAttributesClass limits or pins is said once, and in full',
    message: '{what} {value}: {problem}',
    fix: '{expected}',
    reference: CSI + '/blob/devel/docs/volumeattributesclass.md',
  },
  CEPH047: {
    level: FindingLevel.ERROR,
    check: 'options of images and mounts have an effect',
    message: '{what}: {problem}',
    fix: '{expected}',
    reference: DOCS,
  },
  CEPH048: {
    level: FindingLevel.WARNING,
    check: 'a parameter that is not known here is meant',
    message: "the parameter '{key}' of {kind} is not one of ceph-csi v3.17.1, which would pass over it",
    fix: 'remove it; or acknowledge this, for a release that has it',
    reference: 'docs/ceph-images.md',
  },
});
