import { FindingLevel } from '../findings/finding';
import { defineRules } from '../findings/rule';

export const GLUSTER_RULES = defineRules('gluster', {
  GLU027: {
    level: FindingLevel.ERROR,
    check: 'a volume of Gluster has one gateway (G27)',
    message: 'the volume {key} is served by the gateway of {first} already: two do not know of the files and locks that clients of the other have open, and would let both write',
    fix: 'add classes and volumes to the first GlusterStorage, and to its gateway as many exports as are needed',
    reference: 'docs/gluster.md',
  },
  GLU070: {
    level: FindingLevel.WARNING,
    check: 'clients get their open files back after a restart of the gateway',
    message: 'the gateway {name} remembers its clients only as long as its pod is there: when that moves to another node, programs lose the files and locks that they have open',
    fix: 'give it a small claim of another storage: recovery: { storageClass }; acknowledge this where files are not locked',
    reference: 'docs/gluster.md',
  },
});
