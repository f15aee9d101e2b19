import { mkdir, open, rm, rmdir, stat, statfs } from 'fs/promises';
import { checkCapabilities, isReadOnly, SINGLE_WRITER } from './capabilities';
import { aborted, failedPrecondition, invalid, notFound, required, Topology, VolumeCapability } from './csi';
import { attach, attached, bind, detach, exists, growDevice, growFileSystem, makeReadOnly, mountDevice, mounted, mountedToo, reserve, unmount } from './disk';
import { sizeOfDevice } from './file-systems';
import { Backing, Store, Volume } from './store';

const CAPABILITIES = ['STAGE_UNSTAGE_VOLUME', 'GET_VOLUME_STATS', 'EXPAND_VOLUME', 'SINGLE_NODE_MULTI_WRITER'];

export interface NodeOptions {
  readonly nodeId: string;
  readonly topology: Topology;
  readonly maxVolumesPerNode: number;
}

interface PublishRequest {
  readonly volumeId: string;
  readonly stagingTargetPath: string;
  readonly targetPath: string;
  readonly volumeCapability?: VolumeCapability;
  readonly readonly: boolean;
}

/** Mounts volumes where the kubelet wants them. */
export class NodeService {
  private readonly busy = new Set<string>();

  public constructor(private readonly options: NodeOptions, private readonly volumes: Store<Volume>) {}

  public async nodeGetInfo(): Promise<object> {
    const { nodeId, maxVolumesPerNode, topology } = this.options;
    return { nodeId, maxVolumesPerNode, accessibleTopology: topology };
  }

  public async nodeGetCapabilities(): Promise<object> {
    return { capabilities: CAPABILITIES.map(type => ({ rpc: { type } })) };
  }

  /** Once per volume: the device, and the file system on it. */
  public async nodeStageVolume(request: { volumeId: string; stagingTargetPath: string; volumeCapability?: VolumeCapability }): Promise<object> {
    const { volumeId, stagingTargetPath, volumeCapability } = request;
    required({ volume_id: volumeId, staging_target_path: stagingTargetPath, volume_capability: volumeCapability });
    const volume = await this.usable(volumeId, volumeCapability!);
    await this.alone(volumeId, async () => {
      if (volume.backing === Backing.DIRECTORY) {
        return;
      }
      const inUse = await attached(this.volumes.data(volume)) !== undefined;
      try {
        await this.stage(volume, stagingTargetPath, volumeCapability!);
      } catch (error) {
        if (!inUse) {
          await this.unstage(volume, stagingTargetPath);
        }
        throw error;
      }
    });
    return {};
  }

  public async nodeUnstageVolume({ volumeId, stagingTargetPath }: { volumeId: string; stagingTargetPath: string }): Promise<object> {
    required({ volume_id: volumeId, staging_target_path: stagingTargetPath });
    await this.alone(volumeId, async () => this.unstage(await this.volumes.find(volumeId), stagingTargetPath));
    return {};
  }

  /** For each pod: the same, where the pod has its volumes. */
  public async nodePublishVolume(request: PublishRequest): Promise<object> {
    const { volumeId, stagingTargetPath, targetPath, volumeCapability } = request;
    required({ volume_id: volumeId, target_path: targetPath, volume_capability: volumeCapability });
    if (stagingTargetPath === '') {
      throw failedPrecondition('staging_target_path is missing');
    }
    const volume = await this.usable(volumeId, volumeCapability!);
    await this.alone(volumeId, async () => {
      const before = await mounted(targetPath);
      try {
        await this.publish(volume, request);
      } catch (error) {
        if (!before) {
          await withdraw(targetPath);
        }
        throw error;
      }
    });
    return {};
  }

  public async nodeUnpublishVolume({ volumeId, targetPath }: { volumeId: string; targetPath: string }): Promise<object> {
    required({ volume_id: volumeId, target_path: targetPath });
    await this.alone(volumeId, () => withdraw(targetPath));
    return {};
  }

