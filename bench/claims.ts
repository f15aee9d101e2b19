/** Child process of main.ts: `claims.ts ours|bare` writes claims and prints `Samples` as JSON. */
import { createHash } from 'crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { createRequire } from 'module';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { ApiObject, App, Chart, Size } from 'cdk8s';
import type * as Library from 'cdk8s-storage';

/** By number of claims. */
export type Samples = Record<string, {
  /** Per object, one for each round. */
  readonly microseconds: number[];
  /** Of the YAML. */
  readonly digest: string;
}>;

const COUNTS = [100, 1_000, 10_000];
const ROUNDS = 3;
const OBJECTS = 10_000; // per sample, whatever the count: no sample is noisier than another

// What package.json names as main: the compiled library.
const { Distribution, KubernetesVersion, PersistentVolumeClaim, Platform, StorageClass }: typeof Library = createRequire(__filename)(resolve(__dirname, '..'));

function ours(app: App, chart: Chart, count: number): void {
  Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });
  const storageClass = StorageClass.fromStorageClassName('fast');
  for (let index = 0; index < count; index++) {
    new PersistentVolumeClaim(chart, `Claim${index}`, { name: `claim-${index}`, storageClass, size: Size.gibibytes(1) });
  }
}

function bare(_app: App, chart: Chart, count: number): void {
  for (let index = 0; index < count; index++) {
    new ApiObject(chart, `Claim${index}`, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: `claim-${index}` },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'fast' },
    });
  }
}

const write = { ours, bare }[process.argv[2]]!;
const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-storage-bench-'));

// Linux counts the nanoseconds that this thread had a core, so that other jobs on the machine do not count.
const SCHEDSTAT = '/proc/thread-self/schedstat';
const milliseconds = existsSync(SCHEDSTAT) ? () => Number(readFileSync(SCHEDSTAT, 'utf8').split(' ')[0]) / 1e6 : () => performance.now();

/** Microseconds per object. */
function sample(count: number): number {
  const start = milliseconds();
  for (let run = 0; run < OBJECTS / count; run++) {
    const app = new App({ outdir });
    write(app, new Chart(app, 'claims', { namespace: 'bench' }), count);
    app.synth();
  }
  return (milliseconds() - start) * 1_000 / OBJECTS;
}

sample(1_000); // else the first counts would time the JIT compiler, and hide growth
const samples: Samples = Object.fromEntries(COUNTS.map(count => [count, { microseconds: [], digest: '' }]));
for (let round = 0; round < ROUNDS; round++) {
  for (const count of COUNTS) {
    const { microseconds } = samples[count];
    microseconds.push(sample(count));
    samples[count] = { microseconds, digest: createHash('sha256').update(readFileSync(join(outdir, 'claims.k8s.yaml'))).digest('hex') };
  }
}
rmSync(outdir, { recursive: true });
process.stdout.write(JSON.stringify(samples));
