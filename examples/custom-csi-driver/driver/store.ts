import { createHash } from 'crypto';
import { FileHandle, mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'fs/promises';
import { join } from 'path';
import { run } from './commands';
import { aborted, ContentSource, notFound } from './csi';
import { locked } from './lock';

/** What holds the data of a volume. */
export enum Backing {
  /** A disk image, attached as a loop device: a file system of its own and a size that holds, or a raw device. */
  IMAGE = 'image',
  /** A directory, bind-mounted: nothing keeps it from growing. */
  DIRECTORY = 'directory',
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly backing: Backing;
  /** The size that was asked for; of a snapshot, that of its source. */
  readonly bytes: number;
  /** The file system in an image that is no raw device. */
  readonly fsType?: string;
}

export interface Volume extends Entry {
  readonly block: boolean;
  readonly source?: ContentSource;
}

/** Where a volume is attached. */
export interface Published {
  readonly nodeId: string;
  readonly readonly: boolean;
}

export interface Snapshot extends Entry {
  readonly sourceVolumeId: string;
  /** When it was taken, in ISO 8601. */
  readonly taken: string;
}

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const METADATA = 'metadata.json';
const PUBLISHED = 'published.json';

/**
 * Volumes or snapshots on disk: a directory each, with the data and, written last and removed first, what is known of it.
 * A directory without that is what an interrupted call left, and nothing to anybody. All state is here, so any copy of the
 * driver may be killed at any time, and any other go on.
 */
export class Store<T extends Entry> {
  public constructor(private readonly root: string) {}

  /** Prepares the store. */
  public async open(): Promise<void> {
    await mkdir(this.root, { recursive: true, mode: 0o700 });
  }

  /** Removes what interrupted calls left. */
  public async tidy(): Promise<void> {
    for (const id of await this.ids()) {
      try {
        if (await this.find(id) === undefined) {
          // Whoever works on it may finish before we have the lock.
          await this.remove(id, async () => { throw aborted(`${id} is complete now`); });
        }
      } catch (error) {
        console.error(`${id} is left as it is: ${(error as Error).message}`);
      }
    }
  }

  /** The id of what the caller calls by a name: the name itself, where a file may have it, so that people find it. */
  public idOf(name: string): string {
    return ID.test(name) ? name : createHash('sha256').update(name).digest('hex');
  }

  /** Where the data lies. */
  public data(entry: Entry): string {
    return join(this.root, entry.id, entry.backing === Backing.IMAGE ? 'disk.img' : 'data');
  }

  /** What has this id, if it is complete. */
  public async find(id: string): Promise<T | undefined> {
    return this.parsed(id, METADATA);
  }

  /** Where it is attached, if it is. */
  public async published(id: string): Promise<Published | undefined> {
    return this.parsed(id, PUBLISHED);
  }

  /** Says where it is attached. In a file of its own and without a lock: pods come and go while a large volume is copied. */
  public async setPublished(id: string, published: Published | undefined): Promise<void> {
    const { id: known } = await this.get(id);
    await (published ? this.write(known, PUBLISHED, published) : rm(join(this.root, known, PUBLISHED), { force: true }));
  }

  private async parsed(id: string, file: string): Promise<any> {
    if (!ID.test(id)) {
      return undefined;
    }
    try {
      return JSON.parse(await readFile(join(this.root, id, file), 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
  }

  /** @throws NOT_FOUND */
  public async get(id: string): Promise<T> {
    const entry = await this.find(id);
    if (!entry) {
      throw notFound(`there is no ${id}`);
    }
    return entry;
  }

  /** All, by id. One that cannot be read must not take the others with it. */
  public async list(): Promise<T[]> {
    const entries = await Promise.all((await this.ids()).map(id => this.find(id).catch((error: Error) => console.error(`${id} cannot be read: ${error.message}`))));
    return entries.filter(entry => entry !== undefined) as T[];
  }

  private async ids(): Promise<string[]> {
    return (await readdir(this.root, { withFileTypes: true })).filter(entry => entry.isDirectory()).map(({ name }) => name).sort();
  }

  /** What has this id already, or what `build` makes of it. If that fails nothing is left. */
  public async create(entry: T, build: (data: string) => Promise<void>): Promise<T> {
    const directory = join(this.root, entry.id);
    await mkdir(directory, { recursive: true });
    return locked(directory, 'exclusive', async () => {
      const existing = await this.find(entry.id);
      if (existing) {
        return existing;
      }
      await empty(directory);
      try {
        await build(this.data(entry));
        await onDisk(this.data(entry)); // what is written down as complete has to be so after a power cut too
        await this.write(entry.id, METADATA, entry);
      } catch (error) {
        await empty(directory);
        await rmdir(directory);
        throw error;
      }
      return entry;
    });
  }

  /** Changes what is known of something, after doing what the change says. */
  public async update(id: string, change: (entry: T) => Promise<T>): Promise<T> {
    await this.get(id);
    return locked(join(this.root, id), 'exclusive', async () => {
      const before = await this.get(id);
      const after = await change(before);
      if (after !== before) {
        await this.write(id, METADATA, after);
      }
      return after;
    });
  }

  /** Does something while the data of something stays as it is. */
  public async read<R>(id: string, work: (entry: T) => Promise<R>): Promise<R> {
    await this.get(id);
    return locked(join(this.root, id), 'shared', async () => work(await this.get(id)));
  }

  /** Removes it, if it is there and `check` has nothing against it. */
  public async remove(id: string, check: (entry: T) => Promise<void> = async () => undefined): Promise<void> {
    const directory = join(this.root, id);
    if (!ID.test(id) || !(await this.ids()).includes(id)) {
      return;
    }
    await locked(directory, 'exclusive', async () => {
      const entry = await this.find(id);
      if (entry) {
        await check(entry);
        await rm(join(directory, METADATA));
      }
      await empty(directory);
      await rmdir(directory);
    });
  }

  /** Written beside, flushed, and put into place at once: a crash leaves the old or the new, and what was answered stays. */
  private async write(id: string, name: string, value: object): Promise<void> {
    const directory = join(this.root, id);
    const path = join(directory, name);
    await flushed(`${path}.new`, 'w', file => file.writeFile(JSON.stringify(value)));
    await rename(`${path}.new`, path);
    await flushed(directory, 'r');
    await flushed(this.root, 'r');
  }
}

/** Waits until the disk has a file, or a directory with all that is in it. */
async function onDisk(path: string): Promise<void> {
  await run('sync', ...((await stat(path)).isDirectory() ? ['--file-system'] : []), path);
}

/** Does something with a file or directory, and waits until the disk has it. */
async function flushed(path: string, flags: string, work: (file: FileHandle) => Promise<void> = async () => undefined): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await work(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function empty(directory: string): Promise<void> {
  await Promise.all((await readdir(directory)).map(name => rm(join(directory, name), { recursive: true, force: true })));
}
