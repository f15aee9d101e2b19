import { FindingLevel } from './finding';

/** What a rule says. In `message` and `fix`, `{name}` stands for a fact of the case at hand. */
export interface RuleText {
  readonly level: FindingLevel;
  /** What is checked, as one clause for the table in docs/findings.md. */
  readonly check: string;
  readonly message: string;
  readonly fix: string;
  readonly reference: string;
}

export interface Rule extends RuleText {
  readonly code: string;
  readonly room: string;
}

/** The facts of one case, by the names used in the rule's texts. */
export type Facts = Record<string, string | number>;

const registry = new Map<string, Rule>();

/** Adds a room's rules to the registry; the key of each is its code. */
export function defineRules<Codes extends string>(room: string, texts: Record<Codes, RuleText>): Record<Codes, Rule> {
  const rules = {} as Record<Codes, Rule>;
  for (const [code, text] of Object.entries(texts) as [Codes, RuleText][]) {
    if (registry.has(code)) {
      throw new Error(`two rules have the code ${code}`);
    }
    rules[code] = { code, room, ...text };
    registry.set(code, rules[code]);
  }
  return rules;
}

/** Every rule of every room, by code. */
export function allRules(): Rule[] {
  return [...registry.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** A rule's text with the facts put in. A missing fact is a mistake of ours, so it throws. */
export function fill(text: string, facts: Facts): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (!(name in facts)) {
      throw new Error(`no fact '${name}' for: ${text}`);
    }
    return String(facts[name]);
  });
}
