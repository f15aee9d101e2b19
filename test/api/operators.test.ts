import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { synthesizeSample } from '../docs/app';
import { Sample, samples } from '../docs/markdown';
import { apply, deleteAndWait, kubectl } from '../kubectl';

jest.setTimeout(300_000);

/** What an app of a page writes; the definitions first. */
function written(sample: Sample): any[] {
  const folder = mkdtempSync(join(tmpdir(), 'operators-'));
  try {
    const dist = synthesizeSample(sample, join(folder, 'app'));
    const objects = readdirSync(dist).flatMap(file => parseAllDocuments(readFileSync(join(dist, file), 'utf8')).map(document => document.toJS()));
    return objects.sort((a, b) => Number(a.kind !== 'CustomResourceDefinition') - Number(b.kind !== 'CustomResourceDefinition'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const SAMPLES = [...samples('docs/operator.md'), ...samples('docs/own-operator.md')];

test.each(SAMPLES)('$place is accepted, and the kind is served', sample => {
  const objects = written(sample);
  const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition').map(({ metadata }) => `crd/${metadata.name}`);
  try {
    apply(objects, '--validate=strict');
    kubectl('wait', '--for=condition=established', '--timeout=60s', ...definitions);
    // The account may do what it is for.
    const { metadata: { name, namespace } } = objects.find(({ kind }) => kind === 'ServiceAccount');
    expect(kubectl('auth', 'can-i', 'create', 'persistentvolumeclaims', '-n', 'default', '--as', `system:serviceaccount:${namespace}:${name}`).trim()).toBe('yes');
  } finally {
    deleteAndWait(...objects.filter(({ metadata }) => metadata.namespace === undefined).map(({ kind, metadata }) => `${kind}/${metadata.name}`));
  }
});
