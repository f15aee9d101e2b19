/** What becomes of an image that is a clone, when it is to be mirrored. */
export enum MirroringFlattenMode {
  /** It is mirrored only if what it was cloned from is mirrored too. */
  NEVER = 'never',

  /** It is made independent first, which takes its whole size. */
  FORCE = 'force',
}
