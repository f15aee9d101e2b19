import { Size, SizeRoundingBehavior } from 'cdk8s';
import { IConstruct } from 'constructs';
import { AccessMode } from './modes';
import { VOLUME_RULES } from './rules';
import { nearlyReserved, RESERVED } from '../csi/secret-reference';
import { checkAtSynth, fail, unchecked } from '../findings/report';
import { Rule } from '../findings/rule';
import { shown } from '../manifest/validate';

/** VOL005: what is malformed, and what to write instead. */
export function malformed(scope: IConstruct | undefined, what: string, value: unknown, problem: string, expected: string): never {
  return fail(scope, VOLUME_RULES.VOL005, { what, value: shown(value ?? ''), problem, expected });
}

/** Lists a rule as unchecked, from a constructor. */
export function cannotCheck(scope: IConstruct, rule: Rule, missing: string): void {
  checkAtSynth(scope, () => unchecked(scope, rule, missing));
}

/** What is wrong with something that has to be handed over as an object. */
export function notHandedOver(thing: unknown): string {
  return thing === undefined || thing === null ? 'it is missing' : typeof thing === 'string' ? 'it is only a name, but has to be an object' : 'it is something else';
}

/** The one that exists, by the name that was given. */
export function existing(factory: string, thing: unknown, sample: string): string {
  return `${factory}(${typeof thing === 'string' ? shown(thing) : `'${sample}'`})`;
}

/** VOL005: a name, where an object is handed over. From JavaScript it would be rendered as nothing. @param property where the object has its name */
export function checkHandedOver(scope: IConstruct | undefined, what: string, thing: unknown, property: string, factory: string): void {
  if (thing !== undefined && thing !== null && typeof (thing as Record<string, unknown>)[property] !== 'string') {
    malformed(scope, what, thing, notHandedOver(thing), `for one that exists: ${factory}(${typeof thing === 'string' ? shown(thing) : "'name'"}, …)`);
  }
}

/** VOL005 */
export function checkClassHandedOver(scope: IConstruct | undefined, storageClass: unknown): void {
  checkHandedOver(scope, 'the class', storageClass, 'storageClassName', 'StorageClass.fromStorageClassName');
}

const MODES = Object.values(AccessMode);

/** VOL008 */
export function checkAccessModes(scope: IConstruct, modes: readonly AccessMode[]): string[] {
  const problem = !Array.isArray(modes) ? 'they are no list' : modes.length === 0 ? 'the list is empty'
    : modes.some(mode => !MODES.includes(mode)) ? `there are only ${MODES.join(', ')}`
      : new Set(modes).size < modes.length ? 'one is given twice'
        : modes.length > 1 && modes.includes(AccessMode.READ_WRITE_ONCE_POD) ? 'ReadWriteOncePod does not go with another one' : undefined;
  if (problem) {
    fail(scope, VOLUME_RULES.VOL008, { modes: Array.isArray(modes) ? `[${modes.map(mode => mode ?? 'nothing').join(', ')}]` : shown(modes), problem });
  }
  return [...modes];
}

/** VOL005, for mount options. */
export function checkMountOptions(scope: IConstruct, options: readonly string[]): string[] {
  if (!Array.isArray(options)) {
    malformed(scope, 'mountOptions', shown(options), 'it is no list', "give one option per entry: mountOptions: ['hard', 'nfsvers=4.1']");
  }
  for (const option of options) {
    if (typeof option !== 'string' || !/^[^\s,]+$/.test(option)) {
      malformed(scope, 'the mount option', option, 'it is empty, or has a blank or comma in it', "give one option per entry: mountOptions: ['hard', 'nfsvers=4.1']");
    }
  }
  return [...options];
}

/** VOL005, for paths on a node or server; the API server refuses '..' in them. */
export function checkPath(scope: IConstruct | undefined, path: string, example: string): string {
  if (typeof path !== 'string' || !/^\/[^\0]*$/.test(path) || path.split('/').includes('..')) {
    malformed(scope, 'path', path, "it is not absolute, or has '..' in it", `such as '${example}'`);
  }
  return path;
}

/** VOL005, for file systems. */
export function checkFileSystem(scope: IConstruct | undefined, fsType: string | undefined): void {
  if (fsType !== undefined && !/^[a-z0-9._-]+$/.test(fsType)) {
    malformed(scope, 'fsType', fsType, 'no file system has such a name', "such as 'ext4' or 'xfs'");
  }
}

/** VOL005: what a driver is told is texts. @param what one entry */
export function checkTexts(scope: IConstruct | undefined, what: string, values: Readonly<Record<string, string>>): void {
  const wrong = Object.entries(values).find(([, value]) => typeof value !== 'string');
  if (wrong) {
    malformed(scope, what, wrong[0], `its value is ${shown(wrong[1])}, and has to be a text`, "give it one, such as '4000' or 'true', or leave it out");
  }
}

const MAX_PARAMETERS = 512;
const MAX_PARAMETER_BYTES = 256 * 1024;

/** Names of Secrets from before csi-provisioner 1.0, which it still takes. */
const SECRET_OF_OLD = /^csi(Provisioner|ControllerPublish|NodeStage|NodePublish)Secret(Name|Namespace)$/;

/** What to say of reserved parameters (VOL006). */
export interface ReservedAdvice {
  readonly why: string;
  readonly expected: string;
}

/** VOL005, VOL006, VOL043: as the API server and csi-provisioner check them. */
export function checkParameters(scope: IConstruct, parameters: Readonly<Record<string, string>>, reserved: ReservedAdvice): void {
  const entries = Object.entries(parameters);
  checkTexts(scope, 'the parameter', parameters);
  const bytes = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  if (entries.length > MAX_PARAMETERS || bytes > MAX_PARAMETER_BYTES) {
    fail(scope, VOLUME_RULES.VOL005, {
      what: 'the parameters', value: `(${entries.length}, ${bytes} bytes)`, problem: 'there are too many', expected: 'at most 512 parameters, 256 KiB together',
    });
  }
  for (const [key] of entries) {
    if (key === '') {
      malformed(scope, 'the parameter', key, 'its key is empty', "name it as the driver's documentation does");
    }
    if (key.startsWith(RESERVED) || SECRET_OF_OLD.test(key)) {
      fail(scope, VOLUME_RULES.VOL006, { key, ...reserved });
    }
    const meant = nearlyReserved(key);
    if (meant !== undefined) {
      fail(scope, VOLUME_RULES.VOL043, { key, prefix: RESERVED, meant, expected: reserved.expected });
    }
  }
}

/** Whether a size is more than another one, whatever their units. */
export function isLarger(size: Size, other: Size): boolean {
  const kibibytes = (value: Size) => value.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
  return kibibytes(size) > kibibytes(other);
}
