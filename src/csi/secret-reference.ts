import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ICsiDriver } from './i-csi-driver';
import { RBAC } from './rbac';
import { CSI_RULES } from './rules';
import { report } from '../findings/report';
import { emit, EmitOptions } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkLabel, checkSubdomain } from '../manifest/validate';

/** Parameters of classes that belong to the sidecars; Secrets are named by them. */
export const RESERVED = 'csi.storage.k8s.io/';

const GRANTED = Symbol.for('cdk8s-storage.SecretReference.granted');

/** A Secret that a class hands to its driver, by name. */
export class SecretReference {
  /**
   * A Secret by its name.
   *
   * @param name the Secret's name
   * @param namespace the Secret's namespace
   * @throws MAN001 when no Secret can have that name
   */
  public static fromName(name: string, namespace: string): SecretReference {
    return new SecretReference(checkSubdomain(undefined, 'the Secret', name), checkLabel(undefined, 'the namespace of the Secret', namespace));
  }

  private constructor(
    /** The Secret's name. */
    public readonly name: string,
    /** The Secret's namespace. */
    public readonly namespace: string,
  ) {}
}

/** Says that whoever made the Secret has granted it to the driver as well. */
export function markGranted(secret: SecretReference): SecretReference {
  return Object.defineProperty(secret, GRANTED, { value: true });
}

/**
 * Lets the driver's controller read exactly these Secrets: whoever references a Secret grants it.
 *
 * @param name the name of the roles
 */
export function grantSecrets(scope: Construct, name: string, driver: ICsiDriver, secrets: readonly SecretReference[], common: ManifestProps = {}, options: EmitOptions = {}): void {
  const open = secrets.filter(secret => !(GRANTED in secret));
  const account = driver.controllerServiceAccount;
  if (open.length > 0 && !account) {
    report(scope, CSI_RULES.CSI007, { secret: `${open[0].namespace}/${open[0].name}`, driver: `'${driver.driverName}'` });
    return;
  }
  for (const namespace of new Set(open.map(secret => secret.namespace))) {
    const resourceNames = [...new Set(open.filter(secret => secret.namespace === namespace).map(secret => secret.name))];
    const metadata = { name, namespace };
    emit(scope, `Secrets-${namespace}-Role`, k8s.KubeRole.manifest({
      metadata,
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames, verbs: ['get'] }],
    }), common, options);
    emit(scope, `Secrets-${namespace}-RoleBinding`, k8s.KubeRoleBinding.manifest({
      metadata,
      roleRef: { apiGroup: RBAC, kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: account!.name, namespace: account!.namespace }],
    }), common, options);
  }
}
