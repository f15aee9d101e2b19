import { calls, Call, whileStarting } from './machine';
import { SECRET_NAMESPACE } from './secrets';
import { DRIVER_NAMESPACE } from './storage';
import { kubectl } from '../kubectl';

const NAMESPACES = [DRIVER_NAMESPACE, 'snapshot-controller'];
/** Of docs/own-driver.md. Its roles are gone by now, so what it asked for can be judged, but not what it was granted. */
const OWN = 'csi-directory';

/** Of namespaces that were deleted since, with all roles in them. */
const remembered: Grant[] = [];

/** Notes what the accounts of a namespace are granted, before it is deleted; the audit judges it like that of the others. */
export function rememberGrants(namespace: string): void {
  remembered.push(...grants([namespace]));
}

/** Granted, and not used by this suite every time; the rule tables say why it is granted all the same. */
const EXPLAINED: { readonly reason: string; readonly holds: (grant: Grant, used: ReadonlySet<string>) => boolean }[] = [
  {
    reason: 'an informer lists only where the API server streams no lists, or after a stream that failed',
    holds: (grant, used) => grant.verb === 'list' && used.has(titleOf({ ...grant, verb: 'watch' })),
  },
  {
    reason: 'a recorder of events patches only what it says again',
    holds: ({ verb, resource }) => verb === 'patch' && resource === 'events',
  },
  {
    reason: 'from 1.35 the API server asks for it beside `get`, and logs one call',
    holds: (grant, used) => grant.verb === 'create' && grant.resource === 'pods/exec' && used.has(titleOf({ ...grant, verb: 'get' })),
  },
];

interface Grant {
  readonly account: string;
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** Of a Role. */
  readonly namespace?: string;
}

/** All that roles grant to the accounts of namespaces. */
function grants(namespaces: string[]): Grant[] {
  const get = (kind: string) => JSON.parse(kubectl('get', kind, '-A', '-o', 'json')).items as any[];
  const roles = [...get('clusterroles'), ...get('roles')];
  return [...get('clusterrolebindings'), ...get('rolebindings')].flatMap(binding => (binding.subjects ?? [])
    .filter((subject: any) => subject.kind === 'ServiceAccount' && namespaces.includes(subject.namespace))
    .flatMap((subject: any) => {
      const role = roles.find(({ kind, metadata }) => kind === binding.roleRef.kind && metadata.name === binding.roleRef.name
        && (kind === 'ClusterRole' || metadata.namespace === binding.metadata.namespace));
      return role.rules.flatMap((rule: any) => rule.apiGroups.flatMap((group: string) => rule.resources.flatMap((resource: string) => rule.verbs.map((verb: string) => (
        { account: `${subject.namespace}:${subject.name}`, verb, group, resource, namespace: binding.metadata.namespace }
      )))));
    }));
}

const rememberedNamespaces = () => [...new Set(remembered.map(({ account }) => account.split(':')[0]))];

const titleOf = ({ account, verb, group, resource }: Grant | Call) => `${account.split(':')[1]}: ${verb} ${group ? `${resource}.${group}` : resource}`;

export function auditTests(since: Date): void {
  test('nothing that our accounts asked for was refused, but the Secret that was taken away', () => {
    const judged = [...NAMESPACES, OWN, ...rememberedNamespaces()];
    const made = calls(judged, since);
    expect(new Set(made.map(({ account }) => account.split(':')[0]))).toEqual(new Set(judged));
    const refused = made.filter(call => !call.allowed && !(call.resource === 'secrets' && call.namespace === SECRET_NAMESPACE));
    // What was refused by an API server that was starting has to be granted at any other time.
    const granted = new Set(made.filter(call => call.allowed).map(titleOf));
    expect([...new Set(refused.filter(call => !(whileStarting(call) && granted.has(titleOf(call)))).map(titleOf))]).toEqual([]);
  });

  test('what is granted is used, or there is a reason', () => {
    expect(remembered.length).toBeGreaterThan(0);
    const used = new Set(calls([...NAMESPACES, ...rememberedNamespaces()], since).filter(call => call.allowed).map(titleOf));
    const unused = [...grants(NAMESPACES), ...remembered].filter(grant => !used.has(titleOf(grant)));
    expect(unused.filter(grant => !EXPLAINED.some(({ holds }) => holds(grant, used))).map(titleOf)).toEqual([]);
    console.log(`granted, and not used this time:\n${unused.map(grant => `  ${titleOf(grant)}: ${EXPLAINED.find(({ holds }) => holds(grant, used))!.reason}`).join('\n')}`);
  });
}
