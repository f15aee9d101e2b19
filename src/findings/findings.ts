import { IConstruct } from 'constructs';
import { Finding, FindingLevel, UncheckedRule } from './finding';
import { fail, Report } from './report';
import { allRules } from './rule';
import { FINDINGS_RULES } from './rules';

/**
 * The findings of a construct and all below it.
 *
 * Errors stop `app.synth()`, all of them in one message. Warnings are printed
 * once to stderr.
 */
export class Findings {
  /**
   * The findings at and below a construct.
   *
   * @param scope an app, a chart, or any construct in it
   */
  public static of(scope: IConstruct): Findings {
    return new Findings(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /** Runs every rule now and returns what it finds, acknowledged findings included. */
  public list(): Finding[] {
    return Report.of(this.scope).list(this.scope);
  }

  /** Rules that could not be checked now, because what they need was not declared to a `fromXxx` factory or the platform. */
  public unchecked(): UncheckedRule[] {
    return Report.of(this.scope).unchecked(this.scope);
  }

  /**
   * Accepts a warning. It is no longer printed, `strict` lets it pass, and the
   * reason is written into the manifest as the annotation `cdk8s-storage/<code>`.
   *
   * @param code the rule's code, such as `NFS003`
   * @param reason why it is accepted here; for the next reader of the manifest
   * @throws FND001 when there is no such warning or no reason
   */
  public acknowledge(code: string, reason: string): void {
    const rule = allRules().find(candidate => candidate.code === code);
    const problem = !rule ? 'there is no such rule'
      : rule.level === FindingLevel.ERROR ? 'it is an error, and an error cannot be accepted'
        : (reason ?? '').trim() === '' ? 'the reason is empty' : undefined;
    if (problem) {
      fail(this.scope, FINDINGS_RULES.FND001, { code, problem });
    }
    Report.of(this.scope).acknowledge(this.scope, code, reason);
  }

  /** Makes every warning at and below this construct an error, unless it is acknowledged. For CI. */
  public strict(): void {
    Report.of(this.scope).makeStrict(this.scope);
  }
}
