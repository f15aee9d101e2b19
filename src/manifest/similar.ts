/** How many letters have to be put in, left out or changed to make one word of another. */
function distance(from: string, to: string): number {
  let row = [...Array(to.length + 1).keys()];
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[to.length];
}

/** Which of several words was probably meant; `undefined` when none is near. */
export function similar(word: string, words: readonly string[]): string | undefined {
  const [nearest] = words.map(candidate => ({ candidate, away: distance(word.toLowerCase(), candidate.toLowerCase()) })).sort((a, b) => a.away - b.away);
  return nearest && nearest.away <= Math.max(1, Math.floor(word.length / 4)) ? nearest.candidate : undefined;
}
