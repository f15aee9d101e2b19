import { checkCapabilities, problem } from './capabilities';
import { aborted, alreadyExists, CapacityRange, ContentSource, exhausted, failedPrecondition, invalid, notFound, outOfRange, required, Topology, VolumeCapability } from './csi';
import { allocate, copy, free, isAttached, reserve } from './disk';
import { Fault } from './faults';
import { DEFAULT_FILE_SYSTEM, fileSystem, format } from './file-systems';
import { Backing, Snapshot, Store, Volume } from './store';

const MEBIBYTE = 1024 * 1024;
const DEFAULT_BYTES = 1024 * MEBIBYTE;
const PARAMETERS = ['backing'];
const RESERVED = 'csi.storage.k8s.io/';
/** Before the id in a page's token, so that only ours are taken. */
const AFTER = 'after:';

const CAPABILITIES = [
  'CREATE_DELETE_VOLUME', 'PUBLISH_UNPUBLISH_VOLUME', 'LIST_VOLUMES', 'GET_CAPACITY', 'CREATE_DELETE_SNAPSHOT', 'LIST_SNAPSHOTS', 'CLONE_VOLUME', 'EXPAND_VOLUME',
  'SINGLE_NODE_MULTI_WRITER',
];

export interface ControllerOptions {
  /** Where the data lies. */
  readonly root: string;
  /** The node on which it lies: this one. */
  readonly nodeId: string;
  /** What the pods that use a volume have to be close to. */
  readonly topology: Topology;
  readonly maxVolumesPerNode: number;
}

interface CreateVolumeRequest {
  readonly name: string;
  readonly capacityRange?: CapacityRange;
  readonly volumeCapabilities: VolumeCapability[];
  readonly parameters: { [key: string]: string };
  readonly volumeContentSource?: ContentSource;
  readonly accessibilityRequirements?: { readonly requisite: Topology[] };
}

/** What a volume begins with. */
interface Origin {
  readonly backing: Backing;
  readonly bytes: number;
  readonly fsType?: string;
  readonly data: string;
}

interface ListRequest {
  readonly maxEntries: number;
  readonly startingToken: string;
}

/** Makes, copies, enlarges and removes volumes and snapshots. It mounts nothing. */
export class ControllerService {
  public constructor(private readonly options: ControllerOptions, private readonly volumes: Store<Volume>, private readonly snapshots: Store<Snapshot>) {}

  public async controllerGetCapabilities(): Promise<object> {
    return { capabilities: CAPABILITIES.map(type => ({ rpc: { type } })) };
  }

  public async createVolume(request: CreateVolumeRequest): Promise<object> {
    const { name, volumeCapabilities, accessibilityRequirements } = request;
    required({ name, volume_capabilities: volumeCapabilities });
    const backing = backingOf(request.parameters);
    checkCapabilities(volumeCapabilities, backing);
    if (accessibilityRequirements?.requisite.length && !accessibilityRequirements.requisite.some(topology => this.reaches(topology))) {
      throw exhausted(`volumes are on the node ${this.options.nodeId}, which is none of those asked for`);
    }
    const source = request.volumeContentSource ?? undefined;
    const block = volumeCapabilities.some(capability => capability.block);
    const fsType = block || backing === Backing.DIRECTORY ? undefined : volumeCapabilities[0].mount!.fsType || DEFAULT_FILE_SYSTEM;
    const wanted: Volume = {
      id: this.volumes.idOf(name),
      name,
      backing,
      bytes: sizeOf(request.capacityRange, fsType === undefined ? undefined : fileSystem(fsType).least * MEBIBYTE),
      block,
      fsType,
      ...(source ? { source: contentSource(source) } : {}),
    };
    const volume = await this.volumes.create(wanted, data => this.withSource(source, async origin => {
      if (origin && origin.backing !== backing) {
        throw invalid(`the source is a ${origin.backing}, so backing has to be that`);
      }
      if (origin && origin.bytes > wanted.bytes) {
        throw outOfRange(`the source has ${origin.bytes} bytes, more than ${wanted.bytes}`);
      }
      if (origin && origin.fsType !== fsType) {
        throw invalid(`the source holds ${origin.fsType ?? 'no file system'}, so fsType has to be that`);
      }
      await allocate(backing, data, wanted.bytes, origin?.data);
      if (!origin && fsType) {
        await format(data, fsType); // here, where nothing can be on it yet, and never when it is mounted
      }
    }));
    const { requiredBytes, limitBytes } = request.capacityRange ?? { requiredBytes: 0, limitBytes: 0 };
    const same = (['name', 'backing', 'block', 'fsType'] as const).every(key => volume[key] === wanted[key]) && JSON.stringify(volume.source) === JSON.stringify(wanted.source);
    if (!same || volume.bytes < requiredBytes || (limitBytes > 0 && volume.bytes > limitBytes)) {
      throw alreadyExists(`${name} is there already, and is another one`);
    }
    return { volume: this.describe(volume) };
  }

