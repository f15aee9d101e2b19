/** Whether a Gluster volume can have that name. */
export function isVolumeName(name: string): boolean {
  return /^[A-Za-z0-9_-]{1,255}$/.test(name);
}
