import { IConstruct } from 'constructs';
import { warn } from './once';
import { CEPH_SETTING, KnownOption } from './option-tables';
import { CEPH_IMAGE_RULES } from './rules';
import { fail } from '../../findings/report';
import { similar } from '../../manifest/similar';

/** What the user has written, and who reads it. */
export interface Written {
  /** As messages name it: `mapOptions`. */
  readonly key: string;
  readonly known: Readonly<Record<string, KnownOption>>;
  /** Whether it is read by a program of Ceph, which takes its settings too. */
  readonly isProgram: boolean;
}

/** CEPH035 */
export function refuse(scope: IConstruct, what: string, value: string, problem: string, expected: string): never {
  return fail(scope, CEPH_IMAGE_RULES.CEPH035, { what, value: `'${value}'`, problem, expected });
}

/** A list in one text, held against the options that there are. CEPH035, CEPH036 */
export function readOptions(scope: IConstruct, written: Written, list: string): string[] {
  const options = list.split(',');
  options.forEach(option => checkOption(scope, written, option));
  const names = options.map(option => subject(option, written.known));
  const again = names.findIndex((name, index) => names.indexOf(name) < index);
  if (again >= 0) {
    refuse(scope, `the option of ${written.key}`, options[again], `'${options[names.indexOf(names[again])]}' says it already, or the opposite`, 'give one of them');
  }
  return options;
}

/** What an option is about: `crc` and `nocrc` are about the same. */
function subject(option: string, known: Written['known']): string {
  const [name] = option.split('=');
  const positive = name.replace(/^no/, '');
  return positive in known ? positive : name;
}

function checkOption(scope: IConstruct, { key, known, isProgram }: Written, option: string): void {
  const what = `the option of ${key}`;
  if (!/^[A-Za-z0-9_][\w-]*(=[^\s,;"'\\]+)?$/.test(option)) {
    refuse(scope, what, option, 'it is empty, or has a blank, quote, dash at its beginning or semicolon in it, so the list of all options would be read wrongly', "write options as name or name=value, with commas and without blanks: 'a,b=1'");
  }
  const [name, value] = option.split(/=(.*)/s);
  const { takes, example, refused } = Object.prototype.hasOwnProperty.call(known, name) ? known[name] : {} as KnownOption;
  if (!Object.prototype.hasOwnProperty.call(known, name)) {
    if (isProgram && CEPH_SETTING.test(name)) {
      return;
    }
    const meant = similar(name, Object.keys(known));
    warn(scope, CEPH_IMAGE_RULES.CEPH036, { what, value: `'${option}'`, expected: meant === undefined ? 'look it up in the manual of what maps or mounts' : `write ${meant}` });
  } else if (refused) {
    refuse(scope, what, option, ...refused);
  } else if (takes ? !takes.test(value ?? '') : value !== undefined) {
    refuse(scope, what, option, takes ? 'its value is none that it takes' : 'it takes no value', takes ? `write it as ${name}=${example}` : `write ${name}`);
  }
}

/** What the kernel has to have for options: the option, and the release. */
export function kernelNeeds(options: readonly string[], known: Written['known']): Need[] {
  return options.map(option => ({ what: `the option '${option}'`, needed: known[option.split('=')[0]]?.since }))
    .filter((need): need is Need => need.needed !== undefined);
}

/** What needs which Linux release. */
export interface Need {
  readonly what: string;
  readonly needed: string;
}

/** The value of an option, if it is given. */
export function valueOf(options: readonly string[], name: string): string | undefined {
  return options.find(option => option.startsWith(`${name}=`))?.slice(name.length + 1);
}
