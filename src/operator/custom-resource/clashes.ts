import { ApiObject } from 'cdk8s';
import { CUSTOM_RESOURCE_RULES } from './rules';
import { report } from '../../findings/report';
import { clusterChecks } from '../../platform/cluster-checks';

/** Names of kinds of Kubernetes, which kubectl knows before any other: by their resource. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  componentstatuses: ['cs'], configmaps: ['cm', 'configmap'], endpoints: ['ep'], events: ['ev', 'event'], limitranges: ['limits'], namespaces: ['ns', 'namespace'], nodes: ['no', 'node'],
  persistentvolumeclaims: ['pvc', 'persistentvolumeclaim'], persistentvolumes: ['pv', 'persistentvolume'], pods: ['po', 'pod'], podtemplates: [], replicationcontrollers: ['rc'],
  resourcequotas: ['quota'], secrets: ['secret'], serviceaccounts: ['sa', 'serviceaccount'], services: ['svc', 'service'], customresourcedefinitions: ['crd', 'crds'], daemonsets: ['ds'],
  deployments: ['deploy', 'deployment'], replicasets: ['rs'], statefulsets: ['sts'], horizontalpodautoscalers: ['hpa'], cronjobs: ['cj'], jobs: ['job'], certificatesigningrequests: ['csr'],
  ingresses: ['ing', 'ingress'], networkpolicies: ['netpol'], poddisruptionbudgets: ['pdb'], priorityclasses: ['pc'], storageclasses: ['sc', 'storageclass'],
  volumeattributesclasses: ['vac'], csidrivers: [], csinodes: [], volumeattachments: [], leases: ['lease'], roles: ['role'], rolebindings: [], clusterroles: [], clusterrolebindings: [],
};
const OWNERS = new Map(Object.entries(KNOWN).flatMap(([resource, names]) => [resource, ...names].map(name => [name, resource])));

const isDefinition = (object: ApiObject) => object.kind === 'CustomResourceDefinition' && object.apiGroup === 'apiextensions.k8s.io';

/** Every name that a definition asks for. Resources share one space, kinds another. */
function namesIn({ spec }: any): { what: string; name: string; space: string }[] {
  const { plural, singular, shortNames, kind, listKind } = spec?.names ?? {};
  const resource = { 'plural': [plural], 'singular': [singular], 'short name': Array.isArray(shortNames) ? shortNames : [] };
  return [
    ...Object.entries(resource).flatMap(([what, names]) => names.map(name => ({ what, name, space: 'resource' }))),
    ...Object.entries({ kind, listKind }).map(([what, name]) => ({ what, name, space: 'kind' })),
  ].filter(({ name }) => typeof name === 'string');
}

/** OPR024, OPR025, for our definitions and those that the user wrote beside them. */
clusterChecks.push(objects => {
  const owners = new Map<string, ApiObject>();
  for (const object of objects.filter(isDefinition)) {
    const manifest = object.toJson();
    for (const { what, name, space } of namesIn(manifest)) {
      const key = `${manifest.spec.group} ${space} ${name}`;
      const first = owners.get(key);
      // Two of one name are MAN002.
      if (first && first.name !== object.name) {
        report(object, CUSTOM_RESOURCE_RULES.OPR024, { what, name, definition: `${object.name}`, first: `${first.name} (${first.node.path})` });
      }
      owners.set(key, first ?? object);
      const other = space === 'resource' ? OWNERS.get(name) : undefined;
      if (other) {
        report(object, CUSTOM_RESOURCE_RULES.OPR025, { what, name, other, kind: `${manifest.spec.names.kind}` });
      }
    }
  }
});
