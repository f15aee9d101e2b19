import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Testing } from 'cdk8s';
import { storageResource } from '../examples/storage-operator/storage-resource';
import { Distribution, KubernetesVersion, Platform } from 'cdk8s-storage';

// Makes examples/storage-operator/imports of the definition, as its README does of what was synthesized.

const app = new App();
Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });
const chart = new Chart(app, 'definitions');
storageResource(chart);
const folder = mkdtempSync(join(tmpdir(), 'storage-definition-'));
try {
  const file = join(folder, 'definitions.json');
  writeFileSync(file, JSON.stringify(Testing.synth(chart)[0]));
  execFileSync('npx', ['cdk8s', 'import', '--language', 'typescript', '--no-save', file, '--output', join(__dirname, '..', 'examples', 'storage-operator', 'imports')], { stdio: 'inherit' });
} finally {
  rmSync(folder, { recursive: true });
}
