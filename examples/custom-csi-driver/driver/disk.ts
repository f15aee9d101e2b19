import { mkdir, readdir, readFile, stat, statfs, truncate } from 'fs/promises';
import { dirname } from 'path';
import { ask, run } from './commands';
import { aborted, exhausted, failedPrecondition } from './csi';
import { fileSystem } from './file-systems';
import { Backing } from './store';

const LOOP_MAJOR = '7';
/** In which stat counts what a file takes. */
const BLOCK = 512;

/** How many bytes are free for new volumes. */
export async function free(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

/** Makes the data of a volume: empty, or a copy of another one's. All of an image's size is taken now, so that no write fails later for want of space. */
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

/** Makes a disk image at least this large. What it holds stays; all else is zeros, and its blocks are taken. */
export async function reserve(path: string, bytes: number): Promise<void> {
  const { size, blocks } = await stat(path).catch(() => ({ size: 0, blocks: 0 }));
  const left = await free(dirname(path));
  if (bytes - blocks * BLOCK > left) {
    throw exhausted(`${path} cannot have ${bytes} bytes: ${left} are left`);
  }
  try {
    await run('fallocate', '--length', `${bytes}`, path);
  } catch (error) {
    await truncate(path, size).catch(() => undefined); // what it took before it failed
    throw outOfSpace(error as Error);
  }
}

/**
 * Copies an image or a directory. File systems that share blocks between files (XFS, Btrfs) do it at once, and the image is as
 * it was at that moment. Elsewhere it is as consistent as whoever writes to it meanwhile.
 */
export async function copy(source: string, path: string): Promise<void> {
  await run('sync'); // of every file system on the node: what pods have written is in the image then
  try {
    await run('cp', '--archive', '--reflink=auto', '--sparse=auto', source, path);
  } catch (error) {
    throw outOfSpace(error as Error);
  }
}

function outOfSpace(error: Error): Error {
  return /No space left/.test(error.message) ? exhausted(error.message) : error;
}

/** Whether some node plugin has an image open as a device; the path that the kernel tells begins wherever that one's data directory is mounted. */
export async function isAttached(end: string): Promise<boolean> {
  const loops = (await readdir('/sys/block')).filter(name => name.startsWith('loop'));
  const files = await Promise.all(loops.map(loop => readFile(`/sys/block/${loop}/loop/backing_file`, 'utf8').catch(() => '')));
  return files.some(file => file.trim().endsWith(end));
}

/** The loop device of an image, if it has one. */
export async function attached(image: string): Promise<string | undefined> {
  const line = (await run('losetup', '--associated', image, '--noheadings', '--output', 'NAME')).split('\n')[0];
  return line === '' ? undefined : line;
}

/** The loop device of an image; it gets one if it has none. */
export async function attach(image: string): Promise<string> {
  const there = await attached(image);
  return there ?? inTurn(async () => {
    const next = await run('losetup', '--find');
    // Where nobody makes device nodes, as in many containers, the kernel has more devices than /dev.
    if (!await exists(next)) {
      await run('mknod', '--mode=0660', next, 'b', LOOP_MAJOR, next.replace(/\D+/, ''));
    }
    return run('losetup', '--find', '--show', image);
  });
}

/** Takes the loop device of an image away. One that is still open stays, and would vanish later, under whoever got it next. */
export async function detach(image: string): Promise<void> {
  const device = await attached(image);
  if (device !== undefined) {
    await run('losetup', '--detach', device);
    if (await attached(image) !== undefined) {
      throw aborted(`${device} is still in use`);
    }
  }
}

let last: Promise<unknown> = Promise.resolve();

/** One after the other: two could find the same device free. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work);
  last = next;
  return next;
}

/** Makes a device as large as its image, and says which it is. */
export async function growDevice(image: string): Promise<string> {
  const device = await attach(image);
  await run('losetup', '--set-capacity', device);
  return device;
}

/** Mounts the file system of a device. It is there since the volume was made: nothing is ever formatted here. */
export async function mountDevice(device: string, path: string, wanted: string, options: string[]): Promise<void> {
  const found = await ask([2], 'blkid', '--probe', '--match-tag', 'TYPE', '--output', 'value', device);
  if (found === undefined || (wanted !== '' && found !== wanted)) {
    throw failedPrecondition(`the volume holds ${found ?? 'no file system that can be read'}, not ${wanted || 'one'}`);
  }
  const { mountOptions, prepare, settle } = fileSystem(found);
  await prepare(device);
  await mkdir(path, { recursive: true });
  const all = [...mountOptions, ...options];
  await run('mount', '-t', found, ...(all.length > 0 ? ['-o', all.join(',')] : []), device, path);
  await settle(path);
}

/** Makes a mounted file system as large as its device. */
export async function growFileSystem(device: string, path: string): Promise<void> {
  const { type } = (await mounted(path))!;
  const [program, ...args] = fileSystem(type).grow(device, path);
  await run(program, ...args);
}

interface Mount {
  readonly path: string;
  /** What is mounted: a device and a directory or file on it. */
  readonly what: string;
  readonly type: string;
  readonly source: string;
}

async function mounts(): Promise<Mount[]> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).trim().split('\n').map(line => line.split(' '));
  return lines.map(fields => {
    const [type, source] = fields.slice(fields.indexOf('-') + 1);
    return { path: fields[4].replace(/\\(\d{3})/g, (_, octal) => String.fromCharCode(parseInt(octal, 8))), what: `${fields[2]} ${fields[3]}`, type, source };
  });
}

/** What is mounted at a path. */
export async function mounted(path: string): Promise<Mount | undefined> {
  return (await mounts()).reverse().find(mount => mount.path === path);
}

/** Where else that is mounted which is mounted at a path. */
export async function mountedToo(path: string): Promise<string[]> {
  const what = (await mounted(path))?.what;
  return (await mounts()).filter(mount => mount.what === what && mount.path !== path).map(mount => mount.path);
}

/** Shows a directory or a device at another path too. */
export async function bind(source: string, target: string): Promise<void> {
  if (await mounted(target) === undefined) {
    await run('mount', '--options', 'bind', source, target);
  }
}

/** A mount that is read-only, and no other one of the same. */
export async function makeReadOnly(path: string): Promise<void> {
  await run('mount', '--options', 'remount,bind,ro', path);
}

export async function unmount(path: string): Promise<void> {
  while (await mounted(path) !== undefined) {
    await run('umount', path);
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}
