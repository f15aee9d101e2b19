import { parseAllDocuments } from 'yaml';
import { snapshots, stop } from './runs';
import { sh, PATIENCE } from './storage';
import { synthesize } from '../examples/examples';
import { apply, eventually, kubectl } from '../kubectl';

// The database of examples/database, as its reader applies it.

export const LEDGER = 'ledger';
export const POLICY = 'nightly';
export const REPLICAS = [0, 1, 2];

/** An entry every moment: what is not frozen is not the same a moment later. */
const WRITER = "(async () => { for (;;) { await fetch('http://127.0.0.1:8080/add', { method: 'POST', body: 'entry' }); await new Promise(done => setTimeout(done, 20)); } })()";

const files = synthesize('database');

function objectsOf(file: string, change = (text: string) => text): any[] {
  // Nobody serves the PrometheusRule here.
  return parseAllDocuments(change(files[file])).map(document => document.toJS()).filter(({ kind }) => kind !== 'PrometheusRule');
}

const rollout = (name: string) => kubectl('-n', LEDGER, 'rollout', 'status', `statefulset/${name}`, `--timeout=${PATIENCE}s`);

/** Asks the program in a pod, as the hooks do. */
export const ask = (pod: string, call: string) => sh(LEDGER, pod, `node /program/ledger.js ${call}`);
export const count = (replica: number) => Number(ask(`ledger-${replica}`, 'count'));

/** What a ledger has said of being frozen and thawed, without the times. */
export function says(replica: number): string[] {
  return kubectl('-n', LEDGER, 'logs', `ledger-${replica}`).split('\n').map(line => line.replace(/^\S+ /, '')).filter(line => /^(frozen|thawed)/.test(line));
}

/** How many entries it had when it was frozen last. */
export function lastFrozen(replica: number): number {
  return Number(/\d+/.exec(says(replica).filter(line => line.startsWith('frozen')).pop()!)![0]);
}

/** Three ledgers, to which somebody writes without a pause. */
export async function startLedgers(): Promise<void> {
  apply(objectsOf('ledger.k8s.yaml'));
  rollout('ledger');
  REPLICAS.forEach(replica => sh(LEDGER, `ledger-${replica}`, `nohup node -e "${WRITER}" > /dev/null 2>&1 &`));
  await eventually('entries come', () => REPLICAS.every(replica => count(replica) > 5), PATIENCE);
}

/** What the ledgers of the second chart have, made of the newest snapshots. Nothing is left of them. */
export function restored(): string[][] {
  const newest = (claim: string) => snapshots(LEDGER, claim).pop().metadata.name;
  apply(objectsOf('restored.k8s.yaml', text => text.replaceAll(/nightly\.(data-ledger-\d)-\d{8}-\d{6}/g, (_, claim) => newest(claim))));
  rollout('ledger-restored');
  const entries = REPLICAS.map(replica => ask(`ledger-restored-${replica}`, 'list').split('\n'));
  kubectl('-n', LEDGER, 'delete', 'statefulset', 'ledger-restored', '--cascade=foreground', `--timeout=${PATIENCE}s`);
  kubectl('-n', LEDGER, 'delete', 'pvc', ...REPLICAS.map(replica => `data-ledger-restored-${replica}`), `--timeout=${PATIENCE}s`);
  return entries;
}

/** Removes namespaces with their snapshots, also those that are to outlive them: by their contents, as the README tells. */
export function removeLedgers(...others: string[]): void {
  const namespaces = [LEDGER, ...others];
  const contents = (): string[] => JSON.parse(kubectl('get', 'volumesnapshotcontents', '-o', 'json')).items
    .filter(({ spec }: any) => namespaces.includes(spec.volumeSnapshotRef.namespace)).map(({ metadata }: any) => metadata.name);
  stop(LEDGER);
  contents().forEach(name => kubectl('patch', 'volumesnapshotcontent', name, '--type=merge', '-p', '{"spec":{"deletionPolicy":"Delete"}}'));
  kubectl('delete', 'namespace', ...namespaces, '--ignore-not-found', `--timeout=${PATIENCE}s`);
  contents().forEach(name => kubectl('delete', 'volumesnapshotcontent', name, '--ignore-not-found', `--timeout=${PATIENCE}s`));
  kubectl('delete', 'clusterrole,clusterrolebinding', `snapshots-${POLICY}.${LEDGER}`, '--ignore-not-found');
}
