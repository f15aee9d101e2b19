import { ApiObject } from 'cdk8s';
import { definitionText } from './definition-code';
import { report } from '../../../findings/report';
import { clusterChecks } from '../../../platform/cluster-checks';
import { CUSTOM_RESOURCE_RULES } from '../rules';

const WORKLOADS = ['Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet'];
const SELECTOR = 'the same spec, with spec.selector, which is required now and cannot be changed: { matchLabels: … } of the labels of the template';
const SAME = 'the same content';

/** Versions of an API that are gone: of which kinds (all of them, where none is said), until which release, and what takes their place. */
interface Removed {
  readonly apiVersion: RegExp;
  readonly kinds?: readonly string[];
  readonly until: string;
  readonly now: string;
  readonly mapping: string;
}

/** @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
const REMOVED: readonly Removed[] = [
  { apiVersion: /^rbac\.authorization\.k8s\.io\/v1(alpha|beta)1$/, until: '1.22', now: 'rbac.authorization.k8s.io/v1', mapping: `${SAME}; StorageOperator makes ServiceAccount, Role and binding of what the operator watches` },
  { apiVersion: /^(apps\/v1beta[12]|extensions\/v1beta1)$/, kinds: WORKLOADS, until: '1.16', now: 'apps/v1', mapping: `${SELECTOR}; StorageOperator makes the Deployment of an operator` },
  { apiVersion: /^coordination\.k8s\.io\/v1beta1$/, kinds: ['Lease'], until: '1.22', now: 'coordination.k8s.io/v1', mapping: SAME },
  { apiVersion: /^policy\/v1beta1$/, kinds: ['PodDisruptionBudget'], until: '1.25', now: 'policy/v1', mapping: `${SAME}; an empty selector is for every pod now, and was for none` },
  {
    apiVersion: /^admissionregistration\.k8s\.io\/v1beta1$/, kinds: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'], until: '1.22',
    now: 'admissionregistration.k8s.io/v1', mapping: 'the same webhooks, each with sideEffects and admissionReviewVersions, which are required now',
  },
];

/** OPR030 */
function checkDefinition(object: ApiObject): void {
  if (object.kind === 'CustomResourceDefinition' && object.apiVersion === 'apiextensions.k8s.io/v1beta1') {
    report(object, CUSTOM_RESOURCE_RULES.OPR030, { name: `${object.name}`, mapping: definitionText(object.toJson()) });
  }
}

/** OPR031 */
function checkRemoved(object: ApiObject): void {
  const removed = REMOVED.find(({ apiVersion, kinds }) => apiVersion.test(object.apiVersion) && (!kinds || kinds.includes(object.kind)));
  if (removed) {
    const { until, now, mapping } = removed;
    report(object, CUSTOM_RESOURCE_RULES.OPR031, { kind: object.kind, name: `${object.name}`, apiVersion: object.apiVersion, until, now, mapping });
  }
}

clusterChecks.push(objects => objects.forEach(object => {
  checkDefinition(object);
  checkRemoved(object);
}));
