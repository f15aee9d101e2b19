/** Escapes that Go knows, beside those of marks, which mean themselves. */
const ESCAPES = /^\\(?:[AzbBaftnrvdDsSwWCQE]|[0-7]{3}|0|x[0-9A-Fa-f]{2}|x\{[0-9A-Fa-f]+\}|[pP](?:[A-Z]|\{\^?[A-Za-z_]+\})|[^A-Za-z0-9])/;
const GROUP = /^\((?!\?)|^\(\?(?:[imsU]*(?:-[imsU]+)?[:)]|P?<[A-Za-z_]\w*>)/;
const REPETITION = /^\{(\d+)(?:,(\d*))?\}/;
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
      const quotedEnd = escape === '\\Q' ? rest.indexOf('\\E') : -1;
      before = 1;
      step(escape === '\\Q' ? (quotedEnd < 0 ? rest.length : quotedEnd + 2) : escape.length);
    } else {
      before = rest[0] === '|' ? undefined : 1;
      step(rest.codePointAt(0)! > 0xffff ? 2 : 1);
    }
  }
  return open.length > 1 ? 'a group is not closed' : undefined;
}

/** How long a class such as `[^a-z]` is, or what is wrong with it. */
function classEnd(text: string): number | string {
  let at = text[1] === '^' ? 2 : 1;
  for (let first = true; first || text[at] !== ']'; first = false) {
    const rest = text.slice(at);
    const range = /^((?:\\(?:x[0-9A-Fa-f]{2}|x\{[0-9A-Fa-f]+\}|[^A-Za-z0-9]|[afnrtv]))|[^\\[])-((?:\\(?:x[0-9A-Fa-f]{2}|x\{[0-9A-Fa-f]+\}|[^A-Za-z0-9]|[afnrtv]))|[^\\\]])/su.exec(rest);
    const [one] = range ?? /^\[:\^?[a-z]+:\]/.exec(rest) ?? (rest[0] === '\\' ? ESCAPES.exec(rest) : /^./su.exec(rest)) ?? [];
    if (one === undefined) {
      return rest === '' ? "a '[' is not closed" : `Go does not know the escape '${rest.slice(0, 2)}' in a class`;
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
