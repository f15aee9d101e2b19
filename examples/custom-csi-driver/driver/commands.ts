import { execFile } from 'child_process';

/** What a program may print. Repairs print much, and a program that prints more is killed in the middle of its work. */
const MOST_OUTPUT = 64 * 1024 * 1024;
/** How much of it an error quotes. */
const QUOTED = 2000;

/** Runs a program, never through a shell, and returns what it prints. */
export function run(program: string, ...args: string[]): Promise<string> {
  return ask([], program, ...args) as Promise<string>;
}

/** Runs a program that answers by its exit code: what it prints, or undefined where it ends with one of `no`. */
export function ask(no: number[], program: string, ...args: string[]): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { maxBuffer: MOST_OUTPUT }, (error, stdout, stderr) => {
      const code = error?.code as number | string | undefined;
      if (!error) {
        resolve(stdout.trim());
      } else if (no.includes(code as number)) {
        resolve(undefined);
      } else {
        reject(new Error(`${[program, ...args].join(' ')} ended with ${code ?? error.signal}: ${`${stderr}${stdout}`.trim().slice(-QUOTED)}`));
      }
    });
  });
}
