/** How the API server says what is wrong, where a rule is not kept. */
export enum CelRuleReason {
  /** The field is required. */
  REQUIRED = 'FieldValueRequired',
  /** The value is there twice. */
  DUPLICATE = 'FieldValueDuplicate',
  /** The value is not valid; this is what is said without a reason. */
  INVALID = 'FieldValueInvalid',
  /** The value may not be set here. */
  FORBIDDEN = 'FieldValueForbidden',
}

/**
 * A rule in CEL that every object has to keep (`x-kubernetes-validations`).
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
 */
export interface CelRule {
  /**
   * The expression. `self` is the value of the field that has the rule, `oldSelf` the one before an update: a rule that names it is looked at only
   * where there was one. Every field that it reads has to be bounded (`maxLength`, `maxItems`, `maxProperties`).
   */
  readonly rule: string;

  /**
   * What is said where the rule is not kept; one line.
   *
   * @default - the rule itself
   */
  readonly message?: string;

  /**
   * An expression in CEL that makes the message. Where it fails, `message` is said.
   *
   * @default - none
   */
  readonly messageExpression?: string;

  /**
   * The reason that a client gets. Kubernetes 1.28 or newer.
   *
   * @default CelRuleReason.INVALID
   */
  readonly reason?: CelRuleReason;

  /**
   * The field that the message is about, below the one that has the rule, such as `.size`. Kubernetes 1.28 or newer.
   *
   * @default - the field that has the rule
   */
  readonly fieldPath?: string;

  /**
   * Whether a rule that names `oldSelf` is looked at on creation too; `oldSelf` is an optional then (`oldSelf.hasValue()`). Kubernetes 1.30 or newer.
   *
   * @default false
   */
  readonly optionalOldSelf?: boolean;
}
