import { ask, run } from './commands';
import { invalid } from './csi';

/** What a file system takes to be made, mounted beside its own copy, and enlarged. */
interface FileSystem {
  /** The least size of a volume for it, in MiB. */
  readonly least: number;
  /** Makes it in a file; what the file has reserved stays so, which a discard would give back. */
  readonly make: string[];
  readonly mountOptions: string[];
  /** Mends what an unclean end left, and enlarges it on a device that has grown, before it is mounted. */
  prepare(device: string): Promise<void>;
  /** What of that it can do only when it is mounted. */
  settle(path: string): Promise<unknown>;
  /** The command that enlarges it while it is mounted. */
  grow(device: string, path: string): string[];
}

const FILE_SYSTEMS: Record<string, FileSystem> = {
  ext4: {
    least: 8,
    // Zeroing the tables and the journal later would keep the device busy behind the pod's back.
    make: ['mkfs.ext4', '-q', '-F', '-m', '0', '-E', 'nodiscard,lazy_itable_init=0,lazy_journal_init=0'],
    mountOptions: [],
    prepare: async device => {
      await ask([1], 'e2fsck', '-p', device); // 1: it has mended something
      const header = await run('dumpe2fs', '-h', device);
      const number = (name: string) => Number(new RegExp(`^${name}: +(\\d+)`, 'm').exec(header)?.[1]);
      if (number('Block count') * number('Block size') < await sizeOfDevice(device)) {
        await ask([1], 'e2fsck', '-f', '-p', device);
        await run('resize2fs', device);
      }
    },
    settle: async () => undefined,
    grow: device => ['resize2fs', device],
  },
  xfs: {
    least: 300,
    make: ['mkfs.xfs', '-q', '-K'],
    mountOptions: ['nouuid'], // a restored volume has the UUID of its source, which may be mounted on the same node
    prepare: async () => undefined, // mounting replays its journal
    settle: path => run('xfs_growfs', path),
    grow: (_, path) => ['xfs_growfs', path],
  },
};
export const DEFAULT_FILE_SYSTEM = 'ext4';

/** @throws INVALID_ARGUMENT */
export function fileSystem(type: string): FileSystem {
  if (!Object.hasOwn(FILE_SYSTEMS, type)) {
    throw invalid(`no file system '${type}' here, only ${Object.keys(FILE_SYSTEMS).join(' and ')}`);
  }
  return FILE_SYSTEMS[type];
}

/** Makes a file system in a new image. */
export async function format(image: string, type: string): Promise<void> {
  const [program, ...args] = fileSystem(type).make;
  await run(program, ...args, image);
}

export async function sizeOfDevice(device: string): Promise<number> {
  return Number(await run('blockdev', '--getsize64', device));
}
