/** The program of a SnapshotPolicy: `node snapshot-runner.js policy.json [--dry-run] [--now=2026-03-01T02:00:00Z]`. */
import { readFileSync } from 'fs';
import { parseArgs } from 'util';
import { ApiClient } from './api-client';
import { error } from './log';
import { run } from './run';
import { RunnerConfig } from '../runner-config';

const USAGE = 2;

function start(): { readonly config: RunnerConfig; readonly now?: number; readonly dryRun: boolean } {
  const { values, positionals } = parseArgs({ options: { 'dry-run': { type: 'boolean' }, 'now': { type: 'string' } }, allowPositionals: true });
  const now = values.now === undefined ? undefined : Date.parse(values.now);
  if (positionals.length !== 1 || Number.isNaN(now ?? 0)) {
    throw new Error('node snapshot-runner.js policy.json [--dry-run] [--now=2026-03-01T02:00:00Z]');
  }
  const config: RunnerConfig = JSON.parse(readFileSync(positionals[0], 'utf8'));
  if (config.group !== undefined && (config.surviveNamespaceDeletion || Object.keys(config.claims.labels ?? {}).length === 0)) {
    throw new Error('a group is selected by labels, and its snapshots cannot survive their namespace');
  }
  return { config, now, dryRun: values['dry-run'] ?? false };
}

async function main(): Promise<number> {
  let started;
  try {
    started = start();
  } catch (problem) {
    error('wrong arguments', { why: (problem as Error).message });
    return USAGE;
  }
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort(new Error('the runner was told to stop')));
  process.once('SIGINT', () => stop.abort(new Error('the runner was told to stop')));
  try {
    return await run(new ApiClient(process.env), started.config, { environment: process.env, stop: stop.signal, ...started }) ? 0 : 1;
  } catch (problem) {
    error('failed', { why: (problem as Error).message });
    return 1;
  }
}

void main().then(code => process.exit(code)); // connections that are kept alive must not keep the pod
