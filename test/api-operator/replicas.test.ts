import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { NAMESPACE, OPERATOR_NAMESPACE, setUp, tearDown, volume } from './cluster-objects';
import { build, OperatorProcess } from './operator-process';
import { apply, eventually, kubectl } from '../kubectl';

const COUNT = 500;
const STORAGES = Array.from({ length: COUNT }, (_, index) => ({
  apiVersion: 'storage.example.com/v1', kind: 'Storage', metadata: { name: `s${index}`, namespace: NAMESPACE }, spec: { storageClassName: 'growing', size: '1Gi', deletionPolicy: 'Delete' },
}));

jest.setTimeout(900_000);

let directory: string;
let start: (index: number) => OperatorProcess;
const running: OperatorProcess[] = [];

beforeAll(() => {
  build();
  directory = mkdtempSync(join(tmpdir(), 'cdk8s-storage-replicas-'));
  const { server, token } = setUp();
  start = index => {
    const operator = new OperatorProcess({ directory, pod: `operator-${index}`, namespace: OPERATOR_NAMESPACE, server, token, ports: [24985 + 2 * index, 24986 + 2 * index] });
    running.push(operator);
    return operator;
  };
  kubectlCreate(STORAGES.map(() => volume('growing')));
});

afterAll(async () => {
  await Promise.all(running.map(operator => operator.stop('SIGKILL')));
  tearDown();
  rmSync(directory, { recursive: true, force: true });
});

/** Objects whose names the API server chooses cannot be applied. */
function kubectlCreate(volumes: readonly { metadata: object }[]): void {
  apply(volumes.map((each, index) => ({ ...each, metadata: { ...each.metadata, generateName: undefined, name: `storage-operator-${index}` } })));
}

const leader = () => kubectl('get', 'lease', 'storage-operator', '-n', OPERATOR_NAMESPACE, '-o', 'jsonpath={.spec.holderIdentity}').split('_')[0];
const reasons = () => kubectl('get', 'storages', '-n', NAMESPACE, '-o', 'jsonpath={range .items[*]}{.status.conditions[?(@.type=="Ready")].reason}{"\\n"}{end}').split('\n');

let first: OperatorProcess;
let second: OperatorProcess;

test(`${COUNT} Storages at once are ready, by six calls each, in little memory`, async () => {
  first = start(0);
  await eventually('the first leads', () => leader() === 'operator-0');
  const began = Date.now();
  apply(STORAGES);
  await eventually('all are bound', () => reasons().filter(reason => reason === 'Bound').length === COUNT, 240);
  const seconds = Math.round((Date.now() - began) / 1000);
  const calls = [...await first.metrics()].filter(([name]) => name.includes('api_calls_total') && !/verb="(list|watch|get|update)"/.test(name));
  const total = calls.reduce((sum, [, value]) => sum + value, 0);
  console.log(JSON.stringify({ seconds, callsEach: total / COUNT, calls, memory: Math.round(first.residentMebibytes()) }));
  expect(total / COUNT).toBeLessThan(6.5);
  expect(first.residentMebibytes()).toBeLessThan(256);
});

test('a leader that stops gives the lease to the other at once, and one that is killed within 20 s', async () => {
  second = start(1);
  await eventually('the second waits', () => second.starts === 1 && leader() === 'operator-0');
  await new Promise(resolve => setTimeout(resolve, 3000));
  const stoppedAt = Date.now();
  expect(await first.stop()).toBe(0);
  await eventually('the second leads', () => leader() === 'operator-1', 6);
  const graceful = Date.now() - stoppedAt;
  const third = start(2);
  await new Promise(resolve => setTimeout(resolve, 5000));
  const killedAt = Date.now();
  await second.stop('SIGKILL');
  kubectl('patch', 'storage', 's0', '-n', NAMESPACE, '--type', 'merge', '-p', '{"spec":{"size":"2Gi"}}');
  await eventually('the third works', () => kubectl('get', 'pvc', 's0', '-n', NAMESPACE, '-o', 'jsonpath={.spec.resources.requests.storage}') === '2Gi', 20);
  console.log(JSON.stringify({ graceful, killed: Date.now() - killedAt }));
  // What was well is not written anew by who takes over.
  const writes = [...await third.metrics()].filter(([name]) => /api_calls_total\{verb="(create|patch|delete)"/.test(name) && !name.includes('leases'));
  expect(writes.reduce((sum, [, value]) => sum + value, 0)).toBeLessThan(6);
});
