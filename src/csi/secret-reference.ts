import { Construct, IConstruct } from 'constructs';
import { writeClusterRole, writeRole } from './account';
import { ICsiDriver } from './i-csi-driver';
import { CSI_RULES } from './rules';
import { fail, report } from '../findings/report';
import { EmitOptions } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkLabel, checkSubdomain } from '../manifest/validate';

/** Parameters of classes that belong to the sidecars; Secrets are named by them. */
export const RESERVED = 'csi.storage.k8s.io/';

/** The same with other separators, in other letters, or with a part of it missing; a driver may have own keys of such a domain, but none that ends so. */
const NEARLY_RESERVED = /^(?:csi[.:/_-])?storage[.:/_-](?:k8s?|kubernetes)(?:[.:/_-]io)?[.:/_-](fstype|[a-z-]+-secret-(?:name|namespace))$/i;

/** The reserved parameter that a key was meant for, where it is not quite one. */
export function nearlyReserved(key: string): string | undefined {
  const rest = key.startsWith(RESERVED) ? undefined : NEARLY_RESERVED.exec(key)?.[1];
  return rest === undefined ? undefined : `${RESERVED}${rest.toLowerCase()}`;
}

const GRANTED = Symbol.for('cdk8s-storage.SecretReference.granted');

/** A Secret that a class hands to its driver. */
export class SecretReference {
  /**
   * A Secret by its name.
   *
   * @param name the Secret's name
   * @param namespace the Secret's namespace
   * @throws MAN001 when no Secret can have that name; CSI020 when it is a template
   */
  public static fromName(name: string, namespace: string): SecretReference {
    for (const [part, template] of Object.entries({ name, namespace })) {
      if (hasToken(template)) {
        fail(undefined, CSI_RULES.CSI020, { part, template, problem: 'fromName takes it as it stands', expected: `use SecretReference.fromTemplate('${name}', '${namespace}')` });
      }
    }
    return new SecretReference(checkSubdomain(undefined, 'the Secret', name), checkLabel(undefined, 'the namespace of the Secret', namespace));
  }

  /**
   * A Secret whose name, or namespace, depends on the volume or snapshot. The driver has to be granted more Secrets than
   * it needs (CSI018), so prefer `fromName`.
   *
   * In a StorageClass the name may have `${pv.name}`, `${pvc.name}`, `${pvc.namespace}` and `${pvc.annotations['key']}`,
   * the namespace `${pv.name}` and `${pvc.namespace}`. In a snapshot class both may have `${volumesnapshotcontent.name}` and
   * `${volumesnapshot.namespace}`, the name also `${volumesnapshot.name}`; `snapshotterList` only `${volumesnapshotcontent.name}`, a group
   * snapshot class only `${volumegroupsnapshotcontent.name}`. Other tokens are refused where it is used (CSI020).
   *
   * @param name the Secret's name, with tokens
   * @param namespace the Secret's namespace, with tokens
   * @see https://kubernetes-csi.github.io/docs/secrets-and-credentials-storage-class.html
   */
  public static fromTemplate(name: string, namespace: string): SecretReference {
    return new SecretReference(name, namespace);
  }

  private constructor(
    /** The Secret's name, perhaps with tokens. */
    public readonly name: string,
    /** The Secret's namespace, perhaps with tokens. */
    public readonly namespace: string,
  ) {}
}

/** Tokens by what they stand for; a key in brackets may be any. */
export interface SecretTokens {
  readonly name: readonly string[];
  readonly namespace: readonly string[];
}

const hasToken = (template: string) => `${template}`.includes('$');

/**
 * CSI020: refuses what the sidecar would refuse, when the first volume or snapshot comes.
 *
 * @param tokens those that are filled in here; `pvc.annotations` stands for `pvc.annotations['key']`
 */
export function checkSecretTokens(scope: IConstruct, secret: SecretReference, tokens: SecretTokens): SecretReference {
  for (const part of ['name', 'namespace'] as const) {
    const template = `${secret[part] ?? ''}`;
    // The sidecars expand `$name` too.
    const found = [...template.matchAll(/\$(\{([^}]*)\}|.?)/g)].map(match => match[2] ?? match[0]);
    const unknown = found.find(token => !tokens[part].includes(token.replace(/^(pvc\.annotations)\['[^']+'\]$/, '$1')));
    const sample = template.replace(/\$\{[^}]*\}/g, 'x');
    if (unknown !== undefined) {
      const allowed = tokens[part].map(token => `\${${token === 'pvc.annotations' ? "pvc.annotations['key']" : token}}`).join(', ');
      fail(scope, CSI_RULES.CSI020, { part, template, problem: `nothing fills in '${unknown}'`, expected: `use fixed text and ${allowed}` });
    }
    // A token's value may begin and end as it likes.
    (part === 'name' ? checkSubdomain : checkLabel)(scope as Construct, `the ${part} of the Secret`, sample);
  }
  return secret;
}

/** Says that whoever made the Secret has granted it to the driver as well. */
export function markGranted(secret: SecretReference): SecretReference {
  return Object.defineProperty(secret, GRANTED, { value: true });
}

/**
 * Lets the driver's controller read exactly these Secrets: whoever references a Secret grants it. Where a name shows only
 * later it has to be all Secrets of the namespace; where the namespace does, of the cluster.
 *
 * @param name the name of the roles
 * @param account who may read them, if it is not the controller
 */
export function grantSecrets(
  scope: Construct, name: string, driver: ICsiDriver, secrets: readonly SecretReference[], common: ManifestProps = {}, options: EmitOptions = {},
  account = driver.controllerServiceAccount,
): void {
  const open = secrets.filter(secret => !(GRANTED in secret));
  if (open.length === 0) {
    return;
  }
  if (!account) {
    report(scope, CSI_RULES.CSI007, { secret: `${open[0].namespace}/${open[0].name}`, driver: `'${driver.driverName}'` });
    return;
  }
  const rule = (names?: string[]) => ({ apiGroups: [''], resources: ['secrets'], resourceNames: names, verbs: ['get'] });
  const wide = (secret: SecretReference, where: string) => report(scope, CSI_RULES.CSI018, {
    secret: `'${secret.namespace}/${secret.name}'`, driver: `'${driver.driverName}'`, scope: where,
  });
  const anywhere = open.find(secret => hasToken(secret.namespace));
  if (anywhere) {
    wide(anywhere, 'of the cluster');
    writeClusterRole(scope, 'Secrets-', name, [rule()], account, common, options);
    return; // it covers the others too
  }
  for (const namespace of new Set(open.map(secret => secret.namespace))) {
    const own = open.filter(secret => secret.namespace === namespace);
    const template = own.find(secret => hasToken(secret.name));
    if (template) {
      wide(template, `of the namespace '${namespace}'`);
    }
    const rules = [rule(template ? undefined : [...new Set(own.map(secret => secret.name))])];
    writeRole(scope, `Secrets-${namespace}-`, { name, namespace }, rules, [account], common, options);
  }
}