  public async deleteVolume({ volumeId }: { readonly volumeId: string }): Promise<object> {
    required({ volume_id: volumeId });
    await this.volumes.remove(volumeId, async () => {
      const published = await this.volumes.published(volumeId);
      // A volume that was detached by force may still be mounted.
      if (published || await isAttached(`/volumes/${volumeId}/disk.img`)) {
        throw failedPrecondition(`${volumeId} is in use on ${published?.nodeId ?? this.options.nodeId}`);
      }
    });
    return {};
  }

  public async controllerPublishVolume(request: { volumeId: string; nodeId: string; volumeCapability?: VolumeCapability; readonly: boolean }): Promise<object> {
    const { volumeId, nodeId, volumeCapability, readonly } = request;
    required({ volume_id: volumeId, node_id: nodeId, volume_capability: volumeCapability });
    const volume = await this.volumes.get(volumeId);
    checkCapabilities([volumeCapability!], volume.backing);
    if (nodeId !== this.options.nodeId) {
      throw notFound(`volumes are on the node ${this.options.nodeId}; ${nodeId} cannot have them`);
    }
    const others = (await this.volumes.list()).filter(({ id }) => id !== volumeId);
    const attached = (await Promise.all(others.map(({ id }) => this.volumes.published(id)))).filter(published => published !== undefined).length;
    if (attached >= this.options.maxVolumesPerNode) {
      throw exhausted(`${nodeId} has ${attached} volumes, and takes no more`);
    }
    const published = await this.volumes.published(volumeId);
    if (published && published.readonly !== readonly) {
      throw alreadyExists(`${volumeId} is attached, but not ${readonly ? 'read-only' : 'for writing'}`);
    }
    if (!published) {
      await this.volumes.setPublished(volumeId, { nodeId, readonly });
    }
    return {};
  }

  public async controllerUnpublishVolume({ volumeId, nodeId }: { volumeId: string; nodeId: string }): Promise<object> {
    required({ volume_id: volumeId });
    const published = await this.volumes.published(volumeId);
    if (published && (nodeId === '' || nodeId === published.nodeId)) {
      await this.volumes.setPublished(volumeId, undefined);
    }
    return {};
  }

  public async validateVolumeCapabilities({ volumeId, volumeCapabilities }: { volumeId: string; volumeCapabilities: VolumeCapability[] }): Promise<object> {
    required({ volume_id: volumeId, volume_capabilities: volumeCapabilities });
    const volume = await this.volumes.get(volumeId);
    const message = volumeCapabilities.map(capability => problem(capability, volume.backing)).find(reason => reason !== undefined);
    return message === undefined ? { confirmed: { volumeCapabilities } } : { message };
  }

  public async listVolumes(request: ListRequest): Promise<object> {
    return page(await this.volumes.list(), request, volume => ({ volume: this.describe(volume) }));
  }

  public async getCapacity({ accessibleTopology }: { accessibleTopology?: Topology }): Promise<object> {
    return { availableCapacity: accessibleTopology && !this.reaches(accessibleTopology) ? 0 : await free(this.options.root) };
  }

  public async controllerExpandVolume({ volumeId, capacityRange }: { volumeId: string; capacityRange?: CapacityRange }): Promise<object> {
    required({ volume_id: volumeId, capacity_range: capacityRange });
    const bytes = sizeOf(capacityRange);
    const volume = await this.volumes.update(volumeId, async before => {
      if (before.bytes >= bytes) {
        checkLimit(before.bytes, capacityRange!);
        return before; // it never shrinks
      }
      if (before.backing === Backing.IMAGE) {
        await reserve(this.volumes.data(before), bytes);
      }
      return { ...before, bytes };
    });
    return { capacityBytes: volume.bytes, nodeExpansionRequired: volume.backing === Backing.IMAGE };
  }

  public async createSnapshot({ sourceVolumeId, name }: { sourceVolumeId: string; name: string }, { createdSecondsAgo = 0 }: Fault): Promise<object> {
    required({ name, source_volume_id: sourceVolumeId });
    const id = this.snapshots.idOf(name);
    const snapshot = await this.snapshots.find(id) ?? await this.volumes.read(sourceVolumeId, source => {
      const { backing, bytes, fsType } = source;
      const taken = new Date(Date.now() - createdSecondsAgo * 1000).toISOString();
      return this.snapshots.create({ id, name, backing, bytes, fsType, sourceVolumeId, taken }, data => copy(this.volumes.data(source), data));
    });
    if (snapshot.name !== name || snapshot.sourceVolumeId !== sourceVolumeId) {
      throw alreadyExists(`${name} is there already, of the volume ${snapshot.sourceVolumeId}`);
    }
    return { snapshot: describeSnapshot(snapshot) };
  }

