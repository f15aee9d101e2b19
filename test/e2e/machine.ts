import { existsSync, readdirSync, readFileSync } from 'fs';
import { homedir } from 'os';
import { dirname, join } from 'path';
import { eventually, kubectl, run } from '../kubectl';

// What only the test cluster of ../shared/cluster offers: processes of its control plane and node on this machine, and an audit log.

const STATE = dirname(process.env.KUBECONFIG ?? '');
/** Its scripts. */
export const CLUSTER = join(__dirname, '..', '..', '..', 'shared', 'cluster');
/** Its programs. */
export const CACHE = process.env.CLUSTER_CACHE ?? join(homedir(), '.cache', 'storage-cluster');
const UP = join(CLUSTER, 'up');
const AUDIT_LOG = join(STATE, 'log', 'audit.log');

/** Whether $KUBECONFIG is that cluster. */
export const onTestCluster = existsSync(AUDIT_LOG) && existsSync(join(STATE, 'kubelet.pid')) && existsSync(UP);

/** A test that takes what not every machine has; elsewhere it is skipped. */
export const testIf = (possible: boolean) => possible ? test : test.skip;

/** When the API server was killed, and when it was ready again. Until then it does not know every role yet, and refuses what it grants later. */
const starting: { readonly from: number; readonly to: number }[] = [];

/** Kills a process of the cluster, waits a moment without it, and starts it again. */
export async function crash(name: 'kube-apiserver' | 'kubelet'): Promise<void> {
  const from = Date.now();
  process.kill(Number(readFileSync(join(STATE, `${name}.pid`), 'utf8')), 'SIGKILL');
  await new Promise(resolve => setTimeout(resolve, 5000));
  run('bash', [UP], { env: { CLUSTER_STATE: STATE } });
  await eventually('the API server answers', () => kubectl('get', '--raw', '/readyz') === 'ok', 120);
  if (name === 'kube-apiserver') {
    starting.push({ from, to: Date.now() });
  }
}

/** Ends what runs in a pod by SIGKILL, as if the memory had run out: by itself nothing in it can clean up. */
export function killProcesses(podUid: string): void {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name));
  for (const pid of pids) {
    const read = (file: string) => {
      try {
        return readFileSync(join('/proc', pid, file), 'utf8');
      } catch {
        return ''; // it has just ended
      }
    };
    // The pause container of the pod stays: it holds what containers share, and ends with the pod.
    if (read('cgroup').includes(podUid) && !read('cmdline').startsWith('/pause')) {
      process.kill(Number(pid), 'SIGKILL');
    }
  }
}

/** The last that the kubelet said of something, such as a pod. */
export function kubeletSays(word: string): string {
  return onTestCluster ? readFileSync(join(STATE, 'log', 'kubelet.log'), 'utf8').split('\n').filter(line => line.includes(word)).slice(-30).join('\n') : '';
}

/** Whether the API server was starting when it was called. */
export function whileStarting({ time }: Call): boolean {
  return starting.some(({ from, to }) => time >= from && time <= to);
}

/** One call of a service account. */
export interface Call {
  readonly account: string;
  readonly verb: string;
  readonly group: string;
  /** With its subresource, as in a role. */
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly allowed: boolean;
  readonly time: number;
}

/** What the service accounts of some namespaces asked of the API server since then. */
export function calls(namespaces: string[], since: Date): Call[] {
  const prefixes = namespaces.map(namespace => `system:serviceaccount:${namespace}:`);
  return readFileSync(AUDIT_LOG, 'utf8').split('\n')
    .filter(line => prefixes.some(prefix => line.includes(prefix)))
    .map(line => JSON.parse(line))
    .filter(event => prefixes.some(prefix => event.user.username.startsWith(prefix)) && event.objectRef && Date.parse(event.requestReceivedTimestamp) >= since.getTime())
    // A watch is logged when it starts and when it ends.
    .filter(event => !(event.verb === 'watch' && event.stage === 'ResponseComplete'))
    .map(({ user, verb, objectRef: { apiGroup = '', resource, subresource, namespace = '', name = '' }, annotations, requestReceivedTimestamp }) => ({
      account: user.username.replace('system:serviceaccount:', ''),
      verb,
      group: apiGroup,
      resource: subresource ? `${resource}/${subresource}` : resource,
      namespace,
      name,
      allowed: annotations?.['authorization.k8s.io/decision'] === 'allow',
      time: Date.parse(requestReceivedTimestamp),
    }));
}
