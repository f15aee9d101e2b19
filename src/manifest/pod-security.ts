import { ApiObject } from 'cdk8s';
import { Distribution, PodSecurityLevel } from '../platform/distribution';

/** @see https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
export const POD_SECURITY = 'pod-security.kubernetes.io';

/** The level that a namespace says itself, if it does. */
export function labelledLevel(namespace: ApiObject | undefined): PodSecurityLevel | undefined {
  return namespace?.metadata.getLabel(`${POD_SECURITY}/enforce`) as PodSecurityLevel | undefined;
}

/** The level that is enforced on a namespace, or on one that is not written here. */
export function enforcedLevel(namespace: ApiObject | undefined, distribution: Distribution): PodSecurityLevel {
  return labelledLevel(namespace) ?? distribution.podSecurity;
}
