const UNITS: Record<string, number> = {
  '': 1, 'm': 1e-3, 'k': 1e3, 'M': 1e6, 'G': 1e9, 'T': 1e12, 'P': 1e15, 'E': 1e18,
  'Ki': 2 ** 10, 'Mi': 2 ** 20, 'Gi': 2 ** 30, 'Ti': 2 ** 40, 'Pi': 2 ** 50, 'Ei': 2 ** 60,
};

/** The bytes of a quantity; undefined where it is none. */
export function bytesOf(quantity: unknown): number | undefined {
  const [, amount, unit] = /^\+?(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)([a-zA-Z]*)$/.exec(String(quantity ?? '')) ?? [];
  return unit === undefined || UNITS[unit] === undefined ? undefined : Number(amount) * UNITS[unit];
}
