import { RookPlacement, RookResources } from './rook-pod-options';
import { ManifestProps } from '../../../manifest/manifest-props';

/** Daemons that bring data here from another cluster. */
export interface RookMirrorOptions extends ManifestProps {
  /**
   * The name of the object.
   *
   * @default - `rbd-mirror`, or `fs-mirror`
   */
  readonly name?: string;

  /**
   * How many daemons copy images. Of file systems there is one.
   *
   * @default 1
   */
  readonly count?: number;

  /**
   * What each gets.
   *
   * @default - 500m of CPU, 512Mi of memory and 1Gi at most
   */
  readonly resources?: RookResources;

  /**
   * Where they run.
   *
   * @default - on any node without taints
   */
  readonly placement?: RookPlacement;
}
