import { CelRule } from './cel-rule';

/** What every field takes. */
export interface FieldOptions {
  /**
   * What the field means; `kubectl explain` prints it.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Whether null may be written. Without it, the API server takes a null as a field that is left out.
   *
   * @default false
   */
  readonly nullable?: boolean;

  /**
   * Rules in CEL that the value has to keep.
   *
   * @default - none
   */
  readonly rules?: CelRule[];
}

/** A form of texts that the API server checks. @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.35/#jsonschemaprops-v1-apiextensions-k8s-io */
export enum StringFormat {
  /** Base64; in CEL it is `bytes`. */
  BYTE = 'byte',
  /** A network such as `10.0.0.0/16`. */
  CIDR = 'cidr',
  /** A day such as `2026-01-31`; in CEL it is a `timestamp`. */
  DATE = 'date',
  /** A time such as `2026-01-31T12:00:00Z`; in CEL it is a `timestamp`. */
  DATE_TIME = 'date-time',
  /** A span of time such as `1h30m`; in CEL it is a `duration`. */
  DURATION = 'duration',
  /** An address of mail. */
  EMAIL = 'email',
  /** A name of a host. */
  HOSTNAME = 'hostname',
  /** An IPv4 address. */
  IPV4 = 'ipv4',
  /** An IPv6 address. */
  IPV6 = 'ipv6',
  /** A name of an object of at most 63 characters. Kubernetes 1.34 or newer; older ones would not look at it. */
  K8S_SHORT_NAME = 'k8s-short-name',
  /** A name of an object of at most 253 characters. Kubernetes 1.34 or newer; older ones would not look at it. */
  K8S_LONG_NAME = 'k8s-long-name',
  /** A hardware address. */
  MAC = 'mac',
  /** Any text; clients may hide it. A Secret is the place for a password. */
  PASSWORD = 'password',
  /** An address such as `https://example.com/a`. */
  URI = 'uri',
  /** A UUID. */
  UUID = 'uuid',
}

/** What a text takes. */
export interface StringFieldOptions extends FieldOptions {
  /**
   * The shortest text, in characters.
   *
   * @default 0
   */
  readonly minLength?: number;

  /**
   * The longest text, in characters. A field that a rule in CEL reads needs it.
   *
   * @default - no limit but that of a request, 3 MiB
   */
  readonly maxLength?: number;

  /**
   * A regular expression of Go (RE2), which knows neither look-ahead nor references back. It is found anywhere in the text unless it has `^` and `$`.
   *
   * @default - any text
   */
  readonly pattern?: string;

  /**
   * A form that the API server knows.
   *
   * @default - any text
   */
  readonly format?: StringFormat;

  /**
   * The only texts that may be written.
   *
   * @default - any text
   */
  readonly allowed?: string[];

  /**
   * What the API server writes where the field is left out.
   *
   * @default - nothing
   */
  readonly defaultValue?: string;
}

/** How many bits a whole number has. Before Kubernetes 1.36 the API server takes larger ones all the same, so give `minimum` and `maximum` where it matters. */
export enum IntegerFormat {
  /** From -2147483648 to 2147483647. */
  INT32 = 'int32',
  /** From -2^63 to 2^63-1. */
  INT64 = 'int64',
}

/** What a whole number takes. */
export interface IntegerFieldOptions extends FieldOptions {
  /**
   * The smallest number.
   *
   * @default - none
   */
  readonly minimum?: number;

  /**
   * The largest number.
   *
   * @default - none
   */
  readonly maximum?: number;

  /**
   * How many bits it has. The API server refuses larger numbers since Kubernetes 1.36; older ones take them all the same.
   *
   * @default - none
   */
  readonly format?: IntegerFormat;

  /**
   * What the API server writes where the field is left out.
   *
   * @default - nothing
   */
  readonly defaultValue?: number;
}

/** What a number takes. A quantity or a whole number is nearly always better: what programs make of fractions differs. */
export interface NumberFieldOptions extends FieldOptions {
  /**
   * The smallest number.
   *
   * @default - none
   */
  readonly minimum?: number;

  /**
   * The largest number.
   *
   * @default - none
   */
  readonly maximum?: number;

  /**
   * What the API server writes where the field is left out.
   *
   * @default - nothing
   */
  readonly defaultValue?: number;
}

/** What a switch takes. */
export interface BooleanFieldOptions extends FieldOptions {
  /**
   * What the API server writes where the field is left out.
   *
   * @default - nothing
   */
  readonly defaultValue?: boolean;
}

/** What a text of a fixed form takes. */
export interface FormedFieldOptions extends FieldOptions {
  /**
   * The longest text, in characters.
   *
   * @default - that of the form
   */
  readonly maxLength?: number;

  /**
   * What the API server writes where the field is left out.
   *
   * @default - nothing
   */
  readonly defaultValue?: string;
}

/** What a number or a text takes. */
export interface IntOrStringFieldOptions extends FieldOptions {
  /**
   * A regular expression of Go (RE2) for the text.
   *
   * @default - any text
   */
  readonly pattern?: string;

  /**
   * The longest text, in characters.
   *
   * @default - no limit but that of a request
   */
  readonly maxLength?: number;

  /**
   * What the API server puts in where nothing is said: a whole number or a text.
   *
   * @default - nothing
   */
  readonly defaultValue?: any;
}
