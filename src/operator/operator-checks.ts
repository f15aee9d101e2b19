import { SizeRoundingBehavior } from 'cdk8s';
import { Construct } from 'constructs';
import { OPERATOR_VERBS, verbsOf } from './grants';
import { OperatorAccess, OperatorWatch } from './operator-access';
import { memoryOf } from './operator-deployment';
import { POWERS, resourceProblem } from './resources';
import { OPERATOR_RULES } from './rules';
import { StorageOperatorProps } from './storage-operator-props';
import { POD } from '../csi/shapes';
import { fail, report } from '../findings/report';
import { RESTRICTED_VOLUMES } from '../manifest/pod-security';
import { all, checkShape, DURATION, FLAG, listOf, mapOf, NUMBER, RAW, struct, TEXT } from '../manifest/shapes';
import { isSubdomain, quantity, shown } from '../manifest/validate';
import { Cluster } from '../platform/cluster';

const ACCESS = listOf(struct({ ...all(TEXT, 'apiGroup', 'resource'), ...all(listOf(TEXT), 'verbs', 'resourceNames'), ownNamespace: FLAG }));
const PROPS = struct({
  ...all(TEXT, 'name', 'namespace', 'image', 'leaseName'),
  ...all(FLAG, 'createNamespace', 'leaderElection', 'networkPolicy', 'userRoles', 'aggregateUserRoles'),
  ...all(listOf(TEXT), 'imagePullSecrets', 'command', 'args', 'eventVerbs'),
  ...all(NUMBER, 'replicas', 'healthPort', 'metricsPort'),
  ...all(mapOf(TEXT), 'labels', 'annotations'),
  ...all(ACCESS, 'owns', 'reads'),
  watches: listOf(struct({ resource: RAW, ...all(listOf(TEXT), 'verbs', 'statusVerbs'), blocksOwnerDeletion: FLAG })),
  monitoring: struct({ labels: mapOf(TEXT), interval: DURATION }),
  pod: struct(POD),
});
/** Without what Node.js itself takes nothing starts. */
const LEAST_MEMORY = 32;

const RESOURCE = /^[a-z]([-a-z0-9]*[a-z0-9])?(\/[a-z]+)?$/;
const STATUS_VERBS = ['get', 'update', 'patch'];
const EXAMPLE = "write what is asked, one by one: { resource: 'persistentvolumeclaims' } or { apiGroup: 'storage.k8s.io', resource: 'storageclasses', verbs: ['get'] }";

/** OPR050 */
function refuseValue(scope: Construct, what: string, value: unknown, expected: string, example: string): never {
  return fail(scope, OPERATOR_RULES.OPR050, { what, value: shown(value), expected, example });
}

function checkNumber(scope: Construct, what: string, value: number | undefined, lowest: number, highest: number): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= lowest && value <= highest)) {
    refuseValue(scope, what, value, `a whole number from ${lowest} to ${highest}`, 'leave it out for the default, or give one in that range');
  }
}

/** OPR050, OPR051, OPR053 to OPR056, PLT005 */
export function checkOperator(scope: Construct, props: StorageOperatorProps): void {
  checkShape(scope, '', props, PROPS, OPERATOR_RULES.OPR050);
  const { watches, eventVerbs = [], replicas, leaderElection = true, healthPort = 8081, metricsPort = 8080 } = props;
  if (!Array.isArray(watches) || watches.length === 0) {
    refuseValue(scope, 'watches', watches?.length === 0 ? 'nothing' : watches, 'a list of kinds', "give the kinds that it reconciles: watches: [{ resource: new CustomResource(chart, 'Storage', …) }]");
  }
  checkNumber(scope, 'replicas', replicas, 0, 10);
  checkNumber(scope, 'healthPort', healthPort, 1024, 65535);
  checkNumber(scope, 'metricsPort', metricsPort, 1024, 65535);
  if (healthPort === metricsPort) {
    refuseValue(scope, 'metricsPort', metricsPort, 'another port than healthPort', 'leave both out for 8080 and 8081');
  }
  if (replicas !== undefined && replicas > 1 && !leaderElection) {
    fail(scope, OPERATOR_RULES.OPR054, { replicas });
  }
  checkAdmission(scope, props);
  const { memoryLimit, memoryRequest } = props.pod ?? {};
  for (const [what, size] of Object.entries({ 'pod.memoryLimit': memoryLimit, 'pod.memoryRequest': memoryRequest })) {
    if (size && quantity(scope, what, size) && size.toMebibytes({ rounding: SizeRoundingBehavior.FLOOR }) < LEAST_MEMORY) {
      refuseValue(scope, what, size.asString(), `at least ${LEAST_MEMORY} MiB`, 'leave it out for the default');
    }
  }
  const { request, limit } = memoryOf(props.pod ?? {});
  if (limit.toKibibytes({ rounding: SizeRoundingBehavior.FLOOR }) < request.toKibibytes({ rounding: SizeRoundingBehavior.FLOOR })) {
    refuseValue(scope, 'pod.memoryRequest', request.asString(), 'at most the memory limit', `give a limit too: memoryLimit: Size.mebibytes(${Math.ceil(request.toMebibytes({ rounding: SizeRoundingBehavior.NONE }))})`);
  }
  watches.forEach((watch, index) => checkWatch(scope, `watches[${index}]`, watch));
  const kinds = watches.map(({ resource: { plural, group } }) => `${plural}.${group}`);
  const again = kinds.find((kind, index) => kinds.indexOf(kind) < index);
  if (again !== undefined) {
    refuseValue(scope, 'watches', again, 'a list in which each kind is once', 'leave the second one out');
  }
  checkVerbs(scope, 'eventVerbs', eventVerbs);
  for (const list of ['owns', 'reads'] as const) {
    (props[list] ?? []).forEach((access, index) => checkAccess(scope, `${list}[${index}]`, list, access));
  }
}

