import { AccessMode } from './modes';
import { RemovedVolume } from './removed-volumes';
import { list, literal, quoted, shellWord, sizeCode } from '../manifest/code';

/** A field that its user may have written as anything. */
export const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** What volumes of every removed kind have in common, where possible as TypeScript. */
export interface RemovedVolumeCode {
  readonly isReadOnly: boolean;
  readonly capacity?: string;
  /** What differs from the default of a file system that nodes share. */
  readonly accessModes?: string;
  /** Without `ro`, which is `isReadOnly`. */
  readonly mountOptions: readonly string[];
}

export function describeRemoved({ source, persistentVolume }: RemovedVolume): RemovedVolumeCode {
  const written = persistentVolume?.accessModes;
  const isReadOnly = source.readOnly === true || (Array.isArray(written) && written.length === 1 && written[0] === AccessMode.READ_ONLY_MANY);
  const modes = Object.entries(AccessMode).filter(([, mode]) => Array.isArray(written) && written.includes(mode));
  const isDefault = modes.length === 0 || (modes.length === 1 && modes[0][1] === AccessMode.READ_WRITE_MANY);
  const mountOptions = persistentVolume?.mountOptions;
  return {
    isReadOnly,
    capacity: sizeCode(persistentVolume?.capacity?.storage),
    accessModes: isReadOnly || isDefault ? undefined : list(modes.map(([name]) => `AccessMode.${name}`)),
    mountOptions: Array.isArray(mountOptions) ? mountOptions.filter((option: unknown) => text(option) && option !== 'ro') : [],
  };
}

/** The statements that add a static volume, and the claim that there was or that its pods need. @param added the call */
export function statementsOf({ name, persistentVolume, namespace }: RemovedVolume, added: string): string[] {
  const claim = persistentVolume ? persistentVolume.claimRef : { name, namespace };
  return text(claim?.name) === undefined ? [added] : [
    `const volume = ${added}`,
    `new PersistentVolumeClaim(chart, 'Claim', ${literal({ name: quoted(claim.name), namespace: text(claim.namespace) && quoted(claim.namespace), volume: 'volume' })});`,
  ];
}

/** How the new volume gets into the place of the old one. @param kind the field of the source @param page where all steps are */
export function replacementNote(kind: string, { name, persistentVolume }: RemovedVolume, isReadOnly: boolean, page: string): string {
  return persistentVolume
    ? `the source of a PersistentVolume cannot be changed: stop its pods, kubectl patch pv ${shellWord(name)} -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}', and delete claim and volume before; all steps are in ${page}`
    : `in the pod write persistentVolumeClaim: { claimName: ${quoted(name)}${isReadOnly ? ', readOnly: true' : ''} } for ${kind}: { … }; all steps are in ${page}`;
}
