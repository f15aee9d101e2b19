import { readFileSync } from 'fs';
import { VolumeBindingMode } from './modes';
import { VOLUME_RULES } from './rules';
import { fail } from '../findings/report';
import { shown } from '../manifest/validate';

/** The provisioner of classes that create nothing. */
export const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

/** What is read of the manifest of a class. */
export interface ClassManifest {
  readonly name: string;
  readonly provisioner: string;
  readonly expansion: boolean;
  readonly volumeBindingMode: VolumeBindingMode;
  /** All that it says. */
  readonly manifest: object;
}

/** VOL044 */
export function refuseManifest(path: string, name: string, problem: string): never {
  return fail(undefined, VOLUME_RULES.VOL044, { path: shown(path), problem, command: `kubectl get storageclass ${name} -o json > ${path}` });
}

/** Reads a StorageClass as the API server has it, in JSON: for YAML it would take a parser. */
export function readClass(path: string): ClassManifest {
  let text: string;
  try {
    const bytes = readFileSync(path);
    // PowerShell redirects as UTF-16, or with a byte order mark.
    text = bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    return refuseManifest(path, '<name>', `it cannot be read (${(error as NodeJS.ErrnoException).code ?? error})`);
  }
  const manifest = alone(parse(path, text));
  const { kind, apiVersion, metadata, provisioner, allowVolumeExpansion, volumeBindingMode } = manifest;
  const problem = kind === 'List' ? 'it is a list of several, or of none'
    : kind !== 'StorageClass' || !`${apiVersion}`.startsWith('storage.k8s.io/') ? `it is ${typeof kind === 'string' ? `of the kind ${kind}` : 'no object of Kubernetes'}`
      : typeof metadata?.name !== 'string' || typeof provisioner !== 'string' ? 'it has no name or no provisioner' : undefined;
  if (problem) {
    refuseManifest(path, '<name>', problem);
  }
  return {
    name: metadata.name,
    provisioner,
    // What is not in it is off, or at once.
    expansion: allowVolumeExpansion === true,
    volumeBindingMode: volumeBindingMode === VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER ? volumeBindingMode : VolumeBindingMode.IMMEDIATE,
    manifest,
  };
}

/** The one item of a list, as `kubectl get -o json` writes one for a selector. */
function alone(read: any): any {
  return read.kind === 'List' && read.items?.length === 1 ? read.items[0] ?? {} : read;
}

function parse(path: string, text: string): any {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return refuseManifest(path, /^\s*name: *(\S+)/m.exec(text)?.[1] ?? '<name>', /^\s*(apiVersion|kind):/m.test(text) ? 'it is YAML' : 'it is no JSON');
  }
}
