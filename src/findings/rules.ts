import { FindingLevel } from './finding';
import { defineRules } from './rule';

export const FINDINGS_RULES = defineRules('findings', {
  FND001: {
    level: FindingLevel.ERROR,
    check: 'an acknowledgement names a rule that exists, is a warning, and gives a reason',
    message: 'acknowledge({code}): {problem}',
    fix: "take the code from the warning itself, and say why it is accepted: acknowledge('NFS003', 'the server is a fixed VIP')",
    reference: 'docs/findings.md',
  },
  FND002: {
    level: FindingLevel.WARNING,
    check: 'an acknowledgement still has a warning to acknowledge',
    message: '{code} is acknowledged here, but nothing below this construct trips it any more',
    fix: "remove acknowledge('{code}', …), or move it to the construct that trips the rule",
    reference: 'docs/findings.md',
  },
});
