import { spawn } from 'child_process';
import { FileHandle, open, stat } from 'fs/promises';
import { aborted } from './csi';

/**
 * Does something while no other process changes a directory. The kernel keeps the lock, so it is gone with the process that
 * held it, and it holds between the copies of the controller and the node plugin, which share one file system.
 *
 * @throws ABORTED while somebody else has it
 */
export async function locked<T>(directory: string, how: 'exclusive' | 'shared', work: () => Promise<T>): Promise<T> {
  const handle = await open(directory).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? aborted(`${directory} was just removed`) : error;
  });
  try {
    if (!await flock(handle, how)) {
      throw aborted(`another operation on ${directory} is going on`);
    }
    // Whoever had it may have removed the directory: then this is a lock on nothing.
    const [held, there] = await Promise.all([handle.stat(), stat(directory).catch(() => undefined)]);
    if (held.ino !== there?.ino) {
      throw aborted(`${directory} was just removed`);
    }
    return await work();
  } finally {
    await handle.close();
  }
}

/** flock(1) locks the open file that it inherits as its descriptor 3; the lock stays with our own descriptor of it. */
function flock(handle: FileHandle, how: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn('flock', [`--${how}`, '--nonblock', '3'], { stdio: ['ignore', 'ignore', 'ignore', handle.fd] });
    child.on('error', reject);
    child.on('exit', (code, signal) => (code === 0 || code === 1 ? resolve(code === 0) : reject(new Error(`flock ended with ${code ?? signal}`))));
  });
}
