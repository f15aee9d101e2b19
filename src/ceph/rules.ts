import { FindingLevel } from '../findings/finding';
import { defineRules } from '../findings/rule';

const CONFIG = 'https://github.com/ceph/ceph-csi/blob/v3.17.1/api/deploy/kubernetes/csi-config-map.go';

export const CEPH_RULES = defineRules('ceph', {
  CEPH001: {
    level: FindingLevel.ERROR,
    check: 'names, monitors and numbers of a Ceph cluster are well-formed',
    message: '{what} {value}: {problem}',
    fix: '{expected}',
    reference: CONFIG,
  },
});
