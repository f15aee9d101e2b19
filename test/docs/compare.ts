import { Verbs } from '../../tools/compare-nfs';

/** The tables of a page: rows of cells. */
export function tablesOf(page: string): string[][][] {
  return [...page.matchAll(/^(?:\|.*\|\n)+/gm)].map(([text]) => text.trim().split('\n').map(line => line.slice(1, -1).split(/(?<!\\)\|/).map(cell => cell.trim())));
}

/** One column of a permission table. */
export function column(rows: readonly string[][], index: number): Verbs {
  return new Map(rows.filter(([resource, ...cells]) => resource !== '**verbs**' && cells[index] !== '').map(([resource, ...cells]) => [resource, cells[index].split(' ')]));
}

export const sorted = (verbs: Verbs) => [...verbs].map(([resource, list]) => `${resource}: ${[...list].sort().join(' ')}`).sort();
export const total = (rows: readonly string[][], index: number) => rows.find(([resource]) => resource === '**verbs**')![index + 1];
