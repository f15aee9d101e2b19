import { IConstruct } from 'constructs';
import { lackOf, unboundedIn } from './bounds';
import { count, MOST_PER_RULE, REQUEST_BYTES, sizeOf } from './cost';
import { UNKNOWN } from './functions';
import { parse } from './parse';
import { Reader } from './read';
import { isSeen, Reading } from './reading';
import { checkAtSynth, fail, report, unchecked } from '../../../findings/report';
import { Rule } from '../../../findings/rule';
import { KubernetesVersion } from '../../../platform/kubernetes-version';
import { CUSTOM_RESOURCE_RULES } from '../rules';
import { followFields } from '../schema/paths';
import { Place, Schema, shownPath, Validation } from '../schema/schema';

/** What every object has beside what is described, as far as rules see it. Before 1.37, the API server reckons as if its name had no limit, which it has. */
function given(kubernetes: KubernetesVersion): Schema['properties'] {
  const text: Schema = { type: 'string', maxLength: kubernetes.isAtLeast(KubernetesVersion.V1_37) ? 253 : REQUEST_BYTES / 4 };
  return { apiVersion: text, kind: text, metadata: { type: 'object', properties: { name: text, generateName: text }, required: ['name'] } };
}

/** Fields of rules that came later: since when, and what an older API server does with them. */
const NEWER: readonly (readonly [field: keyof Validation, since: KubernetesVersion])[] = [
  ['reason', KubernetesVersion.V1_28], ['fieldPath', KubernetesVersion.V1_28], ['optionalOldSelf', KubernetesVersion.V1_30],
];

/** One rule of a node, and how messages name it. */
interface RuleAt {
  readonly scope: IConstruct;
  /** The node that has it, with the version. */
  readonly place: string;
  readonly node: Place;
  readonly validation: Validation;
  readonly kubernetes: KubernetesVersion;
}

const refuse = ({ scope, place, validation }: RuleAt, rule: Rule, facts: Record<string, string>): never => fail(scope, rule, {
  place: `a rule of ${place}`, rule: validation.rule.trim(), ...facts,
});

const blank = (text: string | undefined) => text !== undefined && text.trim() === '';
const lines = (text: string | undefined) => text !== undefined && /[\n\r]/.test(text.trim());

/** OPR017: what can be told without reading the expression. */
function checkTexts(at: RuleAt): void {
  const { rule, message, messageExpression } = at.validation;
  const problem = blank(rule) ? 'there is no expression'
    : blank(message) ? 'the message is empty'
      : lines(message) ? 'the message has more than one line'
        : lines(rule) && message === undefined ? 'the expression has more than one line, and there is no message to say in its place'
          : blank(messageExpression) ? 'the messageExpression is empty' : undefined;
  if (problem !== undefined) {
    refuse(at, CUSTOM_RESOURCE_RULES.OPR017, { problem, fix: "rules: [{ rule: 'self > 0', message: 'has to be above zero' }]" });
  }
}

/** OPR010, OPR021 */
function checkFields(at: RuleAt): void {
  const { validation, kubernetes, node } = at;
  for (const [field, since] of NEWER) {
    if (validation[field] !== undefined && !kubernetes.isAtLeast(since)) {
      refuse(at, CUSTOM_RESOURCE_RULES.OPR010, { what: field, version: `${kubernetes}`, since: `${since}`, consequence: 'it would be dropped without a word' });
    }
  }
  const { fieldPath } = validation;
  const problem = fieldPath === undefined ? undefined : blank(fieldPath) ? 'it is empty' : lines(fieldPath) ? 'it has more than one line' : followFields(node.schema, fieldPath).problem;
  if (problem !== undefined) {
    refuse(at, CUSTOM_RESOURCE_RULES.OPR021, { path: `'${fieldPath}'`, problem });
  }
}

/** OPR017: an expression read, or undefined where only the API server can. */
function readingOf(at: RuleAt, what: string, text: string): Reading | undefined {
  const { ast, problem, open } = parse(text);
  if (problem !== undefined) {
    refuse(at, CUSTOM_RESOURCE_RULES.OPR017, { problem: `${what} cannot be read: ${problem}: ${text.trim()}`, fix: 'write it as CEL has it, such as self.size > 0 && self.name.startsWith("a")' });
  }
  if (open !== undefined) {
    checkAtSynth(at.scope, () => unchecked(at.scope, CUSTOM_RESOURCE_RULES.OPR017, `${what} of ${at.place} has ${open}, which only the API server reads: ${text.trim()}`));
  }
  const { schema, path } = at.node;
  const added = given(at.kubernetes);
  const seen = path === '' ? { ...schema, properties: { ...schema.properties, ...added }, required: [...schema.required ?? [], ...Object.keys(added!)] } : schema;
  return ast && new Reader(seen, at.kubernetes.minor).read(ast);
}

/** OPR010, OPR018, OPR019 */
function checkReading(at: RuleAt, { needs, problems, touches }: Reading): void {
  for (const { since, what } of needs) {
    if (at.kubernetes.minor < since) {
      refuse(at, CUSTOM_RESOURCE_RULES.OPR010, { what: `${what} in CEL`, version: `${at.kubernetes}`, since: `1.${since}`, consequence: 'it refuses the definition' });
    }
  }
  if (problems.length > 0) {
    const { problem, nearest } = problems[0];
    refuse(at, CUSTOM_RESOURCE_RULES.OPR018, { problem, fix: nearest ? `write '${nearest}'` : 'read only what the schema describes; of the metadata, rules of the object see self.metadata.name and self.metadata.generateName' });
  }
  const lacking = [
    ...at.node.within.map(({ schema, path }) => ({ path, limit: lackOf(schema) })).filter(({ limit }) => limit !== undefined),
    ...touches.map(unboundedIn).filter(found => found !== undefined),
  ][0];
  if (lacking) {
    const example = lacking.limit === 'maxLength' ? 253 : 64;
    refuse(at, CUSTOM_RESOURCE_RULES.OPR019, { what: lacking.path, fix: `${lacking.limit}: ${example}` });
  }
}

