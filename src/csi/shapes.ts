import { Construct } from 'constructs';
import { FsGroupPolicy, NodeUpdateStrategy } from './csi-driver-props';
import { CSI_RULES } from './rules';
import { all, checkShape, DURATION, FLAG, listOf, mapOf, NUMBER, oneOf, own, RAW, Shape, SIZE, struct, TEXT } from '../manifest/shapes';
import { similar } from '../manifest/similar';

/** What can be set of a pod. */
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

/** CSI005: refuses what has another type than the props declare. */
export function checkShapes(scope: Construct, props: object): void {
  checkShape(scope, '', props, PROPS, CSI_RULES.CSI005);
}

/** CSI005, for what a driver from elsewhere is said to be able to do. */
export function checkCapabilityShapes(capabilities: object): void {
  checkShape(undefined, 'capabilities', capabilities, CAPABILITY_SHAPE, CSI_RULES.CSI005);
}
