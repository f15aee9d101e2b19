/** `npm run bench`: what README.md beside this file explains. */
import { execFileSync } from 'child_process';
import { existsSync, readdirSync, statSync } from 'fs';
import { join, resolve } from 'path';
import type { Samples } from './claims';

const ROOT = resolve(__dirname, '..');
const CHILDREN = 3;

interface Row {
  readonly measure: string;
  readonly value: number;
  readonly limit: number;
  readonly unit: string;
  readonly digits: number;
  readonly remark?: string;
}

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 26 });
}

/** The smallest of several: whatever disturbs a measurement makes it longer, never shorter. */
function best(times: number, measure: () => number): number {
  return Math.min(...Array.from({ length: times }, measure));
}

/** jsii rewrites .jsii whenever it compiles. */
function compileIfStale(): void {
  const changed = ['src', 'imports'].flatMap(directory => readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .map(file => statSync(join(ROOT, directory, file)).mtimeMs));
  const assembly = join(ROOT, '.jsii');
  if (!existsSync(join(ROOT, 'lib/src/index.js')) || !existsSync(assembly) || statSync(assembly).mtimeMs < Math.max(...changed)) {
    run('npx', 'projen', 'compile');
  }
}

function claims(): Row[] {
  const children = Array.from({ length: CHILDREN }, () => ['ours', 'bare'].map((kind): Samples =>
    JSON.parse(run(process.execPath, '--import', 'tsx', join(__dirname, 'claims.ts'), kind))));
  const counts = Object.keys(children[0][0]);
  const time = (kind: number, count: string) => Math.min(...children.flatMap(child => child[kind][count].microseconds));
  const toBare = counts.map((count): Row => {
    const digests = new Set(children.flat().map(samples => samples[count].digest));
    if (digests.size !== 1) {
      throw new Error(`${count} claims and ${count} bare ApiObjects are not the same YAML, so their times say nothing`);
    }
    const [ours, bare] = [time(0, count), time(1, count)];
    return { measure: `${count} claims to as many bare ApiObjects`, value: ours / bare, limit: 1.5, unit: 'x', digits: 2, remark: `${ours.toFixed(0)} to ${bare.toFixed(0)} µs per object` };
  });
  const growth = (kind: number) => time(kind, '10000') / time(kind, '1000');
  return [...toBare, { measure: '10000 claims to 1000, per object', value: growth(0), limit: 1.2, unit: 'x', digits: 2, remark: `bare ApiObjects: ${growth(1).toFixed(2)}x` }];
}

/** In plain node, as a user's app loads it. */
function requireTime(): Row {
  const script = 'require("cdk8s"); require("cdk8s-plus-27"); const start = performance.now(); require(process.argv[1]); console.log(performance.now() - start)';
  return { measure: "require('cdk8s-storage') after cdk8s and cdk8s-plus-27", value: best(11, () => Number(run(process.execPath, '-e', script, ROOT))), limit: 40, unit: ' ms', digits: 0 };
}

function packageSize(): Row {
  const [{ unpackedSize }] = JSON.parse(run('npm', 'pack', '--dry-run', '--json', '--ignore-scripts'));
  return { measure: 'package, unpacked', value: unpackedSize / 1e6, limit: 3, unit: ' MB', digits: 2 };
}

function demo(): Row {
  const value = best(3, () => {
    const start = performance.now();
    run('npm', 'run', 'demo');
    return (performance.now() - start) / 1_000;
  });
  return { measure: 'npm run demo', value, limit: 2, unit: ' s', digits: 1 };
}

/** It says itself what it leaves out. */
function snapshots(): Row[] {
  return JSON.parse(execFileSync(process.execPath, ['--import', 'tsx', join(__dirname, 'snapshots.ts')], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
}

compileIfStale();
const rows = [...claims(), requireTime(), packageSize(), demo(), ...snapshots()];
const table = rows.map(row => [
  row.measure, row.value.toFixed(row.digits) + row.unit, row.limit + row.unit, row.value > row.limit ? 'over' : 'ok', row.remark ?? '',
]);
table.unshift(['measure', 'value', 'limit', '', '']);
const widths = table[0].map((_, column) => Math.max(...table.map(line => line[column].length)));
table.forEach(line => console.log(line.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()));
process.exitCode = rows.some(row => row.value > row.limit) ? 1 : 0;
