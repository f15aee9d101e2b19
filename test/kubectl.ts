import { execFileSync, spawn } from 'child_process';

/** Runs kubectl against $KUBECONFIG; throws with what it printed. */
export function kubectl(...args: string[]): string {
  return run('kubectl', args);
}

/**
 * Deletes, and waits. The API server may lose a definition of its own in a race with itself ("storage is (re)initializing"), and looks at it again
 * after five minutes, or when it is changed: so after a while it is changed.
 */
export function deleteAndWait(...args: string[]): string {
  const nudge = spawn('bash', ['-c', 'while sleep 20; do kubectl annotate crd --all "nudged=$RANDOM" --overwrite; done'], { stdio: 'ignore', detached: true });
  try {
    return kubectl('delete', '--ignore-not-found', '--wait=true', '--timeout=280s', ...args);
  } catch (error) {
    // A definition that it had lost was deleted with all that is of it; kubectl goes on with the rest.
    const lost = [...(error as Error).message.matchAll(/no matches for kind "\w+" in version "([^"/]+)\//g)].map(([, group]) => group);
    const defined = `${kubectl('get', 'crd', '-o', 'name')}\n`;
    if (lost.length === 0 || lost.some(group => defined.includes(`.${group}\n`)) || /timed out/.test((error as Error).message)) {
      throw error;
    }
    return '';
  } finally {
    process.kill(-nudge.pid!);
  }
}

/** Applies objects. */
export function apply(objects: readonly object[], ...args: string[]): string {
  return run('kubectl', ['apply', '-f', '-', ...args], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }) });
}

/** Runs a program, with `env` beside the environment of this process; throws with what it printed. */
export function run(command: string, args: string[], options: { readonly cwd?: string; readonly env?: Record<string, string>; readonly input?: string } = {}): string {
  try {
    return execFileSync(command, args, {
      encoding: 'utf8', stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024, timeout: 300_000, ...options, env: { ...process.env, ...options.env },
    });
  } catch (error) {
    // Of a program that is missing or took too long, the message tells more than what it printed.
    const { code, message, stdout, stderr } = error as NodeJS.ErrnoException & { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')}\n${stdout ?? ''}${stderr ?? ''}${code ? message : ''}`);
  }
}

/** What something says as it fails; nothing where it does not. */
export function refusal(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether a service account (`namespace:name`) may do something: yes, no, or what went wrong. */
export function canI(account: string, verb: string, resource: string, namespace: string): string {
  let said = '';
  const refused = refusal(() => { said = kubectl('auth', 'can-i', verb, ...resource.split(' '), '-n', namespace, '--as', `system:serviceaccount:${account}`); });
  return /^no/m.test(refused) ? 'no' : (refused || said).trim();
}

/** Waits until a condition holds, as long as a busy machine may need. */
export async function eventually(what: string, condition: () => boolean, seconds = 60): Promise<void> {
  const limit = Date.now() + seconds * 1000;
  let failure = '';
  for (;;) {
    try {
      if (condition()) {
        return;
      }
    } catch (error) {
      // An API server that was just started again refuses a call or two.
      failure = `\nthe last that failed: ${(error as Error).message}`;
    }
    if (Date.now() > limit) {
      throw new Error(`after ${seconds} s still not: ${what}${failure}`);
    }
    await new Promise(resolve => setTimeout(resolve, 300));
  }
}

/** A `kubectl proxy`: it speaks plain HTTP and signs in by whatever $KUBECONFIG says. */
export async function proxy(): Promise<{ readonly url: string; close(): void }> {
  const child = spawn('kubectl', ['proxy', '--port=0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (line: Buffer) => resolve(`http://${/127\.0\.0\.1:\d+/.exec(line.toString())![0]}`));
    child.on('exit', code => reject(new Error(`kubectl proxy ended with ${code}`)));
  });
  return { url, close: () => child.kill() };
}
