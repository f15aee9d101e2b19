import { writeFileSync } from 'fs';
import { join } from 'path';
import { claim, connect, deployed, Ganesha } from './ganesha';
import { run } from '../kubectl';

/** A volume that comes back under another device, as one that is attached to another node does. What a client holds of a file then. */
async function afterMoving(fsType: string): Promise<string> {
  const image = join(claim(), 'image');
  const data = claim();
  run('truncate', ['--size=400M', image]);
  run(`mkfs.${fsType}`, ['-q', image]);
  const devices = [0, 1].map(() => run('losetup', ['--find', '--show', image]).trim());
  const objects = deployed();
  const on = async <T>(device: string, work: () => Promise<T>): Promise<T> => {
    run('mount', [device, data]);
    const server = await Ganesha.start(objects, { data });
    try {
      return await work();
    } finally {
      await server.kill();
      run('umount', [data]);
    }
  };
  try {
    expect(devices[0]).not.toBe(devices[1]);
    const handle = await on(devices[0], async () => {
      writeFileSync(join(data, 'exports', 'shared', 'file'), 'written');
      const client = await connect();
      const found = await client.lookup('/shared/file');
      client.close();
      return found;
    });
    return await on(devices[1], async () => {
      const client = await connect();
      const text = await client.read(handle).catch(error => error.message);
      client.close();
      return text;
    });
  } finally {
    devices.forEach(device => run('losetup', ['--detach', device]));
  }
}

export function handleTests(): void {
  test('on ext4 they stay when the device has another number', async () => {
    expect(await afterMoving('ext4')).toBe('written');
  });

  // The reason of NFS131.
  test('on XFS they do not', async () => {
    expect(await afterMoving('xfs')).toBe('STALE');
  });
}
