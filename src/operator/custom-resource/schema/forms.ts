import { StringFormat } from '../field-options';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';

/** Of what the API server reads as a quantity; longer ones mean the same as shorter ones. */
export const QUANTITY = { pattern: '^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$', maxLength: 32 };
/** The format alone takes `1 day` too, which Go's own time.ParseDuration does not. */
export const DURATION = { format: StringFormat.DURATION, pattern: '^([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$', maxLength: 32 };
export const DNS_LABEL = { pattern: `^${LABEL}$`, maxLength: 63 };
export const DNS_SUBDOMAIN = { pattern: `^${LABEL}(\\.${LABEL})*$`, maxLength: 253 };

const NAME = '[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?';
export const CONDITION_TYPE = { pattern: `^(${LABEL}(\\.${LABEL})*/)?${NAME}$`, maxLength: 316 };
export const CONDITION_REASON = { pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$', minLength: 1, maxLength: 1024 };
export const LABEL_KEY = { pattern: CONDITION_TYPE.pattern, maxLength: 317 };
export const LABEL_VALUE = { pattern: `^(${NAME})?$`, maxLength: 63 };
