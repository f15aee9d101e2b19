import { execFile } from 'child_process';
import { promisify } from 'util';

const start = promisify(execFile);

interface Failure {
  readonly code?: number | string;
  readonly stderr?: string;
}

/** Runs a program, never through a shell, and returns what it prints. */
export async function run(program: string, ...args: string[]): Promise<string> {
  try {
    return (await start(program, args)).stdout.trim();
  } catch (failure) {
    const { code, stderr } = failure as Failure;
    throw new Error(`${[program, ...args].join(' ')} ended with ${code}: ${stderr?.trim()}`);
  }
}

/** Runs a program that answers by its exit code: what it prints, or undefined where it ends with one of `no`. */
export async function ask(no: number[], program: string, ...args: string[]): Promise<string | undefined> {
  try {
    return (await start(program, args)).stdout.trim();
  } catch (failure) {
    const { code, stderr } = failure as Failure;
    if (no.includes(code as number)) {
      return undefined;
    }
    throw new Error(`${[program, ...args].join(' ')} ended with ${code}: ${stderr?.trim()}`);
  }
}
