import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { account, common, driverName, duration, flag, id, label, labels, leastMemory, members, memory, mostly, name, number, some, Step, text } from './basics';
import { CsiCapabilities, CsiDriver, CsiDriverProps, CsiEnvVariable, CsiPodOptions, CsiSidecars, FsGroupPolicy, Toleration } from '../../src';

const token = some({ audience: text(['', 'vault', 'sts.example.com']), expiration: fc.integer({ min: 500, max: 9000 }).map(seconds => Duration.seconds(seconds)) }, ['audience']);
const tokens = mostly(fc.uniqueArray(token, { maxLength: 2, selector: ({ audience }) => audience }), fc.array(token, { maxLength: 2 }));
const abilities = {
  attach: flag, expand: flag, snapshot: flag, clone: flag, modify: flag, topology: flag, capacity: flag, stage: flag, block: flag, multiNodeWriter: flag, inline: flag,
  health: flag, groupSnapshot: flag,
};
/** Most of what goes together, and now and then what does not. */
export const capabilities: fc.Arbitrary<CsiCapabilities> = mostly<CsiCapabilities>(
  fc.record({ ...abilities, tokens }, { requiredKeys: [] }).map(given => ({ ...given, groupSnapshot: given.snapshot && given.groupSnapshot })),
  fc.record({ ...abilities, provision: flag, changedBlocks: flag }, { requiredKeys: [] }),
  12,
);

const port = number(fc.integer({ min: 1, max: 65535 }));
export const ports = some({ controllerHealth: port, nodeHealth: port, registrarHealth: port, metrics: port }, []);
const names = text(['extra', 'config'], ['tmp', 'socket-dir', 'csi-provisioner']);
const anyVariable = some({
  name: text(['LOG', 'TOKEN'], ['NODE_ID', '1A']), value: text(['debug']), secretName: name, secretKey: text(['key']), fieldPath: text(['status.hostIP', 'metadata.name'], ['spec.x']),
}, ['name']);
const env: fc.Arbitrary<CsiEnvVariable[]> = mostly<CsiEnvVariable[]>(fc.uniqueArray<CsiEnvVariable, string>(fc.oneof<fc.Arbitrary<CsiEnvVariable>[]>(
  fc.record({ name: text(['LOG', 'LEVEL']), value: text(['debug', '']) }),
  some({ name: text(['TOKEN']), secretName: name, secretKey: text(['key']) }, ['name', 'secretName']),
  fc.record({ name: text(['HOST']), fieldPath: text(['status.hostIP', 'metadata.name'], ['spec.x']) }),
), { maxLength: 2, selector: variable => variable.name }), fc.array(anyVariable, { maxLength: 2 }));
const tolerations: fc.Arbitrary<Toleration[]> = fc.array(mostly<Toleration>(
  fc.constantFrom({ operator: 'Exists' }, { key: 'dedicated', operator: 'Exists' }, { key: 'dedicated', value: 'storage', effect: 'NoSchedule' }),
  some({ key: text(['dedicated']), operator: text(['Exists', 'Equal'], ['In']), value: text(['storage']), effect: text(['NoSchedule', 'NoExecute'], ['Never']) }, []),
), { maxLength: 2 });
const pod = {
  memoryLimit: memory,
  memoryRequest: leastMemory,
  cpuRequest: text(['10m', '0.5', '2'], ['10Mi', '0']),
  env,
  preStopCommand: mostly(fc.array(text(['/driver', 'stop']), { minLength: 1, maxLength: 2 }), fc.array(text(['/driver stop', '']), { maxLength: 2 })),
  terminationGracePeriod: duration,
  nodeSelector: labels,
  tolerations,
  affinity: fc.constantFrom<any>({}, { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } }),
  priorityClassName: name,
  podLabels: labels,
  podAnnotations: common.annotations,
  extraVolumes: fc.uniqueArray(names, { maxLength: 2 }).map(all => all.map(volume => ({ name: volume, emptyDir: {} }))),
  extraVolumeMounts: fc.array(fc.record({ name: names, mountPath: text(['/etc/driver', '/data'], ['/csi', '/a:b']) }), { maxLength: 1 }),
  extraContainers: fc.array(fc.record({ name: names, image: fc.constant('example.com/helper:v1') }), { maxLength: 1 }),
};
const addCapabilities = fc.uniqueArray(text(['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SYS_ADMIN'], ['CAP_CHOWN', 'CAP_SYS_ADMIN', 'chown', 'ALL', 'ROOT']), { maxLength: 3 });
const controllerOptions = { ...pod, replicas: number(fc.integer({ min: 1, max: 3 })), hostNetwork: flag, privileged: flag };
/** Without addCapabilities, which the privileged controller of csi-driver-nfs cannot have. */
export const controller = some(controllerOptions, []);
export const node = some({ ...pod, hostNetwork: flag, maxUnavailable: text(['1', '25%'], ['0', '101%']) }, []);
export const registry = text(['registry.k8s.io', 'mirror.example.com:5000/k8s'], ['https://mirror', 'mirror/']);
export const image = text(['registry.example.com/driver:v1', `driver@sha256:${'a'.repeat(64)}`], ['driver', 'driver:latest']);
const sidecarOf = (right: string[]) => some({
  image, timeout: duration, workers: number(fc.integer({ min: 1, max: 100 })), extraArgs: fc.array(text(right, ['--v=5', 'x', '--kube-api-pqs=5', '--feature-gates=A=true']), { maxLength: 1 }), memoryLimit: memory,
}, []);
const sidecar = sidecarOf(['--logging-format=json', '--kube-api-qps=20']);
/** Those without operations of their own have no workers. */
const probe = sidecarOf(['--logging-format=json']).map(options => ({ ...options, workers: undefined }));
export const sidecars = some({
  provisioner: sidecarOf(['--strict-topology=true', '--kube-api-qps=20']), attacher: sidecar, resizer: sidecar, snapshotter: sidecar, healthMonitor: sidecar,
  snapshotMetadata: sidecarOf(['--audience=backup', '--kube-api-qps=20']).map(options => ({ ...options, workers: undefined })), nodeDriverRegistrar: probe, livenessProbe: probe,
}, []);
export const monitoring = some({ labels, interval: duration }, []);
export const pullSecrets = fc.array(name, { maxLength: 2 });
const certificate = text(['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'], ['/etc/ca.crt']);