/** OPR017: what an expression has to make. */
function checkMade(at: RuleAt, what: string, reading: Reading | undefined, type: 'boolean' | 'string'): void {
  if (reading?.makes !== undefined && reading.makes !== type && !(type === 'string' && reading.makes === 'sum')) {
    const [expected, fix] = type === 'boolean' ? ['true or false', 'compare, such as self.size > 0'] : ['a text', "write a text, such as 'is ' + self.name"];
    refuse(at, CUSTOM_RESOURCE_RULES.OPR017, { problem: `${what} has to make ${expected}, and does not`, fix });
  }
}

/** OPR020 */
function checkChange(at: RuleAt, { usesOldSelf, oldSelfAs }: Reading): void {
  const { node: { uncorrelated }, validation: { optionalOldSelf } } = at;
  if (usesOldSelf && uncorrelated !== undefined) {
    refuse(at, CUSTOM_RESOURCE_RULES.OPR020, {
      problem: `it names oldSelf, and in ${uncorrelated} nothing tells which value was which before`,
      fix: 'move the rule to the list itself, or make the list a map: listType: ListType.MAP, mapKeys: [\'name\']',
    });
  }
  if (usesOldSelf && optionalOldSelf && oldSelfAs === 'value') {
    refuse(at, CUSTOM_RESOURCE_RULES.OPR020, { problem: 'with optionalOldSelf, oldSelf is an optional, which is never equal to a value', fix: 'write !oldSelf.hasValue() || self == oldSelf.value()' });
  }
  if (usesOldSelf && !optionalOldSelf && oldSelfAs === 'optional') {
    refuse(at, CUSTOM_RESOURCE_RULES.OPR020, { problem: 'it takes oldSelf for an optional, which it is with optionalOldSelf only', fix: 'set optionalOldSelf: true, or compare with oldSelf itself' });
  }
  if (!usesOldSelf && optionalOldSelf !== undefined) {
    refuse(at, CUSTOM_RESOURCE_RULES.OPR020, { problem: 'it has optionalOldSelf, and does not name oldSelf', fix: 'take optionalOldSelf out, or compare with oldSelf' });
  }
}

export const CHEAPER = 'lower maxItems, maxProperties and maxLength of what it reads and of the lists above it, or ask for less: a pattern or a format instead of matches(), ListType.MAP instead of a comparison of each item with each';

/** OPR026 */
function checkBare(at: RuleAt, { bare: [path] }: Reading): void {
  if (path !== undefined) {
    checkAtSynth(at.scope, () => report(at.scope, CUSTOM_RESOURCE_RULES.OPR026, { place: `a rule of ${at.place}`, rule: at.validation.rule.trim(), path, guard: path.includes('[]') ? `has(…${path.slice(path.lastIndexOf('.'))})` : `has(${path})` }));
  }
}

/** OPR022: what one expression costs, for as many values as there can be. */
function costOf(at: RuleAt, { cost }: Reading): number {
  const values = at.node.within.reduce((product, { schema }) => product * sizeOf(schema, at.kubernetes.minor), 1);
  const total = cost * values;
  if (total > MOST_PER_RULE) {
    refuse(at, CUSTOM_RESOURCE_RULES.OPR022, {
      cost: count(total), values: values > 1 ? ` for ${count(values)} values` : '', most: count(MOST_PER_RULE),
      fix: cost >= UNKNOWN / 100
        ? 'ask for less of what string(), value(), orValue() or optMap() makes, of which the API server does not know how long it is: guard with has(self.a) and read self.a itself'
        : CHEAPER,
    });
  }
  return total;
}

/** OPR010 and OPR017 to OPR022: the rules of one node. Returns what they cost. */
export function checkRules(scope: IConstruct, version: string, node: Place, kubernetes: KubernetesVersion): number {
  let total = 0;
  for (const validation of node.schema['x-kubernetes-validations'] ?? []) {
    const at = { scope, place: `${shownPath(node.path)} of ${version}`, node, validation, kubernetes };
    checkTexts(at);
    checkFields(at);
    if (!isSeen(node.schema)) {
      refuse(at, CUSTOM_RESOURCE_RULES.OPR018, { problem: 'CEL does not see the field, because its content is not described', fix: 'describe the content, or leave the rule out' });
    }
    const reading = readingOf(at, 'the expression', validation.rule);
    const message = validation.messageExpression === undefined ? undefined : readingOf(at, 'the messageExpression', validation.messageExpression);
    [reading, message].forEach(read => read && checkReading(at, read));
    checkMade(at, 'the expression', reading, 'boolean');
    checkMade(at, 'the messageExpression', message, 'string');
    checkAtSynth(scope, () => unchecked(scope, CUSTOM_RESOURCE_RULES.OPR018, `the types in a rule of ${at.place}, which the API server compares: ${validation.rule.trim()}`));
    if (reading) {
      checkChange(at, reading);
      checkBare(at, reading);
    }
    total += [reading, message].reduce((sum, read) => sum + (read ? costOf(at, read) : 0), 0);
  }
  return total;
}
