import { invalid, VolumeCapability } from './csi';
import { Backing } from './store';

/** A volume is on one node, so whatever one node can do. */
const MODES = ['SINGLE_NODE_WRITER', 'SINGLE_NODE_READER_ONLY', 'SINGLE_NODE_SINGLE_WRITER', 'SINGLE_NODE_MULTI_WRITER'];

/** Why a volume cannot be used so, if it cannot. */
export function problem(capability: VolumeCapability, backing: Backing): string | undefined {
  const mode = capability.accessMode?.mode ?? 'UNKNOWN';
  return !capability.block && !capability.mount ? 'neither block nor mount is asked for'
    : !MODES.includes(mode) ? `no access mode ${mode}: a volume is on one node`
      : capability.block && backing !== Backing.IMAGE ? 'a directory is no block device: use backing: image' : undefined;
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
