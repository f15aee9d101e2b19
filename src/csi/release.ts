/** A release as a number that can be compared; a suffix such as `-rc1` is passed over. */
export function releaseNumber(version: string | undefined): number | undefined {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(version ?? '') ?? [];
  return patch === undefined ? undefined : Number(major) * 1e6 + Number(minor) * 1e3 + Number(patch);
}

/** Whether a release is older than another one; `undefined` when it is not known. */
export function isBefore(version: string | undefined, other: string): boolean | undefined {
  const release = releaseNumber(version);
  return release === undefined ? undefined : release < releaseNumber(other)!;
}
