import { k8s } from 'cdk8s-plus-27';

/** The API group of roles and bindings. */
export const RBAC = 'rbac.authorization.k8s.io';

/** One row of a permission table: what a program does with a resource, and when. */
export interface Grant<Condition extends string> {
  readonly group: string;
  readonly resource: string;
  readonly verbs: string[];
  /**
   * The names of the objects.
   *
   * @default - all
   */
  readonly names?: readonly string[];
  /**
   * The condition under which it is needed.
   *
   * @default - always
   */
  readonly when?: Condition;
}

export const VERBS: readonly string[] = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

export const isVerb = (verb: string) => VERBS.includes(verb);

/**
 * The rules of a role: one per resource and names, the verbs of all programs that share the account put together.
 * Sorted, so that a diff shows only what was granted or taken away.
 */
export function policyRules<Condition extends string>(grants: readonly Grant<Condition>[], conditions: ReadonlySet<Condition>): k8s.PolicyRule[] {
  const verbsOf = new Map<string, Set<string>>();
  for (const grant of grants) {
    if (grant.when === undefined || conditions.has(grant.when)) {
      const key = [grant.group, grant.resource, ...[...new Set(grant.names)].sort()].join('\n');
      const verbs = verbsOf.get(key) ?? new Set();
      grant.verbs.forEach(verb => verbs.add(verb));
      verbsOf.set(key, verbs);
    }
  }
  return [...verbsOf.keys()].sort().map(key => {
    const [group, resource, ...names] = key.split('\n');
    const verbs = verbsOf.get(key)!;
    const inOrder = [...VERBS.filter(verb => verbs.has(verb)), ...[...verbs].filter(verb => !isVerb(verb)).sort()];
    return { apiGroups: [group], resources: [resource], ...(names.length > 0 ? { resourceNames: names } : {}), verbs: inOrder };
  });
}
