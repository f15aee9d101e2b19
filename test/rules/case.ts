import { IConstruct } from 'constructs';

/** Builds constructs and returns one of them: the findings of its whole tree count. Or throws a finding. */
export type Build = () => IConstruct;

/** What trips a rule, and close neighbours that trip none. */
export interface RuleCases {
  readonly trips: Record<string, Build>;
  readonly passes: Record<string, Build>;
}

/** By the rules' codes. */
export type Cases = Record<string, RuleCases>;

const NOWHERE = new Set<Build>();

/** For factories of values, which have no construct that a finding could name. */
export function nowhere(build: () => unknown): Build {
  const marked = build as Build;
  NOWHERE.add(marked);
  return marked;
}

export function hasPlace(build: Build): boolean {
  return !NOWHERE.has(build);
}
