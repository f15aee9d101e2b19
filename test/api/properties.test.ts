import { readdirSync } from 'fs';
import { join } from 'path';
import * as fc from 'fast-check';
import { testOnlyCrds } from './test-only-crds';
import { KubernetesVersion } from '../../src';
import { apply, deleteAndWait, kubectl, proxy } from '../kubectl';

import { outcome, randomApp } from '../properties/arbitraries';

// Everything that random props render is sent to the API server: created in earnest but for the last step (dryRun=All), with strict field validation.

jest.setTimeout(600_000);

const SAMPLES = 6000;
const IMPORTS = join(__dirname, '..', '..', 'imports', 'crds');
const CRDS = [...readdirSync(IMPORTS).map(file => join(IMPORTS, file)), join(__dirname, 'crds', 'prometheus-operator-v0.93.0.json')].flatMap(file => ['-f', file]);
/** Of engines of backups; what they are told is left out where these are not there. */
const ENGINES = ['volsync-0.16.json', 'velero.json'].map(file => testOnlyCrds(file));
const LEFT_OUT = ENGINES.includes(undefined) ? /^(volsync\.backube|velero\.io)\// : undefined;

let server: { readonly url: string; close(): void };

beforeAll(async () => {
  kubectl('apply', ...CRDS);
  ENGINES.forEach(crds => crds && apply(crds, '--server-side'));
  kubectl('wait', '--for', 'condition=established', '--timeout=60s', ...CRDS);
  server = await proxy();
});

afterAll(() => {
  server.close();
  ENGINES.forEach(crds => crds && deleteAndWait(...crds.map((crd: any) => `crd/${crd.metadata.name}`)));
  deleteAndWait(...CRDS);
});

const resources = new Map<string, Promise<Map<string, { plural: string; namespaced: boolean }>>>();

/** The kinds of an API version, as the server tells them. */
function kinds(apiVersion: string) {
  let known = resources.get(apiVersion);
  if (!known) {
    known = fetch(`${server.url}/${root(apiVersion)}`).then(async response => {
      const { resources: list } = await response.json() as { resources: { name: string; kind: string; namespaced: boolean }[] };
      return new Map(list.filter(entry => !entry.name.includes('/')).map(entry => [entry.kind, { plural: entry.name, namespaced: entry.namespaced }]));
    });
    resources.set(apiVersion, known);
  }
  return known;
}

const root = (apiVersion: string) => (apiVersion.includes('/') ? `apis/${apiVersion}` : `api/${apiVersion}`);

/** What the server says against an object; undefined when it takes it. */
async function refusal(object: any): Promise<string | undefined> {
  const { plural, namespaced } = (await kinds(object.apiVersion)).get(object.kind)!;
  // A dry run creates no namespaces, so objects go to one that is there; their own is checked as a Namespace below.
  const namespace = namespaced ? 'namespaces/default/' : '';
  const body = namespaced ? { ...object, metadata: { ...object.metadata, namespace: 'default' } } : object;
  const response = await fetch(`${server.url}/${root(object.apiVersion)}/${namespace}${plural}?dryRun=All&fieldValidation=Strict`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  const { message, reason } = await response.json() as { message?: string; reason?: string };
  // An object of that name exists: found out only after the new one was validated.
  return response.ok || reason === 'AlreadyExists' ? undefined : `${response.status} ${message}  <= ${JSON.stringify(object)}`;
}

/** The namespaces that objects name, as objects of their own. */
function namespaces(objects: any[]): any[] {
  return [...new Set(objects.map(object => object.metadata.namespace).filter(name => name !== undefined))]
    .map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
}

/** The release of the API server: what is written for another one need not be taken by this one. */
function release(): KubernetesVersion {
  return KubernetesVersion.of(JSON.parse(kubectl('version', '-o', 'json')).serverVersion.gitVersion);
}

test('the API server accepts whatever random props render', async () => {
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const seen = new Map<string, any>();
  for (const plan of fc.sample(randomApp([release()]), { numRuns: SAMPLES, seed: 20261123 })) {
    const { objects = [] } = outcome(plan);
    [...objects, ...namespaces(objects)].forEach(object => seen.set(JSON.stringify(object), object));
  }
  stderr.mockRestore();
  const open = [...seen.values()].filter(({ apiVersion }) => !LEFT_OUT?.test(apiVersion));
  expect(open.length).toBeGreaterThan(1000);

  const refused: string[] = [];
  const worker = async () => {
    for (let object = open.pop(); object; object = open.pop()) {
      const answer = await refusal(object);
      if (answer !== undefined) {
        refused.push(answer);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  expect(refused.map(answer => answer.slice(0, 1500)).slice(0, 5)).toEqual([]);
});
