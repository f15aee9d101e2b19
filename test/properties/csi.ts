import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { account, common, driverName, duration, flag, id, label, labels, members, name, number, size, some, Step, text } from './basics';
import { CsiDriver, FsGroupPolicy } from '../../src';

const tokens = fc.array(some({ audience: text(['', 'vault', 'sts.example.com']), expiration: fc.integer({ min: 300, max: 9000 }).map(seconds => Duration.seconds(seconds)) }, ['audience']), { maxLength: 2 });
const abilities = { attach: flag, expand: flag, snapshot: flag, clone: flag, modify: flag, topology: flag, capacity: flag, stage: flag, block: flag, inline: flag, health: flag };
/** Most of what goes together, and now and then what does not. */
export const capabilities = fc.oneof(
  { weight: 6, arbitrary: fc.record({ ...abilities, tokens }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: fc.record({ ...abilities, provision: flag, groupSnapshot: flag, changedBlocks: flag }, { requiredKeys: [] }) },
);

const port = number(fc.integer({ min: 1, max: 65535 }));
export const ports = some({ controllerHealth: port, nodeHealth: port, registrarHealth: port, metrics: port }, []);
const names = text(['extra', 'config'], ['tmp', 'socket-dir', 'csi-provisioner']);
const pod = {
  memoryLimit: size,
  memoryRequest: size,
  cpuRequest: text(['10m', '0.5', '2'], ['10Mi', '0']),
  env: fc.array(some({
    name: text(['LOG', 'TOKEN'], ['NODE_ID', '1A']), value: text(['debug']), secretName: name, secretKey: text(['key']), fieldPath: text(['status.hostIP', 'metadata.name'], ['spec.x']),
  }, ['name']), { maxLength: 2 }),
  preStopCommand: fc.array(text(['/driver', 'stop']), { maxLength: 2 }),
  terminationGracePeriod: duration,
  nodeSelector: labels,
  tolerations: fc.array(some({
    key: text(['dedicated']), operator: text(['Exists', 'Equal'], ['In']), value: text(['storage']), effect: text(['NoSchedule', 'NoExecute'], ['Never']),
  }, []), { maxLength: 2 }),
  affinity: fc.constantFrom<any>({}, { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } }),
  priorityClassName: name,
  podLabels: labels,
  podAnnotations: common.annotations,
  extraVolumes: fc.array(names.map(volume => ({ name: volume, emptyDir: {} })), { maxLength: 2 }),
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
const sidecar = some({ image, timeout: duration, workers: number(fc.integer({ min: 1, max: 100 })), extraArgs: fc.array(text(['--strict-topology=true'], ['--v=5', 'x']), { maxLength: 1 }), memoryLimit: size }, []);
export const sidecars = some({ provisioner: sidecar, attacher: sidecar, resizer: sidecar, snapshotter: sidecar, nodeDriverRegistrar: sidecar, livenessProbe: sidecar }, []);
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
  operationTimeout: fc.integer({ min: 0, max: 5000 }).map(seconds => Duration.seconds(seconds)),
  imageRegistry: registry,
  imagePullSecrets: pullSecrets,
  sidecars,
  logLevel: number(fc.integer({ min: 0, max: 10 })),
  defaultFsType: text(['ext4', 'xfs']),
  monitoring,
  networkPolicy: flag,
  changedBlocks: some({ tlsSecretName: name, caCertificate: certificate, audience: text(['backup', '']) }, ['tlsSecretName', 'caCertificate']),
  fsGroupPolicy: members(FsGroupPolicy),
  podInfoOnMount: flag,
  requiresRepublish: flag,
  seLinuxMount: flag,
  nodeAllocatableUpdatePeriod: duration,
  serviceAccountTokenInSecrets: flag,
}, ['driverName', 'image']);

/** So many props, that all at once hardly ever go together: most drivers get a few of them. */
const fewProps = fc.tuple(csiDriver, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 40, maxLength: 40 })).map(([props, dice]) => Object.fromEntries(
  Object.entries(props).filter(([key], index) => ['driverName', 'image'].includes(key) || dice[index] < 3)) as typeof props);

export const existing = fc.record({
  driverName, options: some({ version: text(['v4.13.4', 'v4.10.0'], ['4']), capabilities, controllerServiceAccount: account, nodeServiceAccount: account }, []),
}).map(value => () => CsiDriver.fromDriverName(value.driverName, value.options));

export const csiSteps: fc.Arbitrary<Step>[] = [
  fc.oneof({ weight: 4, arbitrary: fewProps }, { weight: 1, arbitrary: csiDriver }).map(props => (chart, drivers) => { drivers.push(new CsiDriver(chart, id(), props)); }),
];