const csiDriver = some({
  ...common,
  driverName,
  image,
  capabilities,
  name: label,
  namespace: label,
  createNamespace: flag,
  controllerArgs: fc.array(text(['--v=2'])),
  nodeArgs: fc.array(text(['--v=2'])),
  controller: some({ ...controllerOptions, addCapabilities }, []),
  node,
  ports,
  operationTimeout: duration,
  imageRegistry: registry,
  imagePullSecrets: pullSecrets,
  sidecars,
  logLevel: number(fc.integer({ min: 0, max: 10 })),
  defaultFsType: text(['ext4', 'xfs']),
  monitoring,
  networkPolicy: flag,
  changedBlocks: some({ tlsSecretName: name, caCertificate: certificate, audience: text(['backup'], ['']) }, ['tlsSecretName', 'caCertificate']),
  fsGroupPolicy: members(FsGroupPolicy),
  podInfoOnMount: flag,
  requiresRepublish: flag,
  seLinuxMount: flag,
  nodeAllocatableUpdatePeriod: mostly<Duration | undefined>(fc.constant(undefined), duration, 4), // hardly any release has it
  serviceAccountTokenInSecrets: flag,
}, ['driverName', 'image']);

/** Which sidecar runs for which capability; the others always do, or where something is provisioned. */
const NEEDS: Record<string, (keyof CsiCapabilities)[]> = {
  attacher: ['attach'], resizer: ['expand', 'modify'], snapshotter: ['snapshot'], healthMonitor: ['health'], snapshotMetadata: ['changedBlocks'],
};

/** Options of sidecars that run. */
export const running = (given: CsiSidecars | undefined, able: CsiCapabilities): CsiSidecars | undefined => given && Object.fromEntries(
  Object.entries(given).filter(([option]) => NEEDS[option]?.some(capability => able[capability]) ?? true));

/** Mounts of volumes that are there, and names that nobody else took. */
export function fitting<T extends CsiPodOptions>(options: T | undefined): T | undefined {
  const volumes = (options?.extraVolumes ?? []).map(volume => volume.name);
  return options && { ...options, extraVolumeMounts: options.extraVolumeMounts?.filter(mount => volumes.includes(mount.name)) };
}

/** The same driver, with what does not go together left out. */
function matching(props: CsiDriverProps): CsiDriverProps {
  const able = { ...props.capabilities, ...(props.changedBlocks ? { snapshot: true, changedBlocks: true } : { changedBlocks: undefined }) };
  const hasTokens = (able.tokens?.length ?? 0) > 0;
  const controllerRuns = able.provision !== false;
  const ofController = fitting(props.controller);
  return {
    ...props,
    capabilities: able,
    sidecars: running(props.sidecars, able),
    controller: ofController && { ...ofController, hostNetwork: undefined, replicas: undefined },
    node: fitting(props.node),
    podInfoOnMount: able.inline ? undefined : props.podInfoOnMount,
    serviceAccountTokenInSecrets: hasTokens ? props.serviceAccountTokenInSecrets : undefined,
    networkPolicy: controllerRuns ? props.networkPolicy : undefined,
    monitoring: controllerRuns ? props.monitoring : undefined,
  };
}

/** So many props, that all at once hardly ever go together: most drivers get a few of them. */
const fewProps = fc.tuple(csiDriver, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 40, maxLength: 40 })).map(([props, dice]) => Object.fromEntries(
  Object.entries(props).filter(([key], index) => ['driverName', 'image'].includes(key) || dice[index] < 3)) as typeof props);

export const existing = fc.record({
  driverName, options: some({ version: text(['v4.13.4', 'v4.10.0'], ['4']), capabilities, controllerServiceAccount: account, nodeServiceAccount: account }, []),
}).map(value => () => CsiDriver.fromDriverName(value.driverName, value.options));

export const csiSteps: fc.Arbitrary<Step>[] = [
  mostly(mostly(fewProps.map(matching), csiDriver.map(matching), 5), mostly(fewProps, csiDriver, 1), 12)
    .map(props => (chart, drivers) => { drivers.push(new CsiDriver(chart, id(), props)); }),
];
