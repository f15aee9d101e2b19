import { invalid, VolumeCapability } from './csi';
import { Backing } from './store';

const READER_ONLY = 'SINGLE_NODE_READER_ONLY';
export const SINGLE_WRITER = 'SINGLE_NODE_SINGLE_WRITER';
/** A volume is on one node, so whatever one node can do. */
const MODES = ['SINGLE_NODE_WRITER', READER_ONLY, SINGLE_WRITER, 'SINGLE_NODE_MULTI_WRITER'];

/** Why a volume cannot be used so, if it cannot. */
export function problem({ block, mount, accessMode }: VolumeCapability, backing: Backing): string | undefined {
  const mode = accessMode?.mode ?? 'UNKNOWN';
  return !block && !mount ? 'neither block nor mount is asked for'
    : !MODES.includes(mode) ? `no access mode ${mode}: a volume is on one node`
      : backing === Backing.IMAGE ? undefined
        : block ? 'a directory is no block device: use backing: image'
          : mount!.mountFlags.length > 0 ? 'a directory has no mount options: use backing: image' : undefined;
}

/** @throws INVALID_ARGUMENT */
export function checkCapabilities(capabilities: VolumeCapability[], backing: Backing): void {
  for (const capability of capabilities) {
    const reason = problem(capability, backing);
    if (reason !== undefined) {
      throw invalid(reason);
    }
  }
}

export function isReadOnly({ accessMode }: VolumeCapability): boolean {
  return accessMode?.mode === READER_ONLY;
}
