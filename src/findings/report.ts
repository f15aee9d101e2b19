import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Finding, FindingLevel, UncheckedRule } from './finding';
import { Facts, fill, Rule } from './rule';
import { FINDINGS_RULES } from './rules';

const REPORT = Symbol.for('cdk8s-storage.Report');

/** Whether `scope` is `ancestor` or lies below it. */
function isWithin(scope: IConstruct, ancestor: IConstruct): boolean {
  return scope.node.scopes.includes(ancestor);
}

interface Entry<T> {
  readonly scope: IConstruct;
  readonly value: T;
}

interface Acknowledgement {
  readonly code: string;
  readonly reason: string;
}

/** Renders a finding the way it is printed and thrown. */
export function format(finding: Finding): string {
  const place = finding.path === '' ? '' : ` ${finding.path}`;
  return `${finding.code}${place}: ${finding.message}\n        Fix: ${finding.fix}. See ${finding.reference}`;
}

/** Thrown at once by constructors, for what one construct alone can see; within a check it counts as reported. */
export class FindingError extends Error {
  // Node prints every property of an error that nobody catches, and from a construct all of the tree.
  readonly #scope?: IConstruct;
  readonly #finding: Finding;

  public constructor(scope: IConstruct | undefined, finding: Finding) {
    super(format(finding));
    this.name = 'FindingError';
    this.#scope = scope;
    this.#finding = finding;
  }

  public get scope(): IConstruct | undefined {
    return this.#scope;
  }

  public get finding(): Finding {
    return this.#finding;
  }

  public get code(): string {
    return this.#finding.code;
  }
}

/** All findings of one construct tree. It lives on the root, so that each is reported once. */
export class Report {
  public static of(scope: IConstruct): Report {
    const root = scope.node.root as IConstruct & { [REPORT]?: Report };
    return root[REPORT] ??= new Report(root);
  }

  private readonly immediate: Entry<Finding>[] = [];
  private readonly checks: (() => void)[] = [];
  private readonly acknowledgements: Entry<Acknowledgement>[] = [];
  private readonly strictScopes: IConstruct[] = [];
  private collected: Entry<Finding>[] = [];
  private missing: UncheckedRule[] = [];
  private collecting = false;
  private printed = false;

  private constructor(root: IConstruct) {
    // Charts and `Testing.synth` validate the whole tree, so the root's validation runs in each case.
    root.node.addValidation({ validate: () => this.validate() });
  }

  public add(scope: IConstruct, rule: Rule, facts: Facts): void {
    (this.collecting ? this.collected : this.immediate).push({ scope, value: toFinding(scope, rule, facts) });
  }

  /** Within a check, another one is run at once: it would be added anew each time. */
  public addCheck(check: () => void): void {
    if (this.collecting) {
      this.attempt(check);
    } else {
      this.checks.push(check);
    }
  }

  public addUnchecked(scope: IConstruct, rule: Rule, missing: string): void {
    this.missing.push({ code: rule.code, path: scope.node.path, missing });
  }

  public acknowledge(scope: IConstruct, code: string, reason: string): void {
    this.acknowledgements.push({ scope, value: { code, reason } });
  }

  public makeStrict(scope: IConstruct): void {
    this.strictScopes.push(scope);
  }

  public list(scope: IConstruct): Finding[] {
    return this.collect().filter(entry => isWithin(entry.scope, scope)).map(entry => entry.value);
  }

  public unchecked(scope: IConstruct): UncheckedRule[] {
    this.collect();
    const prefix = scope.node.path;
    return this.missing.filter(rule => prefix === '' || rule.path === prefix || rule.path.startsWith(`${prefix}/`));
  }

  /** Runs every check and returns what was found, acknowledged or not. */
  private collect(): Entry<Finding>[] {
    this.collected = [];
    this.missing = [];
    this.collecting = true;
    try {
      this.checks.forEach(check => this.attempt(check));
    } finally {
      this.collecting = false;
    }
    const found = [...this.immediate, ...this.collected];
    const stale = this.acknowledgements
      .filter(ack => !found.some(entry => applies(ack, entry)))
      .map(ack => ({ scope: ack.scope, value: toFinding(ack.scope, FINDINGS_RULES.FND002, { code: ack.value.code }) }));
    const marked = found.map(entry => {
      const ack = this.acknowledgements.find(candidate => applies(candidate, entry));
      return ack ? { scope: entry.scope, value: { ...entry.value, acknowledged: ack.value.reason } } : entry;
    });
    return [...marked, ...stale];
  }

  /** Runs a check that may throw its finding. */
  public attempt(check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof FindingError) || !error.scope) {
        throw error;
      }
      this.collected.push({ scope: error.scope, value: error.finding });
    }
  }

  private validate(): string[] {
    const entries = this.collect();
    entries.forEach(annotate);
    const open = entries.filter(entry => entry.value.acknowledged === undefined);
    const isError = (entry: Entry<Finding>) => entry.value.level === FindingLevel.ERROR
      || this.strictScopes.some(scope => isWithin(entry.scope, scope));
    const warnings = open.filter(entry => !isError(entry));
    if (!this.printed && warnings.length > 0) {
      this.printed = true;
      process.stderr.write(warnings.map(entry => `warning ${format(entry.value)}\n`).join(''));
    }
    return open.filter(isError).map(entry => format(entry.value));
  }
}

function toFinding(scope: IConstruct | undefined, rule: Rule, facts: Facts): Finding {
  return {
    code: rule.code,
    level: rule.level,
    path: scope?.node.path ?? '',
    message: fill(rule.message, facts),
    fix: fill(rule.fix, facts),
    reference: rule.reference,
  };
}

function applies(ack: Entry<Acknowledgement>, entry: Entry<Finding>): boolean {
  return entry.value.level === FindingLevel.WARNING
    && entry.value.code === ack.value.code
    && isWithin(entry.scope, ack.scope);
}

/** Writes the reason of an acknowledgement where a reviewer of the manifests finds it. */
function annotate(entry: Entry<Finding>): void {
  if (entry.value.acknowledged === undefined) {
    return;
  }
  const own = ApiObject.isApiObject(entry.scope) ? [entry.scope] : entry.scope.node.children.filter(child => ApiObject.isApiObject(child));
  const object = (own[0] ?? entry.scope.node.findAll().find(child => ApiObject.isApiObject(child))) as ApiObject | undefined;
  object?.metadata.addAnnotation(`cdk8s-storage/${entry.value.code}`, entry.value.acknowledged);
}

/** Throws a finding: what a constructor, or the factory of a value (which has no scope), can see alone. */
export function fail(scope: IConstruct | undefined, rule: Rule, facts: Facts = {}): never {
  throw new FindingError(scope, toFinding(scope, rule, facts));
}

/** Records a finding that is reported, together with all others, when the app is synthesized. */
export function report(scope: IConstruct, rule: Rule, facts: Facts = {}): void {
  Report.of(scope).add(scope, rule, facts);
}

/** Runs a check when the app is synthesized: what needs more than one construct. The check calls `report`. */
export function checkAtSynth(scope: IConstruct, check: () => void): void {
  Report.of(scope).addCheck(check);
}

/** Within a check that runs at synth: does one part of it, whose finding does not keep the others from being found. */
export function attempt(scope: IConstruct, check: () => void): void {
  Report.of(scope).attempt(check);
}

/** Says that a rule could not be checked; only for use within `checkAtSynth`. */
export function unchecked(scope: IConstruct, rule: Rule, missing: string): void {
  Report.of(scope).addUnchecked(scope, rule, missing);
}
