/** What is wrong, if anything: the first text whose condition holds. */
export function firstProblem(...rows: readonly (readonly [boolean, string])[]): string | undefined {
  return rows.find(([applies]) => applies)?.[1];
}
