/** How much the operator of Rook logs. */
export enum RookLogLevel {
  /** What failed. */
  ERROR = 'ERROR',
  /** What may be wrong. */
  WARNING = 'WARNING',
  /** What it does. */
  INFO = 'INFO',
  /** What it looks at, too. */
  DEBUG = 'DEBUG',
}