  public async deleteSnapshot({ snapshotId }: { snapshotId: string }): Promise<object> {
    required({ snapshot_id: snapshotId });
    await this.snapshots.remove(snapshotId);
    return {};
  }

  public async listSnapshots(request: ListRequest & { sourceVolumeId: string; snapshotId: string }): Promise<object> {
    const { sourceVolumeId, snapshotId } = request;
    const fits = (snapshot: Snapshot) => (sourceVolumeId === '' || snapshot.sourceVolumeId === sourceVolumeId) && (snapshotId === '' || snapshot.id === snapshotId);
    return page((await this.snapshots.list()).filter(fits), request, snapshot => ({ snapshot: describeSnapshot(snapshot) }));
  }

  /** Works on the data that a volume begins with, which nobody removes or enlarges meanwhile. */
  private async withSource(source: ContentSource | undefined, work: (origin?: Origin) => Promise<void>): Promise<void> {
    const { snapshot, volume } = source ?? {};
    if (snapshot) {
      await this.snapshots.read(snapshot.snapshotId, entry => work({ ...entry, data: this.snapshots.data(entry) }));
    } else if (volume) {
      await this.volumes.read(volume.volumeId, entry => work({ ...entry, data: this.volumes.data(entry) }));
    } else {
      await work();
    }
  }

  private reaches({ segments }: Topology): boolean {
    return Object.entries(segments).every(([key, value]) => this.options.topology.segments[key] === value);
  }

  private describe({ id, bytes, source }: Volume): object {
    return { volumeId: id, capacityBytes: bytes, contentSource: source, accessibleTopology: [this.options.topology] };
  }
}

/** What a StorageClass says of the backing. What it does not know it refuses, because a misspelt parameter would be one that is not heeded. */
function backingOf(parameters: { [key: string]: string }): Backing {
  const unknown = Object.keys(parameters).find(key => !PARAMETERS.includes(key) && !key.startsWith(RESERVED));
  const { backing = Backing.IMAGE } = parameters;
  if (unknown !== undefined) {
    throw invalid(`there is no parameter '${unknown}', only ${PARAMETERS.join(', ')}`);
  }
  if (!Object.values<string>(Backing).includes(backing)) {
    throw invalid(`backing is one of ${Object.values(Backing).join(', ')}, not '${backing}'`);
  }
  return backing as Backing;
}

/** The size that lies in a range: as little as it takes, in whole MiB. */
function sizeOf({ requiredBytes, limitBytes }: CapacityRange = { requiredBytes: 0, limitBytes: 0 }, least = MEBIBYTE): number {
  const asked = requiredBytes || Math.min(DEFAULT_BYTES, limitBytes || DEFAULT_BYTES);
  const bytes = Math.ceil(Math.max(asked, least) / MEBIBYTE) * MEBIBYTE;
  checkLimit(bytes, { requiredBytes, limitBytes });
  return bytes;
}

/** @throws OUT_OF_RANGE */
function checkLimit(bytes: number, { limitBytes }: CapacityRange): void {
  if (limitBytes > 0 && bytes > limitBytes) {
    throw outOfRange(`the volume has ${bytes} bytes, in whole MiB, more than the ${limitBytes} that it may have`);
  }
}

/** Only what was set: the other half is a default of the wire. */
function contentSource({ snapshot, volume }: ContentSource): ContentSource {
  return snapshot ? { snapshot: { snapshotId: snapshot.snapshotId } } : { volume: { volumeId: volume!.volumeId } };
}

function describeSnapshot({ id, sourceVolumeId, bytes, taken }: Snapshot): object {
  const milliseconds = Date.parse(taken);
  return {
    snapshotId: id, sourceVolumeId, sizeBytes: bytes, readyToUse: true,
    creationTime: { seconds: Math.floor(milliseconds / 1000), nanos: (milliseconds % 1000) * 1_000_000 },
  };
}

/** Some of the entries, which are in the order of their ids, and the token for those after them. */
function page<T extends { readonly id: string }>(entries: T[], { maxEntries, startingToken }: ListRequest, describe: (entry: T) => object): object {
  if (startingToken !== '' && !startingToken.startsWith(AFTER)) {
    throw aborted(`'${startingToken}' is no token of ours`);
  }
  const rest = startingToken === '' ? entries : entries.filter(entry => entry.id > startingToken.slice(AFTER.length));
  const shown = maxEntries > 0 ? rest.slice(0, maxEntries) : rest;
  return { entries: shown.map(describe), nextToken: shown.length < rest.length ? `${AFTER}${shown[shown.length - 1].id}` : '' };
}
