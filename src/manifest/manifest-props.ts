/** What every construct takes for all objects that it writes. */
export interface ManifestProps {
  /**
   * Labels for every object of this construct. Selectors and pod templates are not changed.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations for every object of this construct.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}
