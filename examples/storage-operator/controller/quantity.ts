const FORMAT = /^([+-]?)(\d*)(?:\.(\d*))?(?:([eE][+-]?\d+)|([KMGTPE]i|[numkMGTPE]))?$/;
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
/** 10^-9. What is finer is rounded up, as Kubernetes does. */
const SMALLEST = 9;
/** What is more is taken for this, as Kubernetes does. */
const MOST = (2n ** 63n - 1n) * 10n ** BigInt(SMALLEST);
/** Beyond it there is nothing but the most, and the smallest. */
const EXPONENT = 100;

/**
 * The number of a Kubernetes quantity, exactly, in units of 1/10^9, the smallest that there is.
 *
 * @throws where the text is no quantity
 */
export function parse(text: string): bigint {
  const [, sign, whole, fraction = '', exponent, suffix] = FORMAT.exec(text) ?? [];
  if (whole === undefined || whole + fraction === '') {
    throw new Error(`'${text}' is no quantity`);
  }
  const binary = BINARY.indexOf(suffix ?? '');
  const scale = exponent ? Math.max(-EXPONENT, Math.min(EXPONENT, Number(exponent.slice(1)))) : DECIMAL[suffix ?? ''] ?? 0;
  const power = scale + SMALLEST - fraction.length;
  const digits = BigInt(whole + fraction) * (binary < 0 ? 1n : 1024n ** BigInt(binary + 1));
  const divisor = power < 0 ? 10n ** BigInt(-power) : 1n;
  const exact = power < 0 ? (digits + divisor - 1n) / divisor : digits * 10n ** BigInt(power);
  const units = exact > MOST ? MOST : exact;
  return sign === '-' ? -units : units;
}

/** Below zero if the first is less, above if it is more. */
export function compare(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
