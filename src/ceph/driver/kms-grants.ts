import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { RBAC } from '../../csi/rbac';
import { emit } from '../../manifest/emit';
import { ManifestProps } from '../../manifest/manifest-props';

interface SecretName {
  readonly name: string;
  readonly namespace: string;
}

/** Lets both programs of a driver read exactly the Secrets by which they are known to key management systems. */
export function grantKms(scope: Construct, name: string, driver: ICsiDriver, secrets: readonly SecretName[], common: ManifestProps): void {
  const accounts = [driver.controllerServiceAccount, driver.nodeServiceAccount].filter(account => account !== undefined);
  for (const namespace of new Set(secrets.map(secret => secret.namespace))) {
    const metadata = { name: `${name}-kms`, namespace };
    const resourceNames = [...new Set(secrets.filter(secret => secret.namespace === namespace).map(secret => secret.name))].sort();
    emit(scope, `Kms-${namespace}-Role`, k8s.KubeRole.manifest({ metadata, rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames, verbs: ['get'] }] }), common);
    emit(scope, `Kms-${namespace}-RoleBinding`, k8s.KubeRoleBinding.manifest({
      metadata,
      roleRef: { apiGroup: RBAC, kind: 'Role', name: metadata.name },
      subjects: accounts.map(account => ({ kind: 'ServiceAccount', name: account.name, namespace: account.namespace })),
    }), common);
  }
}
