/** What is known of a Kadalu that is installed already. */
export interface ExistingKadaluOperatorOptions {
  /**
   * Its release, such as `1.2.0`.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly version?: string;

  /**
   * The namespace in which it runs.
   *
   * @default kadalu
   */
  readonly namespace?: string;
}
