import { readFile } from 'fs/promises';
import { join } from 'path';
import { setTimeout } from 'timers/promises';
import { status } from '@grpc/grpc-js';
import { CsiError } from './csi';

/** What goes wrong with a call, as it stands in `<root>/faults/<call>`. */
export interface Fault {
  /** Seconds to wait before anything is done. */
  readonly before?: number;
  /** Seconds to wait after all is done and before the caller is told. */
  readonly after?: number;
  /** The code to fail with, such as UNAVAILABLE. */
  readonly code?: keyof typeof status;
  /** Of CreateSnapshot: how many seconds before it was taken a new snapshot says that it was taken, so that a history of months can be made in a minute. */
  readonly createdSecondsAgo?: number;
}

/** Does what a call asks for, and what the files of faults say of it. For tests: of the driver, and of whatever uses it. */
export async function withFaults<T>(root: string, call: string, work: (fault: Fault) => Promise<T>): Promise<T> {
  const text = await readFile(join(root, 'faults', call), 'utf8').catch(() => '{}');
  const fault = JSON.parse(text) as Fault;
  const { before = 0, after = 0, code } = fault;
  await wait(call, before);
  if (code !== undefined) {
    throw new CsiError(status[code], `${call} fails, because ${join(root, 'faults', call)} says so`);
  }
  const result = await work(fault);
  await wait(call, after);
  return result;
}

async function wait(call: string, seconds: number): Promise<void> {
  if (seconds > 0) {
    console.log(`${call} waits ${seconds} s`);
    await setTimeout(seconds * 1000);
  }
}
