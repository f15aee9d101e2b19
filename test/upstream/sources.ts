import { execFileSync } from 'child_process';
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';

/** The Go module of each sidecar. The registrar, the liveness probe and the health monitor are served as none: docs/proof.md. */
const MODULES: Record<string, (version: string) => string> = {
  'csi-provisioner': version => `external-provisioner/${version.split('.')[0]}`,
  'csi-attacher': version => `external-attacher/${version.split('.')[0]}`,
  'csi-resizer': version => (version.startsWith('v1.') ? 'external-resizer' : `external-resizer/${version.split('.')[0]}`),
  'csi-snapshotter': version => `external-snapshotter/${version.split('.')[0]}`,
  'snapshot-controller': version => `external-snapshotter/${version.split('.')[0]}`,
  'csi-snapshot-metadata': () => 'external-snapshot-metadata',
};

export const hasModule = (image: string) => image in MODULES;

/** The folder with the sources of a release. */
export function sources(image: string, version: string): string {
  return moduleDirectory(`github.com/kubernetes-csi/${MODULES[image](version)}@${version}`);
}

/** The folder of a Go module, from Go's module cache or proxy. @param isListed whether the checksum database can be asked of it; some proxies pass on no lookups of newer modules */
export function moduleDirectory(module: string, isListed = true): string {
  const output = execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8', env: { ...process.env, GOFLAGS: '-mod=mod', ...(isListed ? {} : { GOSUMDB: 'off' }) } });
  return JSON.parse(output).Dir;
}

/** A module that another one is built with, in its release there. */
export function dependency(folder: string, module: string): string {
  const file = readFileSync(join(folder, 'go.mod'), 'utf8');
  const release = (line: string) => new RegExp(`^${line}(v\\S+)`, 'm').exec(file)?.[1];
  return moduleDirectory(`${module}@${release(`(?:replace |\\s+)${module} => ${module} `) ?? release(`\\s+${module} `)}`);
}

function files(folder: string, wanted: (path: string) => boolean): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? (entry.name === 'vendor' ? [] : files(path, wanted)) : wanted(path) ? [path] : [];
  });
}

/** All Go code of a release but its tests. */
export function code(folder: string): string {
  return files(folder, path => path.endsWith('.go') && !path.endsWith('_test.go')).map(path => readFileSync(path, 'utf8')).join('\n');
}

/** `group/resource verb` of every rule in a YAML file of roles. */
export function grantsOf(file: string): Set<string> {
  const rules = parseAllDocuments(readFileSync(file, 'utf8')).flatMap(document => document.toJS()?.rules ?? []);
  return new Set(rules.flatMap((rule: any) => rule.apiGroups.flatMap((group: string) => rule.resources.flatMap(
    (resource: string) => rule.verbs.map((verb: string) => `${group}/${resource} ${verb}`)))));
}
