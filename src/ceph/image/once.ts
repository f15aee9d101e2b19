import { IConstruct } from 'constructs';
import { report } from '../../findings/report';
import { fill, Facts, Rule } from '../../findings/rule';

const done = new WeakMap<IConstruct, Set<string>>();

/** Does something unless it was done for the same construct or one above it: a class is seen when it is added to a storage, and again when it is written. */
export function once(scope: IConstruct, key: string, run: () => void): void {
  if (!scope.node.scopes.some(ancestor => done.get(ancestor)?.has(key))) {
    done.set(scope, (done.get(scope) ?? new Set()).add(key));
    run();
  }
}

/** Reports a warning that the same construct, or one above it, has not had yet. */
export function warn(scope: IConstruct, rule: Rule, facts: Facts): void {
  once(scope, `${rule.code} ${fill(rule.message, facts)}`, () => report(scope, rule, facts));
}
