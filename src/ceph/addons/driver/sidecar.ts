import { fieldVariable } from '../../../csi/pod-parts';
import { DriverKind } from '../../driver/driver-kind';

export const ADDONS_SIDECAR = 'csi-addons';
export const ADDONS_VERSION = 'v0.14.0';

/** Where ceph-csi listens for the sidecar, beside its own socket. */
export const ADDONS_ENDPOINT = 'unix:///csi/csi-addons.sock';

/** On the nodes' network, below the NodePorts; nothing else of this library is there. */
const PORTS: Readonly<Record<DriverKind['type'], number>> = { rbd: 29666, cephfs: 29667 };

/** Of the ten ports that follow from a driver's name the last one: the others are for probes and metrics. */
export function addonsPort(kind: DriverKind, driverName: string, first: number): number {
  return driverName === kind.driverName ? PORTS[kind.type] : first + 9;
}

interface SidecarFacts {
  readonly image: string;
  readonly port: number;
  readonly logLevel: number;
  /** More of its arguments. */
  readonly args: readonly string[];
  readonly securityContext: object;
}

/** The sidecar as in a manifest. It ends by itself where it cannot go on, and has no endpoint for probes. @see docs/proof/csi-addons.md */
export function addonsSidecar({ image, port, logLevel, args, securityContext }: SidecarFacts): object {
  return {
    name: ADDONS_SIDECAR,
    image,
    imagePullPolicy: 'IfNotPresent',
    terminationMessagePolicy: 'FallbackToLogsOnError',
    args: [
      '--node-id=$(NODE_ID)',
      `--csi-addons-address=${ADDONS_ENDPOINT}`,
      `--controller-port=${port}`,
      '--pod=$(POD_NAME)',
      '--namespace=$(POD_NAMESPACE)',
      '--pod-uid=$(POD_UID)',
      ...args,
      `--v=${logLevel}`,
    ],
    env: [fieldVariable('NODE_ID', 'spec.nodeName'), fieldVariable('POD_NAME', 'metadata.name'), fieldVariable('POD_NAMESPACE', 'metadata.namespace'), fieldVariable('POD_UID', 'metadata.uid')],
    ports: [{ name: ADDONS_SIDECAR, containerPort: port, protocol: 'TCP' }],
    resources: { requests: { cpu: '10m', memory: '40Mi' }, limits: { memory: '200Mi' } },
    securityContext,
    volumeMounts: [{ name: 'socket-dir', mountPath: '/csi' }],
  };
}

/** csi-omap-generator: the program of the driver, which writes the driver's records of volumes that another cluster made. */
export function omapGenerator(image: string, driverName: string, flags: readonly string[], logLevel: number, securityContext: object): object {
  return {
    name: 'csi-omap-generator',
    image,
    imagePullPolicy: 'IfNotPresent',
    terminationMessagePolicy: 'FallbackToLogsOnError',
    args: ['--type=controller', `--drivername=${driverName}`, '--drivernamespace=$(POD_NAMESPACE)', ...flags, `--v=${logLevel}`],
    env: [fieldVariable('POD_NAMESPACE', 'metadata.namespace')],
    resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '512Mi' } },
    securityContext,
    volumeMounts: [
      { name: 'ceph-csi-config', mountPath: '/etc/ceph-csi-config', readOnly: true },
      { name: 'ceph-conf', mountPath: '/etc/ceph', readOnly: true },
      { name: 'keys', mountPath: '/tmp/csi/keys' },
    ],
  };
}
