import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { emit } from './emit';
import { ManifestProps } from './manifest-props';
import { POD_SECURITY } from './pod-security';
import { MANIFEST_RULES } from './rules';
import { checkLabel } from './validate';
import { fail } from '../findings/report';
import { PodSecurityLevel } from '../platform/distribution';

/** Properties of a Namespace. */
export interface NamespaceProps extends ManifestProps {
  /** The name of the namespace. */
  readonly name: string;

  /**
   * What Pod Security admission enforces, audits and warns of.
   *
   * @default - no labels: the cluster's default applies
   * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
   */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * Whether claims live in it. If so, the declared GitOps tool is told never to prune it.
   *
   * @default false
   */
  readonly holdsData?: boolean;
}

/** A Namespace with Pod Security labels. */
export class Namespace extends Construct {
  /** The Namespace object. */
  public readonly apiObject: ApiObject;

  /** The name of the namespace. */
  public readonly name: string;

  /** @throws MAN001 when the name is not a DNS label; MAN006 when the namespace is the cluster's own */
  public constructor(scope: Construct, id: string, props: NamespaceProps) {
    super(scope, id);
    this.name = checkLabel(this, 'the namespace', props.name);
    if (this.name === 'default' || this.name.startsWith('kube-')) {
      fail(this, MANIFEST_RULES.MAN006, { name: `'${this.name}'` });
    }
    const labels = !props.podSecurity ? undefined : Object.fromEntries(
      ['enforce', 'audit', 'warn'].map(mode => [`${POD_SECURITY}/${mode}`, `${props.podSecurity}`]));
    this.apiObject = emit(this, 'Resource', k8s.KubeNamespace.manifest({ metadata: { name: this.name, labels } }), props, { holdsData: props.holdsData });
  }
}
