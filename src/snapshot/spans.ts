const UNITS = [['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]] as const;

/** A length of time in the largest unit in which it is whole: `90 minutes`. */
export function span(seconds: number): string {
  const [unit, length] = UNITS.find(([, size]) => seconds % size === 0)!;
  return `${seconds / length} ${unit}${seconds === length ? '' : 's'}`;
}
