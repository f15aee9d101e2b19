import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { CsiCapabilities, CsiTokenRequest } from './capabilities';
import { CsiDriverProps } from './csi-driver-props';
import { checkSeconds } from './fill-parts';
import { CSI_RULES } from './rules';
import { fail } from '../findings/report';
import { NewerCsiDriverSpec } from '../manifest/newer-api';
import { KubernetesVersion } from '../platform/kubernetes-version';

const MAX_TOKEN_SECONDS = 2 ** 32;

/** The CSIDriver object: what the kubelet and the scheduler have to know of a driver. Only what is asked for is written. */
export function csiDriverObject(scope: Construct, props: CsiDriverProps, kubernetes: KubernetesVersion): any {
  const capabilities = props.capabilities ?? {};
  checkCapabilities(scope, capabilities, props);
  const manifest = k8s.KubeCsiDriver.manifest({
    metadata: { name: props.driverName },
    spec: {
      attachRequired: capabilities.attach ?? false,
      podInfoOnMount: props.podInfoOnMount ?? (capabilities.inline ? true : undefined),
      volumeLifecycleModes: ['Persistent', ...(capabilities.inline ? ['Ephemeral'] : [])],
      storageCapacity: capabilities.capacity ? true : undefined,
      fsGroupPolicy: props.fsGroupPolicy,
      tokenRequests: capabilities.tokens?.map(({ audience, expiration }) => ({ audience, expirationSeconds: expiration?.toSeconds() })),
      requiresRepublish: props.requiresRepublish,
      seLinuxMount: props.seLinuxMount,
    },
  });
  const newer: NewerCsiDriverSpec = {
    nodeAllocatableUpdatePeriodSeconds: props.nodeAllocatableUpdatePeriod
      && checkSeconds(scope, 'nodeAllocatableUpdatePeriod', props.nodeAllocatableUpdatePeriod, 10),
    serviceAccountTokenInSecrets: props.serviceAccountTokenInSecrets,
  };
  checkKubernetes(scope, kubernetes, 'nodeAllocatableUpdatePeriod', newer.nodeAllocatableUpdatePeriodSeconds !== undefined, KubernetesVersion.V1_35); // 1.34 drops it unless a gate is on
  checkKubernetes(scope, kubernetes, 'serviceAccountTokenInSecrets', newer.serviceAccountTokenInSecrets !== undefined, KubernetesVersion.V1_35);
  checkKubernetes(scope, kubernetes, 'the capability modify', capabilities.modify === true, KubernetesVersion.V1_31);
  Object.assign(manifest.spec, newer);
  return manifest;
}

/** CSI012 */
function checkKubernetes(scope: Construct, kubernetes: KubernetesVersion, what: string, used: boolean, needed: KubernetesVersion): void {
  if (used && !kubernetes.isAtLeast(needed)) {
    fail(scope, CSI_RULES.CSI012, { what, needed: `${needed}`, kubernetes: `${kubernetes}` });
  }
}

/** CSI011: what capabilities need of each other. */
function checkCapabilities(scope: Construct, capabilities: CsiCapabilities, props: CsiDriverProps): void {
  const provision = capabilities.provision ?? true;
  const problems: [unknown, string][] = [
    [capabilities.groupSnapshot && !capabilities.snapshot, 'groupSnapshot needs snapshot: csi-snapshotter takes both'],
    [capabilities.changedBlocks && !capabilities.snapshot, 'changedBlocks needs snapshot: blocks change between snapshots'],
    [capabilities.changedBlocks && !props.changedBlocks, 'changedBlocks needs a certificate: changedBlocks: { tlsSecretName, caCertificate } of the driver'],
    [!capabilities.changedBlocks && props.changedBlocks, 'changedBlocks of the driver is given, but not the capability changedBlocks'],
    [capabilities.clone && !provision, 'clone needs provision: csi-provisioner creates the copy'],
    [capabilities.capacity && !provision, 'capacity needs provision: csi-provisioner publishes it'],
    [capabilities.inline && props.podInfoOnMount === false, 'inline needs podInfoOnMount, by which the driver tells inline volumes from others'],
    [props.serviceAccountTokenInSecrets !== undefined && !capabilities.tokens?.length, 'serviceAccountTokenInSecrets needs tokens'],
  ];
  const problem = problems.find(([broken]) => broken)?.[1] ?? tokenProblem(capabilities.tokens ?? []);
  if (problem) {
    fail(scope, CSI_RULES.CSI011, { problem });
  }
}

function tokenProblem(tokens: readonly CsiTokenRequest[]): string | undefined {
  const audiences = tokens.map(token => token.audience);
  const again = audiences.find((audience, index) => audiences.indexOf(audience) < index);
  const seconds = tokens.flatMap(token => (token.expiration ? [token.expiration.toSeconds({ integral: false })] : []));
  return audiences.some(audience => typeof audience !== 'string') ? "a token has no audience ('' is the API server)"
    : again !== undefined ? `two tokens are for the audience '${again}'`
      : seconds.some(value => !Number.isInteger(value) || value < 600 || value > MAX_TOKEN_SECONDS) ? 'a token expires in less than 10 minutes, or more than 2^32 seconds' : undefined;
}