/** OPR055: what is added to its pods, against the level that its namespace is written with. */
function checkAdmission(scope: Construct, { createNamespace, pod = {} }: StorageOperatorProps): void {
  const { extraContainers = [], extraVolumes = [] } = pod;
  const open = extraContainers.find(({ securityContext: context }) => context?.allowPrivilegeEscalation !== false || !context?.capabilities?.drop?.includes('ALL') || context?.privileged);
  const kind = extraVolumes.flatMap(volume => Object.keys(volume)).find(key => key !== 'name' && !RESTRICTED_VOLUMES.includes(key));
  const problem = open ? `the container '${open.name}' may gain privileges` : kind ? `a volume is of the type ${kind}` : undefined;
  if (problem && (createNamespace ?? true)) {
    fail(scope, OPERATOR_RULES.OPR055, { problem });
  }
}

function checkWatch(scope: Construct, what: string, { resource, verbs, statusVerbs }: OperatorWatch): void {
  if (typeof resource?.plural !== 'string' || typeof resource.group !== 'string') {
    refuseValue(scope, `${what}.resource`, resource, 'a CustomResource', "hand over the construct that defines the kind, or CustomResource.fromDefinition({ group: 'example.com', kind: 'Thing' })");
  }
  const { group, plural, kind } = resource;
  if (!RESOURCE.test(plural) || (group !== '' && !isSubdomain(group))) {
    refuseValue(scope, `${what}.resource`, `${plural}.${group}`, 'a kind that an API server serves', "write CustomResource.fromDefinition({ group: 'example.com', kind: 'Thing' })");
  }
  Cluster.requireSame(scope, resource, `CustomResource.fromDefinition({ group: '${group}', kind: '${kind}' })`);
  checkVerbs(scope, `${what}.verbs`, verbs);
  checkVerbs(scope, `${what}.statusVerbs`, statusVerbs);
  const statusProblem = statusVerbs && statusVerbs.length > 0 && !resource.hasStatus ? `the status of ${kind} is no subresource, and is written with the rest`
    : statusVerbs?.find(verb => !STATUS_VERBS.includes(verb)) ? `a status is only asked for by ${STATUS_VERBS.join(', ')}` : undefined;
  if (verbs?.length === 0 || statusProblem) {
    fail(scope, OPERATOR_RULES.OPR051, statusProblem
      ? { what: `${what}.statusVerbs`, problem: statusProblem, expected: 'leave it out for patch, where there is a status' }
      : { what: `${what}.verbs`, problem: 'it has no verbs', expected: 'leave it out for list, watch and patch, or leave the kind out' });
  }
  Cluster.of(scope).claim(scope, 'reconciled kind', `${plural}.${group}`, OPERATOR_RULES.OPR053, { group, plural });
}

/** OPR051 */
function checkVerbs(scope: Construct, what: string, verbs: readonly string[] = []): void {
  const stranger = verbs.find(verb => !OPERATOR_VERBS.includes(verb));
  if (stranger !== undefined) {
    fail(scope, OPERATOR_RULES.OPR051, { what, problem: `there is no verb ${shown(stranger)}`, expected: `verbs are ${OPERATOR_VERBS.join(', ')}` });
  }
}

/** OPR051, OPR052 */
function checkAccess(scope: Construct, what: string, list: 'owns' | 'reads', access: OperatorAccess): void {
  const { apiGroup, resource, resourceNames = [], verbs, ownNamespace } = access;
  const problem = apiGroup !== undefined && apiGroup !== '' && !isSubdomain(apiGroup) ? `there is no API group ${shown(apiGroup)}`
    : !RESOURCE.test(resource ?? '') ? `there is no resource ${shown(resource)}`
      : verbs?.length === 0 ? 'it has no verbs'
        : !resourceNames.every(name => /^[^\s/]+$/.test(name)) ? 'its resourceNames are no names' : undefined;
  if (problem) {
    fail(scope, OPERATOR_RULES.OPR051, { what, problem, expected: EXAMPLE });
  }
  const wrong = resourceProblem(apiGroup ?? '', resource, ownNamespace ?? false);
  if (wrong) {
    fail(scope, OPERATOR_RULES.OPR051, { what, ...wrong });
  }
  checkVerbs(scope, `${what}.verbs`, verbs);
  // What is created by itself has no name yet: no name limits that.
  const limited = (verb: string) => ownNamespace || (resourceNames.length > 0 && (verb !== 'create' || resource.includes('/')));
  for (const { group, resources, verbs: dangerous, power } of POWERS) {
    const found = verbsOf(access, list).filter(verb => dangerous.includes(verb) && !limited(verb));
    if (found.length > 0 && (resources === undefined || (resources.includes(resource) && group === (apiGroup ?? '')))) {
      report(scope, OPERATOR_RULES.OPR052, { what, verbs: found.join(', '), resource, power });
    }
  }
}
