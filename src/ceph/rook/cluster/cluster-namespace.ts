import { Construct } from 'constructs';
import { ManifestProps } from '../../../manifest/manifest-props';
import { Namespace } from '../../../manifest/namespace';
import { PodSecurityLevel } from '../../../platform/distribution';
import { IRookOperator } from '../i-rook-operator';
import { writeClusterAccounts } from '../operator/cluster-accounts';

interface NamespaceInput extends ManifestProps {
  readonly operator: IRookOperator;
  readonly createNamespace?: boolean;
}

/** What a cluster needs around it; the namespace of the operator has all of it already. @param external whether its daemons, which need their nodes, run elsewhere */
export function prepareNamespace(scope: Construct, name: string, { operator, labels, annotations, createNamespace = true }: NamespaceInput, external = false): void {
  if (name === operator.namespace) {
    return;
  }
  if (createNamespace) {
    new Namespace(scope, 'Namespace', { name, podSecurity: external ? undefined : PodSecurityLevel.PRIVILEGED, holdsData: true, labels, annotations });
  }
  writeClusterAccounts(new Construct(scope, 'Accounts'), name, operator.namespace, { labels, annotations }, external);
}
