/** What a side of a mirrored volume is. */
export enum ReplicationState {
  /** It is written here. Where the other side cannot be asked it is taken over by force. */
  PRIMARY = 'primary',

  /** It follows the other side, and cannot be mounted. */
  SECONDARY = 'secondary',

  /** What is here is thrown away, and copied anew from the other side. Afterwards it is a secondary one. */
  RESYNC = 'resync',
}
