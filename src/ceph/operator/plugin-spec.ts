import { Construct } from 'constructs';
import { CEPH_OPERATOR_RULES } from './rules';
import { fail } from '../../findings/report';
import { DriverKind } from '../driver/driver-kind';

/** What the operator calls a container of ours. */
interface Name {
  readonly container: string;
  /** Its image. */
  readonly key: string;
  /** @default - the same as of the image */
  readonly resources?: string;
}

const NAMES: Record<string, Name> = {
  'csi-provisioner': { container: 'csi-provisioner', key: 'provisioner' },
  'csi-attacher': { container: 'csi-attacher', key: 'attacher' },
  'csi-resizer': { container: 'csi-resizer', key: 'resizer' },
  'csi-snapshotter': { container: 'csi-snapshotter', key: 'snapshotter' },
  'node-driver-registrar': { container: 'driver-registrar', key: 'registrar' },
  'csi-addons': { container: 'csi-addons', key: 'addons' },
  'csi-omap-generator': { container: 'csi-omap-generator', key: 'plugin', resources: 'omapGenerator' },
};

/** Arguments that follow from fields of the Driver, or that the operator always writes. */
export const OWN_ARGUMENTS = [
  'type', 'nodeid', 'endpoint', 'drivername', 'controllerserver', 'nodeserver', 'pidlimit', 'enable-fencing', 'clustername', 'stagingpath', 'domainlabels',
  'csi-address', 'leader-election', 'kubelet-registration-path', 'http-endpoint', 'csi-addons-endpoint', 'node-id', 'csi-addons-address', 'controller-port', 'pod', 'namespace', 'pod-uid',
  'leader-election-namespace', 'drivernamespace',
];

/** It has an image, and neither resources nor arguments of its own. */
const CHANGED_BLOCKS = 'csi-snapshot-metadata';

/** What it mounts into a driver's container by itself; on the nodes the kubelet's directories too. */
export const OWN_PATHS = ['/csi', '/dev', '/sys', '/lib/modules', '/run/mount', '/etc/selinux', '/tmp/csi/keys', '/etc/ceph-csi-config', '/etc/ceph-csi-encryption-kms-config', '/csi/mountinfo'];
const TOKENS = '/run/secrets/tokens';

/** Volumes that it has; one that is given under such a name takes its place. */
export const OWN_VOLUMES = [
  'socket-dir', 'host-dev', 'host-sys', 'host-run-mount', 'lib-modules', 'keys-tmp-dir', 'oidc-token', 'ceph-csi-config', 'etc-selinux', 'ceph-csi-kms-config', 'ceph-csi-mountinfo',
  'registration-dir', 'plugin-dir', 'pods-mount-dir', 'plugin-mount-dir', 'logs-dir', 'log-rotate-dir',
];

export interface PluginFacts {
  readonly kind: DriverKind;
  /** The name of the driver's own container in the workload. */
  readonly pluginName: string;
  readonly kubeletDirectory: string;
  /** Arguments with exactly the values that follow from the Driver. */
  readonly same: readonly string[];
  /** Mounts that the user asked for. */
  readonly userMounts: readonly any[];
}

/** The pods of a workload that this library would write, as the Driver object describes them. */
export interface PluginSpec {
  readonly images: Record<string, string>;
  /** What controllerPlugin and nodePlugin have in common. */
  readonly spec: any;
}

/** Translates a workload: what the operator writes by itself is left out, all else goes where it has a field for it. */
export function pluginSpec(scope: Construct, what: 'controller' | 'node', workload: any, facts: PluginFacts): PluginSpec {
  const { metadata, spec: pod } = workload.spec.template;
  const plugin = pod.containers.find((container: any) => container.name === facts.pluginName);
  const named: { readonly container: any; readonly name: Name }[] = [
    { container: plugin, name: { container: `csi-${facts.kind.type}plugin`, key: 'plugin' } },
    ...pod.containers.filter((container: any) => Object.hasOwn(NAMES, container.name)).map((container: any) => ({ container, name: NAMES[container.name] })),
  ];
  const changedBlocks = pod.containers.filter((container: any) => container.name === CHANGED_BLOCKS).map(({ image }: any) => ['snapshot-metadata', image]);
  const args = named.map(({ container, name }) => [name.container, extraArguments(container.args, name.key, facts)] as const).filter(([, list]) => list.length > 0);
  return {
    images: Object.fromEntries([...named.map(({ container, name }) => [name.key, container.image]), ...changedBlocks]),
    spec: {
      serviceAccountName: pod.serviceAccountName,
      priorityClassName: pod.priorityClassName,
      labels: withoutApp(metadata.labels),
      annotations: metadata.annotations,
      affinity: withNodeSelector(pod.affinity, pod.nodeSelector),
      tolerations: pod.tolerations,
      resources: Object.fromEntries(named.map(({ container, name }) => [name.resources ?? name.key, container.resources])),
      containerExtraArgs: Object.fromEntries(args),
      volumes: volumes(scope, what, pod, plugin, facts),
    },
  };
}

/** The last of two arguments of one name counts, and gates add up. */
function extraArguments(args: readonly string[], key: string, { kind, same }: PluginFacts): string[] {
  const ofDriver = key === 'plugin' || key === 'registrar';
  return [
    ...args.filter(arg => !OWN_ARGUMENTS.includes(arg.replace(/^--|=.*$/g, '')) && !(same.includes(arg) && !(ofDriver && arg.startsWith('--timeout')))),
    // Written for every kind of driver; volumes of CephFS have no such type.
    ...(key === 'provisioner' && kind.type === 'cephfs' ? ['--default-fstype='] : []),
  ];
}

/** Its selector's own label is written by the operator. */
function withoutApp({ app: _, ...labels }: Readonly<Record<string, string>>): Record<string, string> | undefined {
  return Object.keys(labels).length > 0 ? labels : undefined;
}

/** Driver objects have no nodeSelector. */
function withNodeSelector(affinity: any, nodeSelector: Readonly<Record<string, string>>): any {
  const chosen = Object.entries(nodeSelector).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const terms = (required?.nodeSelectorTerms ?? [{}]).map((term: any) => ({ ...term, matchExpressions: [...term.matchExpressions ?? [], ...chosen] }));
  return { ...affinity, nodeAffinity: { ...affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: { ...required, nodeSelectorTerms: terms } } };
}

/** CEPH102 */
function volumes(scope: Construct, what: string, pod: any, plugin: any, { kind, kubeletDirectory, userMounts }: PluginFacts): any[] {
  const own = [...OWN_PATHS, `${kubeletDirectory}/pods`, `${kubeletDirectory}/plugins`, ...(kind.type === 'rbd' ? [TOKENS] : [])];
  const taken = userMounts.find(mount => OWN_VOLUMES.includes(mount?.name));
  if (taken !== undefined) {
    fail(scope, CEPH_OPERATOR_RULES.CEPH102, {
      property: `${what}.extraVolumeMounts`, problem: `'${taken.name}' is a volume that the operator has, and would be mounted there instead of where it belongs`, expected: 'give the volume another name',
    });
  }
  const seen = new Set<string>();
  return plugin.volumeMounts.filter((mount: any) => !own.includes(mount.mountPath)).map((mount: any) => {
    const volume = seen.has(mount.name) ? undefined : pod.volumes.find((each: any) => each.name === mount.name);
    seen.add(mount.name);
    return { ...(volume ? { volume } : {}), mount };
  });
}
