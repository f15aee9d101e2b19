/** A service account that exists, or will. */
export interface ServiceAccountReference {
  /** Its name. */
  readonly name: string;

  /** Its namespace. */
  readonly namespace: string;
}
