import { FindingLevel } from '../../findings/finding';
import { defineRules } from '../../findings/rule';

export const GLUSTER_LEGACY_RULES = defineRules('gluster', {
  GLU090: {
    level: FindingLevel.WARNING,
    check: 'no volume is of the driver org.gluster.glusterfs, of which nobody makes releases',
    message: 'the PersistentVolume {volume} is of the driver {driver}, whose releases need GlusterD2, which is given up, and whose branch main has neither release nor image: only nodes with a build of your own mount it',
    fix: 'acknowledge this if you maintain such a build; otherwise write {mapping}',
    reference: 'docs/gluster-legacy.md#a-volume-of-the-csi-driver',
  },
});