  public async nodeGetVolumeStats({ volumeId, volumePath }: { volumeId: string; volumePath: string }): Promise<object> {
    required({ volume_id: volumeId, volume_path: volumePath });
    await this.volumes.get(volumeId);
    if (await mounted(volumePath) === undefined) {
      throw notFound(`no volume is at ${volumePath}`);
    }
    if (!(await stat(volumePath)).isDirectory()) {
      return { usage: [{ unit: 'BYTES', total: await sizeOfDevice(volumePath) }] };
    }
    const { bsize, blocks, bfree, bavail, files, ffree } = await statfs(volumePath);
    return {
      usage: [
        { unit: 'BYTES', total: blocks * bsize, used: (blocks - bfree) * bsize, available: bavail * bsize },
        { unit: 'INODES', total: files, used: files - ffree, available: ffree },
      ],
    };
  }

  public async nodeExpandVolume({ volumeId, volumePath }: { volumeId: string; volumePath: string }): Promise<object> {
    required({ volume_id: volumeId, volume_path: volumePath });
    const volume = await this.volumes.get(volumeId);
    if (!await exists(volumePath)) {
      throw notFound(`nothing is at ${volumePath}`);
    }
    if (volume.backing === Backing.IMAGE) {
      await this.alone(volumeId, async () => {
        const device = await growDevice(this.volumes.data(volume));
        if (!volume.block) {
          await growFileSystem(device, volumePath);
        }
      });
    }
    return { capacityBytes: volume.bytes };
  }

  /** A volume that can be used so: by what it can do, and by what it was made for. */
  private async usable(volumeId: string, capability: VolumeCapability): Promise<Volume> {
    const volume = await this.volumes.get(volumeId);
    checkCapabilities([capability], volume.backing);
    if (Boolean(capability.block) !== volume.block) {
      throw invalid(`${volumeId} was made ${volume.block ? 'as a raw device' : 'with a file system'}`);
    }
    return volume;
  }

  private async stage(volume: Volume, path: string, { mount }: VolumeCapability): Promise<void> {
    const image = this.volumes.data(volume);
    await reserve(image, volume.bytes); // what a file system gave back by discarding it
    // A volume that was restored or cloned into a larger one has the file system of its source, and one that grew while no pod had it the old one.
    const device = await growDevice(image);
    if (mount && await mounted(path) === undefined) {
      await mountDevice(device, path, mount.fsType, mount.mountFlags);
    }
  }

  private async unstage(volume: Volume | undefined, path: string): Promise<void> {
    await unmount(path);
    if (volume?.backing === Backing.IMAGE) {
      await detach(this.volumes.data(volume));
    }
  }

  private async publish(volume: Volume, { stagingTargetPath, targetPath, volumeCapability, readonly }: PublishRequest): Promise<void> {
    const data = this.volumes.data(volume);
    if (volume.block) {
      const device = await attach(data);
      await (await open(targetPath, 'a', 0o660)).close(); // a file, to mount the device over
      await bind(device, targetPath);
    } else if (volume.backing === Backing.IMAGE && await mounted(stagingTargetPath) === undefined) {
      // What would be shown to the pod instead is a directory of the node's own disk.
      throw failedPrecondition(`${volume.id} is not staged at ${stagingTargetPath}`);
    } else {
      await mkdir(targetPath, { recursive: true });
      await bind(volume.backing === Backing.DIRECTORY ? data : stagingTargetPath, targetPath);
    }
    if (readonly || isReadOnly(volumeCapability!)) {
      await makeReadOnly(targetPath);
    }
    if (volumeCapability!.accessMode?.mode === SINGLE_WRITER && (await mountedToo(targetPath)).some(path => path !== stagingTargetPath)) {
      throw failedPrecondition(`another pod has ${volume.id}, which is for one writer`);
    }
  }

  /** The kubelet asks again when its patience ends; what it asked for first still goes on. */
  private async alone(volumeId: string, work: () => Promise<void>): Promise<void> {
    if (this.busy.has(volumeId)) {
      throw aborted(`another operation on ${volumeId} is going on`);
    }
    this.busy.add(volumeId);
    try {
      await work();
    } finally {
      this.busy.delete(volumeId);
    }
  }
}

/** Takes a volume away from where a pod had it. */
async function withdraw(path: string): Promise<void> {
  await unmount(path);
  if (await exists(path)) {
    // Never what is inside: were it still mounted, that would be the volume's data.
    await ((await stat(path)).isDirectory() ? rmdir(path) : rm(path));
  }
}
