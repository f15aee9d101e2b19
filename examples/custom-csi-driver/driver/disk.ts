import { mkdir, readFile, stat, statfs } from 'fs/promises';
import { ask, run } from './commands';
import { exhausted, failedPrecondition, invalid } from './csi';
import { Backing } from './store';

const LOOP_MAJOR = '7';

interface FileSystem {
  /** The least size of a device for it, in MiB. */
  readonly least: number;
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
    make: ['mkfs.ext4', '-q', '-m', '0', '-E', 'lazy_itable_init=0,lazy_journal_init=0'],
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
    make: ['mkfs.xfs', '-q'],
    mountOptions: ['nouuid'], // a restored volume has the UUID of its source, which may be mounted on the same node
    prepare: async () => undefined, // mounting replays its journal
    settle: path => run('xfs_growfs', path),
    grow: (_, path) => ['xfs_growfs', path],
  },
};
export const DEFAULT_FILE_SYSTEM = 'ext4';

export function fileSystem(type: string): FileSystem {
  if (!(type in FILE_SYSTEMS)) {
    throw invalid(`no file system '${type}' here, only ${Object.keys(FILE_SYSTEMS).join(' and ')}`);
  }
  return FILE_SYSTEMS[type];
}

export async function sizeOfDevice(device: string): Promise<number> {
  return Number(await run('blockdev', '--getsize64', device));
}

/** How many bytes are free for new volumes. */
export async function free(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

/** Makes the data of a volume: empty, or a copy. All of its size is taken now, so that no write fails later for want of space. */
export async function allocate(backing: Backing, path: string, bytes: number, source?: string): Promise<void> {
  if (source !== undefined) {
    await copy(source, path);
  }
  if (backing === Backing.DIRECTORY) {
    await mkdir(path, { recursive: true, mode: 0o755 });
  } else {
    await reserve(path, bytes);
  }
}

/** Makes a disk image at least this large. What it holds stays; the rest is zeros, and its blocks are taken. */
export async function reserve(path: string, bytes: number): Promise<void> {
  try {
    await run('fallocate', '--length', `${bytes}`, path);
  } catch (error) {
    throw /No space left/.test((error as Error).message) ? exhausted(`no ${bytes} bytes are left for ${path}`) : error;
  }
}

/**
 * Copies an image or a directory. File systems that share blocks between files (XFS, Btrfs) do it at once, and the image is as
 * it was at that moment. Elsewhere it is as consistent as whoever writes to it meanwhile.
 */
export async function copy(source: string, path: string): Promise<void> {
  await run('sync'); // of every file system on the node: what pods have written is in the image then
  await run('cp', '--archive', '--reflink=auto', '--sparse=auto', source, path);
}

/** The loop device of an image, if it has one. */
export async function attached(image: string): Promise<string | undefined> {
  const line = (await run('losetup', '--associated', image, '--noheadings', '--output', 'NAME')).split('\n')[0];
  return line === '' ? undefined : line;
}

/** The loop device of an image; it gets one if it has none. */
export async function attach(image: string): Promise<string> {
  const there = await attached(image);
  return there ?? one(async () => {
    const next = await run('losetup', '--find');
    // Where nobody makes device nodes, as in many containers, the kernel has more devices than /dev.
    if (!await exists(next)) {
      await run('mknod', '--mode=0660', next, 'b', LOOP_MAJOR, next.replace(/\D+/, ''));
    }
    return run('losetup', '--find', '--show', image);
  });
}

export async function detach(image: string): Promise<void> {
  const device = await attached(image);
  if (device !== undefined) {
    await run('losetup', '--detach', device);
  }
}

let last: Promise<unknown> = Promise.resolve();

/** One after the other: two could find the same device free. */
function one<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work);
  last = next;
  return next;
}

/** Mounts the file system of a device, and makes one first if the device is blank. It never touches a device that holds something else. */
export async function mountDevice(device: string, path: string, type: string, options: string[]): Promise<void> {
  const { make, mountOptions, prepare, settle } = fileSystem(type);
  const found = await ask([2], 'blkid', '--probe', '--match-tag', 'TYPE', '--output', 'value', device);
  if (found === undefined) {
    await run(make[0], ...make.slice(1), device);
  } else if (found !== type) {
    throw failedPrecondition(`the volume holds ${found}, not ${type}`);
  } else {
    await prepare(device);
  }
  await mkdir(path, { recursive: true });
  const all = [...mountOptions, ...options];
  await run('mount', '-t', type, ...(all.length > 0 ? ['-o', all.join(',')] : []), device, path);
  await settle(path);
}

/** Makes a device as large as its image, and says which it is. */
export async function growDevice(image: string): Promise<string> {
  const device = await attach(image);
  await run('losetup', '--set-capacity', device);
  return device;
}

/** Makes a mounted file system as large as its device. */
export async function growFileSystem(device: string, path: string): Promise<void> {
  const type = await run('findmnt', '--noheadings', '--output', 'FSTYPE', '--first-only', '--mountpoint', path);
  const [program, ...args] = fileSystem(type).grow(device, path);
  await run(program, ...args);
}

/** What is mounted at a path. */
export async function mounted(path: string): Promise<string | undefined> {
  return ask([1], 'findmnt', '--noheadings', '--output', 'SOURCE', '--first-only', '--mountpoint', path);
}

/** Shows a directory or a device at another path too. */
export async function bind(source: string, target: string, readonly: boolean): Promise<void> {
  await run('mount', '--options', readonly ? 'bind,ro' : 'bind', source, target);
}

/** Where else that is mounted which is mounted at a path. */
export async function mountedToo(path: string): Promise<string[]> {
  const mounts = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').map(line => line.split(' '))
    .map(([, , device, root, target = '']) => ({ what: `${device} ${root}`, target: target.replace(/\\040/g, ' ') }));
  const what = mounts.find(mount => mount.target === path)?.what;
  return mounts.filter(mount => mount.what === what && mount.target !== path).map(mount => mount.target);
}

export async function unmount(path: string): Promise<void> {
  while (await mounted(path) !== undefined) {
    await run('umount', path);
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}
