/** Whether a path is a directory, or lies in it. */
export function liesIn(path: string, directory: string): boolean {
  return `${path}/`.startsWith(`${directory.replace(/\/$/, '')}/`);
}
