import { AnyFieldOptions, ConditionsFieldOptions, ListFieldOptions, ListType, MapFieldOptions, ObjectFieldOptions } from './collection-options';
import {
  BooleanFieldOptions, FieldOptions, FormedFieldOptions, IntegerFieldOptions, IntegerFormat, IntOrStringFieldOptions, NumberFieldOptions, StringFieldOptions, StringFormat,
} from './field-options';
import { describe, FieldKind, FieldModel } from './schema/field-model';
import { CONDITION_REASON, CONDITION_TYPE, DNS_LABEL, DNS_SUBDOMAIN, DURATION, LABEL_KEY, LABEL_VALUE, QUANTITY } from './schema/forms';
import { withDefaults } from '../../manifest/defaults';

/**
 * A field of a kind of one's own: its type, its limits, its default, and the rules that it has to keep.
 *
 * What is wrong with a field is found by the CustomResource that takes it, which knows where it is.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export class SchemaField {
  /** A text. */
  public static string(options: StringFieldOptions = {}): SchemaField {
    return SchemaField.of('string', options);
  }

  /** A whole number. */
  public static integer(options: IntegerFieldOptions = {}): SchemaField {
    return SchemaField.of('integer', options);
  }

  /** A number that may have a fraction. */
  public static number(options: NumberFieldOptions = {}): SchemaField {
    return SchemaField.of('number', options);
  }

  /** True or false. What may become three one day is better a text with `allowed`. */
  public static bool(options: BooleanFieldOptions = {}): SchemaField {
    return SchemaField.of('boolean', options);
  }

  /** A quantity such as `20Gi`; a text of at most 32 characters. In CEL: `quantity(self).isGreaterThan(quantity('0'))`. */
  public static quantity(options: FormedFieldOptions = {}): SchemaField {
    return SchemaField.of('string', withDefaults(QUANTITY, options));
  }

  /** A span of time as Go writes it, such as `1h30m`; a text of at most 32 characters. In CEL it is a `duration`. */
  public static duration(options: FormedFieldOptions = {}): SchemaField {
    return SchemaField.of('string', withDefaults(DURATION, options));
  }

  /** A time such as `2026-01-31T12:00:00Z`. In CEL it is a `timestamp`. */
  public static dateTime(options: FieldOptions = {}): SchemaField {
    return SchemaField.of('string', withDefaults({ format: StringFormat.DATE_TIME }, options));
  }

  /** A name without dots, as namespaces have: a DNS label, of at most 63 characters. */
  public static dnsLabel(options: FormedFieldOptions = {}): SchemaField {
    return SchemaField.of('string', withDefaults(DNS_LABEL, options));
  }

  /** A name as most objects have: a DNS subdomain, of at most 253 characters. */
  public static dnsSubdomain(options: FormedFieldOptions = {}): SchemaField {
    return SchemaField.of('string', withDefaults(DNS_SUBDOMAIN, options));
  }

  /** A whole number or a text, such as a port or `25%`. */
  public static intOrString(options: IntOrStringFieldOptions = {}): SchemaField {
    return SchemaField.of('intOrString', options);
  }

  /**
   * An object.
   *
   * @param fields its fields, by name
   */
  public static object(fields: { [name: string]: SchemaField }, options: ObjectFieldOptions = {}): SchemaField {
    return SchemaField.of('object', options, { fields });
  }

  /**
   * A list.
   *
   * @param items what is in it
   */
  public static list(items: SchemaField, options: ListFieldOptions = {}): SchemaField {
    return SchemaField.of('list', options, { element: items });
  }

  /**
   * A map of texts to values.
   *
   * @param values what is in it
   */
  public static map(values: SchemaField, options: MapFieldOptions = {}): SchemaField {
    return SchemaField.of('map', options, { element: values });
  }

  /** Any content. Nothing checks it and CEL does not see it, so it is for what has its schema elsewhere. */
  public static any(options: AnyFieldOptions = {}): SchemaField {
    return SchemaField.of('any', options);
  }

  /** The list of conditions that every controller writes into a status, one of each type. @see https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md */
  public static conditions(options: ConditionsFieldOptions = {}): SchemaField {
    const condition = SchemaField.object({
      type: SchemaField.string(CONDITION_TYPE),
      status: SchemaField.string({ allowed: ['True', 'False', 'Unknown'] }),
      observedGeneration: SchemaField.integer({ format: IntegerFormat.INT64, minimum: 0 }),
      lastTransitionTime: SchemaField.dateTime(),
      reason: SchemaField.string(CONDITION_REASON),
      message: SchemaField.string({ maxLength: 32768 }),
    }, { required: ['type', 'status', 'lastTransitionTime', 'reason', 'message'] });
    return SchemaField.list(condition, withDefaults({ listType: ListType.MAP, mapKeys: ['type'], maxItems: 32 }, options));
  }

  /** A selector by labels, as Deployments have one. */
  public static labelSelector(options: FieldOptions = {}): SchemaField {
    const expression = SchemaField.object({
      key: SchemaField.string(LABEL_KEY),
      operator: SchemaField.string({ allowed: ['In', 'NotIn', 'Exists', 'DoesNotExist'] }),
      values: SchemaField.list(SchemaField.string(LABEL_VALUE), { maxItems: 64 }),
    }, { required: ['key', 'operator'] });
    return SchemaField.object({
      matchLabels: SchemaField.map(SchemaField.string(LABEL_VALUE), { maxProperties: 64 }),
      matchExpressions: SchemaField.list(expression, { maxItems: 64 }),
    }, withDefaults({ atomic: true }, options));
  }

  private static of(kind: FieldKind, options: object, more: Partial<FieldModel> = {}): SchemaField {
    const field = new SchemaField();
    describe(field, { kind, options: (options ?? {}) as FieldModel['options'], ...more });
    return field;
  }

  private constructor() {}
}
