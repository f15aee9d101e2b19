import { defineRules } from '../findings/rule';

export const OPERATOR_RULES = defineRules('operator', {});
