import { Construct } from 'constructs';
import { FsGroupPolicy, NodeUpdateStrategy } from './csi-driver-props';
import { CSI_RULES } from './rules';
import { fail } from '../findings/report';
import { Rule } from '../findings/rule';
import { similar } from '../manifest/similar';
import { shown } from '../manifest/validate';

/** What a value has to be. From JavaScript it may be anything, and without this check would end in a TypeError or in YAML. */
export interface Shape {
  readonly expected: string;
  /**
   * What to write instead.
   *
   * @default - what is expected, or nothing
   */
  readonly example?: string;
  readonly fits: (value: any) => boolean;
  /**
   * What lies below a key of it.
   *
   * @default - anything
   */
  readonly below?: (key: string) => Shape | undefined;
  /** Whether what lies below it may be missing. */
  readonly sparse?: boolean;
}

/** A member by a name that may be anything, such as `constructor`. */
const own = (members: Record<string, Shape>, key: string) => (Object.hasOwn(members, key) ? members[key] : undefined);
const isObject = (value: any) => typeof value === 'object' && value !== null && !Array.isArray(value);

export const TEXT: Shape = { expected: 'a text', fits: value => typeof value === 'string' };
export const FLAG: Shape = { expected: 'true or false', fits: value => typeof value === 'boolean' };
export const NUMBER: Shape = { expected: 'a number', fits: value => typeof value === 'number' };
export const SIZE: Shape = { expected: 'a Size, such as Size.mebibytes(256)', fits: value => typeof value?.asString === 'function' };
const DURATION: Shape = { expected: 'a Duration, such as Duration.minutes(1)', fits: value => typeof value?.toSeconds === 'function' };
const RAW: Shape = { expected: 'an object as in a manifest', fits: isObject };

export const listOf = (shape: Shape): Shape => ({ expected: 'a list', fits: Array.isArray, below: () => shape });
export const mapOf = (shape: Shape): Shape => ({ expected: 'a map', fits: isObject, below: () => shape });
export const struct = (members: Record<string, Shape>): Shape => ({ expected: 'an object', fits: isObject, below: key => own(members, key), sparse: true });
export const oneOf = (values: Record<string, string>): Shape => ({ expected: `one of ${Object.values(values).join(', ')}`, fits: value => Object.values(values).includes(value) });
export const all = (shape: Shape, ...names: string[]) => Object.fromEntries(names.map(name => [name, shape]));

export const POD = {
  ...all(SIZE, 'memoryLimit', 'memoryRequest'),
  ...all(TEXT, 'cpuRequest', 'priorityClassName', 'maxUnavailable'),
  ...all(FLAG, 'hostNetwork', 'privileged'),
  ...all(mapOf(TEXT), 'nodeSelector', 'podLabels', 'podAnnotations'),
  ...all(listOf(RAW), 'extraVolumes', 'extraVolumeMounts', 'extraContainers'),
  replicas: NUMBER,
  env: listOf(struct(all(TEXT, 'name', 'value', 'secretName', 'secretKey', 'fieldPath'))),
  preStopCommand: listOf(TEXT),
  terminationGracePeriod: DURATION,
  tolerations: listOf(struct(all(TEXT, 'key', 'operator', 'value', 'effect'))),
  affinity: RAW,
  permissions: listOf(struct({ ...all(TEXT, 'apiGroup', 'resource'), verbs: listOf(TEXT), resourceNames: listOf(TEXT), ownNamespace: FLAG })),
};
const SIDECAR = { ...all(TEXT, 'image'), timeout: DURATION, workers: NUMBER, extraArgs: listOf(TEXT), memoryLimit: SIZE };
const CAPABILITIES = {
  ...all(
    FLAG, 'provision', 'attach', 'expand', 'snapshot', 'groupSnapshot', 'clone', 'modify', 'topology', 'capacity', 'stage', 'block', 'multiNodeWriter', 'inline', 'health', 'changedBlocks',
  ),
  tokens: listOf(struct({ audience: TEXT, expiration: DURATION })),
};
/** A capability that is misspelt would be one that the driver does not have. */
function unknownCapability(key: string): Shape {
  const meant = similar(key, Object.keys(CAPABILITIES));
  return { expected: `one of ${Object.keys(CAPABILITIES).join(', ')}`, example: meant === undefined ? 'leave it out' : `write ${meant}: true`, fits: () => false };
}
const CAPABILITY_SHAPE: Shape = { ...struct(CAPABILITIES), below: (key: string) => own(CAPABILITIES, key) ?? unknownCapability(key) };
/** By the names of CsiDriverProps, besides what other rules look at: names, images, labels and annotations. */
const PROPS = struct({
  capabilities: CAPABILITY_SHAPE,
  ...all(TEXT, 'imageRegistry', 'defaultFsType'),
  ...all(FLAG, 'createNamespace', 'networkPolicy', 'podInfoOnMount', 'requiresRepublish', 'seLinuxMount', 'serviceAccountTokenInSecrets'),
  ...all(listOf(TEXT), 'controllerArgs', 'nodeArgs', 'imagePullSecrets'),
  ...all(DURATION, 'operationTimeout', 'nodeAllocatableUpdatePeriod'),
  controller: struct({ ...POD, addCapabilities: listOf(TEXT) }),
  node: struct({ ...POD, updateStrategy: oneOf(NodeUpdateStrategy) }),
  ports: mapOf(NUMBER),
  sidecars: mapOf(struct(SIDECAR)),
  logLevel: NUMBER,
  monitoring: struct({ labels: mapOf(TEXT), interval: DURATION }),
  changedBlocks: struct(all(TEXT, 'tlsSecretName', 'caCertificate', 'audience')),
  fsGroupPolicy: oneOf(FsGroupPolicy),
});

/** Refuses what has another type. @param rule of the room whose props they are; its facts are those of CSI005 */
export function checkShape(scope: Construct | undefined, what: string, value: any, shape: Shape, rule: Rule = CSI_RULES.CSI005): void {
  if (!shape.fits(value)) {
    fail(scope, rule, { what, value: shown(value), expected: shape.expected, example: shape.example ?? `leave it out for the default, or give ${shape.expected}` });
  }
  for (const [key, member] of shape.below ? Object.entries(value) : []) {
    const below = shape.below!(key);
    if (below && !(shape.sparse && member === undefined)) {
      checkShape(scope, `${what}${Array.isArray(value) ? `[${key}]` : `${what && '.'}${key}`}`, member, below, rule);
    }
  }
}

/** CSI005: refuses what has another type than the props declare. */
export function checkShapes(scope: Construct, props: object): void {
  checkShape(scope, '', props, PROPS);
}

/** CSI005, for what a driver from elsewhere is said to be able to do. */
export function checkCapabilityShapes(capabilities: object): void {
  checkShape(undefined, 'capabilities', capabilities, CAPABILITY_SHAPE);
}
