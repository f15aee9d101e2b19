/** Go takes any character of ASCII that is no letter and no digit, blanks too. */
const MARK = '[\\x00-/:-@[-`{-\\x7f]';
const NUMBER = String.raw`x[0-9A-Fa-f]{2}|x\{[0-9A-Fa-f]+\}|[1-7][0-7]{1,2}|0[0-7]{0,2}`;
/** Escapes that Go knows, beside those of marks, which mean themselves; in a class and out of it. */
const IN_CLASS = new RegExp(String.raw`^\\(?:[afnrtvdDsSwW]|${NUMBER}|[pP](?:[A-Z]|\{\^?[A-Za-z_]+\})|${MARK})`);
const ESCAPES = new RegExp(String.raw`^\\[AzbBQ]|${IN_CLASS.source}`);
const GROUP = /^\((?!\?)|^\(\?(?:[imsU]*(?:-[imsU]+)?[:)]|P?<\w+>)/;
const REPETITION = /^\{(\d+)(?:,(\d*))?\}/;
const NAMED = /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/;
/** One character of a class, and what is from one to another. */
const MEMBER = String.raw`\\(?:[afnrtv]|${NUMBER}|${MARK})`;
const RANGE = new RegExp(String.raw`^(${MEMBER}|[^\\[])-(${MEMBER}|[^\\\]])`, 'su');
/** Go takes no more of the same, also where one repetition is in another. */
const MOST = 1000;

/** Of the groups that are open: how often at most something in them is repeated. */
interface Open { most: number }

/**
 * What Go has against a regular expression; undefined where it takes it. Whatever is not sure is left to the API server.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function re2Problem(pattern: string): string | undefined {
  const open: Open[] = [{ most: 1 }];
  let rest = pattern;
  /** How often at most what stands before is repeated within itself; undefined where nothing stands there. */
  let before: number | undefined;
  let repeated = false;
  const step = (length: number) => { rest = rest.slice(length); };
  while (rest !== '') {
    const repetition = REPETITION.exec(rest);
    if (repetition || /^[*+?]/.test(rest)) {
      const text = repetition?.[0] ?? rest[0];
      if (before === undefined || repeated) {
        return repeated ? `'${text}' repeats a repetition` : `'${text}' repeats nothing`;
      }
      const [least, largest] = repetition ? [Number(repetition[1]), Number(repetition[2] || repetition[1])] : [0, 1];
      before *= Math.max(largest, 1);
      if (largest > MOST || least > largest || before > MOST) {
        return `'${text}' asks for more than ${MOST} of the same, or for none`;
      }
      open[0].most = Math.max(open[0].most, before);
      repeated = true;
      step(text.length + (rest[text.length] === '?' ? 1 : 0));
      continue;
    }
    repeated = false;
    if (rest[0] === '(') {
      const [group] = GROUP.exec(rest) ?? [];
      if (group === undefined) {
        return /^\(\?<?[=!]/.test(rest) ? `'${rest.slice(0, 4)}' looks ahead or behind, which Go does not know` : `'${rest.slice(0, 4)}' is no group that Go knows`;
      }
      before = undefined;
      if (!group.endsWith(')')) {
        open.unshift({ most: 1 });
      }
      step(group.length);
    } else if (rest[0] === ')') {
      if (open.length === 1) {
        return "a ')' closes no group";
      }
      before = open.shift()!.most;
      open[0].most = Math.max(open[0].most, before);
      step(1);
    } else if (rest[0] === '[') {
      const end = classEnd(rest);
      if (typeof end === 'string') {
        return end;
      }
      before = 1;
      step(end);
    } else if (rest[0] === '\\') {
      const [escape] = ESCAPES.exec(rest) ?? [];
      if (escape === undefined) {
        return /^\\[1-9k]/.test(rest) ? `'${rest.slice(0, 2)}' refers back, which Go does not know` : `Go does not know the escape '${rest.slice(0, 2)}'`;
      }
      const [text] = escape === '\\Q' ? /^\\Q[^]*?(?:\\E|$)/.exec(rest)! : [escape];
      if (isStrangeClass(text)) {
        return `Go does not know the class '${text}'`;
      }
      before = text === '\\Q\\E' ? before : 1;
      step(text.length);
    } else {
      before = rest[0] === '|' ? undefined : 1;
      step(rest.codePointAt(0)! > 0xffff ? 2 : 1);
    }
  }
  return open.length > 1 ? 'a group is not closed' : undefined;
}

/** Whether a class of Unicode, such as \\pL or \\p{Greek}, is none. */
function isStrangeClass(escape: string): boolean {
  const [, name] = /^\\[pP]\{?\^?(\w+)/.exec(escape) ?? [];
  if (name === undefined || name === 'Any') {
    return false;
  }
  try {
    return new RegExp(`\\p{${name.length < 3 ? 'gc' : 'sc'}=${name}}`, 'u') === undefined;
  } catch {
    return true;
  }
}

/** How long a class such as `[^a-z]` is, or what is wrong with it. */
function classEnd(text: string): number | string {
  let at = text[1] === '^' ? 2 : 1;
  for (let first = true; first || text[at] !== ']'; first = false) {
    const rest = text.slice(at);
    const range = RANGE.exec(rest);
    const [one] = range ?? NAMED.exec(rest) ?? (rest[0] === '\\' ? IN_CLASS.exec(rest) : /^(?!\[:\^?\w*:\])./su.exec(rest)) ?? [];
    if (one === undefined || isStrangeClass(one) || /^[^\\\]]-\\[dDsSwWpP]/.test(rest)) {
      return rest === '' ? "a '[' is not closed" : `Go does not know '${rest.slice(0, 4)}' in a class`;
    }
    if (range && range[1].length === 1 && range[2].length === 1 && range[1] > range[2]) {
      return `the range '${one}' is the wrong way round`;
    }
    at += one.length;
  }
  return at + 1;
}

/** A pattern for JavaScript; undefined where it means something else there, or nothing. */
export function asJavaScript(pattern: string): RegExp | undefined {
  if (/\\[AzZaQECpP]|\[\[:|\(\?(?!:)|\\x\{/.test(pattern)) {
    return undefined;
  }
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}
