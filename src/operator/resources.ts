/** Kubernetes' own resources, by API group, and whether they belong to no namespace; those that an operator of storage may mean. */
const NAMESPACED: Record<string, readonly string[]> = {
  '': [
    'configmaps', 'endpoints', 'events', 'limitranges', 'persistentvolumeclaims', 'pods', 'podtemplates', 'replicationcontrollers', 'resourcequotas', 'secrets', 'serviceaccounts', 'services',
  ],
  'apps': ['controllerrevisions', 'daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  'autoscaling': ['horizontalpodautoscalers'],
  'batch': ['cronjobs', 'jobs'],
  'coordination.k8s.io': ['leases'],
  'discovery.k8s.io': ['endpointslices'],
  'events.k8s.io': ['events'],
  'networking.k8s.io': ['ingresses', 'networkpolicies'],
  'policy': ['poddisruptionbudgets'],
  'rbac.authorization.k8s.io': ['rolebindings', 'roles'],
  'snapshot.storage.k8s.io': ['volumesnapshots'],
  'storage.k8s.io': ['csistoragecapacities'],
};
const CLUSTER_SCOPED: Record<string, readonly string[]> = {
  '': ['namespaces', 'nodes', 'persistentvolumes'],
  'admissionregistration.k8s.io': ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
  'apiextensions.k8s.io': ['customresourcedefinitions'],
  'certificates.k8s.io': ['certificatesigningrequests'],
  'rbac.authorization.k8s.io': ['clusterrolebindings', 'clusterroles'],
  'scheduling.k8s.io': ['priorityclasses'],
  'snapshot.storage.k8s.io': ['volumesnapshotclasses', 'volumesnapshotcontents'],
  'storage.k8s.io': ['csidrivers', 'csinodes', 'storageclasses', 'volumeattachments', 'volumeattributesclasses'],
};

const groupsOf = (resource: string) => [NAMESPACED, CLUSTER_SCOPED].flatMap(table => Object.keys(table).filter(group => table[group].includes(resource)));
const inWords = (group: string) => (group === '' ? 'the core group' : `the group ${group}`);

/** What is wrong with a resource of Kubernetes, and what to write; nothing where it is right, or somebody else's. */
export function resourceProblem(group: string, resource: string, ownNamespace: boolean): { readonly problem: string; readonly expected: string } | undefined {
  if (group === 'core' || group === 'v1') {
    return { problem: `there is no API group '${group}': the core group has no name`, expected: 'leave apiGroup out' };
  }
  const [plain] = resource.split('/');
  if (CLUSTER_SCOPED[group]?.includes(plain)) {
    return ownNamespace ? { problem: `${plain} belong to no namespace, so that a Role grants nothing on them`, expected: 'leave ownNamespace out' } : undefined;
  }
  const isOurs = group in NAMESPACED || group in CLUSTER_SCOPED;
  if (!isOurs || NAMESPACED[group]?.includes(plain)) {
    return undefined;
  }
  const [other] = groupsOf(plain);
  if (other !== undefined) {
    return { problem: `there are no ${plain} in ${inWords(group)}, they are in ${inWords(other)}`, expected: other === '' ? 'leave apiGroup out' : `write apiGroup: '${other}'` };
  }
  const plural = [`${plain}s`, `${plain}es`, plain.replace(/y$/, 'ies')].find(candidate => groupsOf(candidate).includes(group));
  // Others get new resources with releases of Kubernetes; this one has not for years. Users and groups are only impersonated.
  if (plural === undefined && group === '' && !['bindings', 'componentstatuses', 'users', 'groups'].includes(plain)) {
    return { problem: `there is no resource '${plain}' in the core group`, expected: "write the name that `kubectl api-resources` shows, and apiGroup where it has one: { resource: 'persistentvolumeclaims' }" };
  }
  return plural === undefined ? undefined : { problem: `there is no resource '${plain}'`, expected: `write it in the plural: resource: '${resource.replace(plain, plural)}'` };
}

/** What is dangerous to be granted in every namespace. @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/ */
export const POWERS: readonly { readonly group?: string; readonly resources?: readonly string[]; readonly verbs: readonly string[]; readonly power: string }[] = [
  { group: '', resources: ['secrets'], verbs: ['get', 'list', 'watch'], power: 'read every Secret of the cluster' },
  ...Object.entries({ '': ['pods', 'replicationcontrollers'], 'apps': ['daemonsets', 'deployments', 'replicasets', 'statefulsets'], 'batch': ['cronjobs', 'jobs'] }).map(([group, resources]) => (
    { group, resources, verbs: ['create', 'update', 'patch'], power: 'run pods as any account of the cluster, and so do whatever any of them may' }
  )),
  { group: '', resources: ['pods/exec', 'pods/attach', 'pods/ephemeralcontainers'], verbs: ['get', 'create', 'update', 'patch'], power: 'run commands in every pod' },
  { group: '', resources: ['serviceaccounts/token'], verbs: ['create'], power: 'be any account of the cluster' },
  { group: '', resources: ['nodes/proxy'], verbs: ['get', 'create'], power: 'run commands in every pod, past the API server' },
  { group: '', resources: ['persistentvolumes'], verbs: ['create', 'update', 'patch'], power: 'reach any file of the nodes, by a volume of type hostPath' },
  {
    group: 'admissionregistration.k8s.io', resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'], verbs: ['create', 'update', 'patch'], power: 'see whatever is written to the API server',
  },
  { group: 'certificates.k8s.io', resources: ['certificatesigningrequests/approval'], verbs: ['update', 'patch'], power: 'be whoever signs in with a certificate' },
  { verbs: ['bind', 'escalate', 'impersonate'], power: 'take any right of the cluster' },
];
