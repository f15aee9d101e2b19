/** Stand-in until the branch kms is merged. */
export class CephKms {
  public static existing(id: string): CephKms {
    return new CephKms(id);
  }

  private constructor(public readonly id: string) {}
}
