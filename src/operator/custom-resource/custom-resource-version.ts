import { CelRule } from './cel-rule';
import { SchemaField } from './schema-field';

/** What a column of `kubectl get` shows. */
export enum PrinterColumnType {
  /** A text. */
  STRING = 'string',
  /** A whole number. */
  INTEGER = 'integer',
  /** A number. */
  NUMBER = 'number',
  /** True or false. */
  BOOLEAN = 'boolean',
  /** A time, shown as how long it is ago. */
  DATE = 'date',
}

/** A column of `kubectl get`, after the name. Where there is one, the column Age has to be given too: `.metadata.creationTimestamp`. */
export interface PrinterColumn {
  /** Its heading. */
  readonly name: string;

  /** What it shows. */
  readonly type: PrinterColumnType;

  /** Where the value is, such as `.spec.size` or `.status.conditions[?(@.type=="Ready")].status`. */
  readonly jsonPath: string;

  /**
   * Above zero, only `kubectl get -o wide` shows it.
   *
   * @default 0
   */
  readonly priority?: number;

  /**
   * What it means.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * How a client may show the value: int32, int64, float, double, byte, date, date-time or password.
   *
   * @default - by its type
   */
  readonly format?: string;
}

/** Where `kubectl scale` and a HorizontalPodAutoscaler find the number of replicas. */
export interface ScaleSubresource {
  /** The number that is wanted, below `.spec`. */
  readonly specReplicasPath: string;

  /** The number that is there, below `.status`. */
  readonly statusReplicasPath: string;

  /**
   * The selector of the pods, as a text, below `.spec` or `.status`. A HorizontalPodAutoscaler needs it.
   *
   * @default - none
   */
  readonly labelSelectorPath?: string;
}

/** A version of a kind. All versions have the same content: nothing converts between them but the name of the version. */
export interface CustomResourceVersion {
  /** The name, such as `v1` or `v1beta1`. `kubectl` asks for the highest: v2 before v1, v1 before v1beta1. */
  readonly name: string;

  /**
   * Whether the API server answers for it.
   *
   * @default true
   */
  readonly served?: boolean;

  /**
   * Whether objects are stored in it. Exactly one version is.
   *
   * @default - true where there is one version
   */
  readonly storage?: boolean;

  /**
   * Whether clients are warned.
   *
   * @default false
   */
  readonly deprecated?: boolean;

  /**
   * What they are told; at most 256 characters.
   *
   * @default - that the version is deprecated
   */
  readonly deprecationWarning?: string;

  /**
   * What users ask for: an object. It is required in every object as soon as one of its own fields is.
   *
   * @default - none
   */
  readonly spec?: SchemaField;

  /**
   * What the controller reports: an object. With it there is the subresource `status`: who writes the object does not change the status, and the other way round.
   *
   * @default - none, and no subresource
   */
  readonly status?: SchemaField;

  /**
   * Fields beside `spec` and `status`, by name.
   *
   * @default - none
   */
  readonly fields?: { [name: string]: SchemaField };

  /**
   * Rules in CEL on the whole object. They see `self.spec`, `self.status`, and of the metadata only `self.metadata.name` and `self.metadata.generateName`.
   *
   * @default - none
   */
  readonly rules?: CelRule[];

  /**
   * The subresource `scale`.
   *
   * @default - none
   */
  readonly scale?: ScaleSubresource;

  /**
   * The columns of `kubectl get`.
   *
   * @default - the age
   */
  readonly printerColumns?: PrinterColumn[];

  /**
   * Fields that `kubectl get --field-selector` and watches can select by, such as `.spec.storageClassName`: texts, whole numbers and switches, at most eight.
   * Kubernetes 1.31 or newer.
   *
   * @default - none
   */
  readonly selectableFields?: string[];
}
