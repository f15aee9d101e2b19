import { ApiObject } from 'cdk8s';
import { Distribution, PodSecurityLevel } from '../platform/distribution';

/** @see https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
export const POD_SECURITY = 'pod-security.kubernetes.io';

/** All volumes that the level restricted lets in; baseline refuses hostPath only. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export const RESTRICTED_VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'];

/** The level that a namespace says itself, if it does. */
export function labelledLevel(namespace: ApiObject | undefined): PodSecurityLevel | undefined {
  return namespace?.metadata.getLabel(`${POD_SECURITY}/enforce`) as PodSecurityLevel | undefined;
}

/** The level that is enforced on a namespace, or on one that is not written here. */
export function enforcedLevel(namespace: ApiObject | undefined, distribution: Distribution): PodSecurityLevel {
  return labelledLevel(namespace) ?? distribution.podSecurity;
}
