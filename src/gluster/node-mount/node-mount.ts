import { SizeRoundingBehavior } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { GlusterNodeMountOptions } from './node-mount-options';
import { MOUNTED_SCRIPT, MOUNTS, MOUNT_SCRIPT, SCRIPTS } from './program';
import { bindRole, writeAccount } from '../../csi/account';
import { checkImage } from '../../csi/image';
import { checkToleration, pullSecrets } from '../../csi/pod-extensions';
import { container, network, PRIVILEGED, resources } from '../../csi/pod-parts';
import { fail } from '../../findings/report';
import { noteAdmission } from '../../ganesha/admission';
import { contentHash } from '../../manifest/content-hash';
import { emit } from '../../manifest/emit';
import { ManifestProps } from '../../manifest/manifest-props';
import { merged } from '../../manifest/named-child';
import { Namespace } from '../../manifest/namespace';
import { liesIn } from '../../manifest/paths';
import { all, checkShape, FLAG, listOf, mapOf, SIZE, struct, TEXT } from '../../manifest/shapes';
import { checkLabel, checkMetadata, shown } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { PodSecurityLevel } from '../../platform/distribution';
import { FLAGS } from '../kadalu/mount-flags';
import { GLUSTER_RULES } from '../rules';

/** A volume of Gluster, as nodes reach it. */
export interface MountTarget {
  readonly hosts: readonly string[];
  readonly port?: number;
  readonly volume: string;
}

const SHAPE = struct({
  ...all(TEXT, 'name', 'namespace', 'image', 'hostDirectory'),
  ...all(FLAG, 'createNamespace', 'rollingUpdate'),
  ...all(listOf(TEXT), 'imagePullSecrets', 'extraArgs'),
  ...all(mapOf(TEXT), 'nodeSelector', 'labels', 'annotations'),
  tolerations: listOf(struct(all(TEXT, 'key', 'operator', 'value', 'effect'))),
  memoryLimit: SIZE,
});
const LEAST_MEMORY = 128;
const MOUNTED = 'gluster node mounts';
/** What nodes have already. */
const SYSTEM = /^\/(bin|boot|dev|etc|lib\d*|proc|root|run|sbin|sys|usr|var|var\/lib|var\/log|var\/run)(\/*$)|^\/(boot|dev|etc|proc|sys|usr)\//;
const LINUX = { 'kubernetes.io/os': 'linux' };

/** The pods that mount a volume on their nodes. */
export class NodeMount extends Construct {
  /** The directory of the nodes where the volume is. */
  public readonly directory: string;
  /** Labels of the nodes that have it. */
  public readonly nodeSelector: Readonly<Record<string, string>>;

  /** @throws GLU080; CSI006 for the image; MAN001 for names */
  public constructor(scope: Construct, id: string, private readonly target: MountTarget, given: GlusterNodeMountOptions, inherited: ManifestProps) {
    super(scope, id);
    checkShape(this, 'nodeMount', given, SHAPE, GLUSTER_RULES.GLU080);
    const options = { ...given, ...merged(inherited, given) };
    const { name, namespace = name, hostDirectory = '/var/lib/gluster-mounts', nodeSelector = {}, memoryLimit } = options;
    checkLabel(this, 'the name of nodeMount', name);
    checkLabel(this, 'the namespace of nodeMount', namespace);
    checkImage(this, 'nodeMount.image', options.image);
    checkMetadata(this, nodeSelector);
    const { kubeletDirectory } = Cluster.of(this).platform.distribution;
    if (!/^(\/[\w.-]+)+$/.test(hostDirectory) || /\/\.\.?(\/|$)/.test(hostDirectory) || SYSTEM.test(hostDirectory) || liesIn(hostDirectory, kubeletDirectory)) {
      this.refuse('hostDirectory', hostDirectory, 'an absolute directory of the nodes that is their own', "leave it out for '/var/lib/gluster-mounts'");
    }
    const mebibytes = memoryLimit?.toMebibytes({ rounding: SizeRoundingBehavior.NONE }) ?? LEAST_MEMORY;
    if (mebibytes < LEAST_MEMORY) {
      this.refuse('memoryLimit in MiB', mebibytes, `at least ${LEAST_MEMORY}`, 'leave it out for 1 GiB');
    }
    this.directory = `${hostDirectory}/${target.volume}`;
    this.nodeSelector = { ...nodeSelector, ...LINUX };
    this.checkDirectory();
    options.extraArgs?.forEach(argument => this.checkArgument(argument));
    noteAdmission(this, namespace, PodSecurityLevel.PRIVILEGED);
    if (options.createNamespace ?? true) {
      new Namespace(this, 'Namespace', { name: namespace, podSecurity: PodSecurityLevel.PRIVILEGED, holdsData: true, labels: options.labels, annotations: options.annotations });
    }
    this.write({ name, namespace }, hostDirectory, options);
  }

  private refuse(what: string, value: unknown, expected: string, example: string): never {
    return fail(this, GLUSTER_RULES.GLU080, { what: `nodeMount.${what}`, value: shown(value), expected, example });
  }

  /** GLU082: one directory in another would be one in the volume of the other. */
  private checkDirectory(): void {
    const cluster = Cluster.of(this);
    const first = cluster.members<NodeMount>(MOUNTED).find(({ directory }) => liesIn(this.directory, directory) || liesIn(directory, this.directory));
    if (first) {
      fail(this, GLUSTER_RULES.GLU082, { key: this.directory, first: first.node.path });
    }
    cluster.join(MOUNTED, this);
  }

  /** GLU085 */
  private checkArgument(argument: string): void {
    const [, flag, value] = /^--([\w-]+)(?:=(.+))?$/s.exec(argument) ?? [];
    const known = `one that goes: ${Object.keys(FLAGS).map(name => `--${name}`).join(', ')}`;
    const problem = flag === undefined ? 'it does not read --flag or --flag=value'
      : !Object.hasOwn(FLAGS, flag) ? 'it is no flag of glusterfs for a mount, or one that is written already: the client would not start, or mount something else'
        : FLAGS[flag] !== (value !== undefined) ? `it takes ${FLAGS[flag] ? 'a' : 'no'} value` : undefined;
    if (problem) {
      fail(this, GLUSTER_RULES.GLU085, { argument: shown(argument), problem, expected: `list all servers by GlusterCluster.external({ hosts }), and write ${known}` });
    }
  }

  /** Pods hang while any of it is missing, so all is kept from pruning. */
  private write(metadata: { readonly name: string; readonly namespace: string }, hostDirectory: string, options: GlusterNodeMountOptions): void {
    const { name, namespace } = metadata;
    const labels = { 'app.kubernetes.io/name': 'gluster-mount', 'app.kubernetes.io/instance': name };
    const data = { 'mount.sh': MOUNT_SCRIPT, 'mounted.sh': MOUNTED_SCRIPT };
    emit(this, 'Scripts', k8s.KubeConfigMap.manifest({ metadata, data }), options, { holdsData: true });
    writeAccount(this, name, namespace, options, { holdsData: true });
    const { privilegedClusterRole } = Cluster.of(this).platform.distribution;
    bindRole(this, 'PrivilegedRoleBinding', privilegedClusterRole, { name: `${name}-privileged`, namespace, accounts: [name] }, options, { holdsData: true });
    emit(this, 'Mounter', k8s.KubeDaemonSet.manifest({
      metadata,
      spec: {
        selector: { matchLabels: labels },
        updateStrategy: { type: options.rollingUpdate ? 'RollingUpdate' : 'OnDelete' },
        template: {
          metadata: { labels, annotations: { 'cdk8s-storage/configuration': contentHash(data).slice(0, 16) } },
          spec: this.pod(name, hostDirectory, options),
        },
      },
    }), options, { holdsData: true });
  }

  private pod(name: string, hostDirectory: string, options: GlusterNodeMountOptions): k8s.PodSpec {
    const { hosts, port, volume } = this.target;
    const directory = `${MOUNTS}/${volume}`;
    const probe: k8s.Probe = { exec: { command: ['/bin/sh', `${SCRIPTS}/mounted.sh`, directory] }, timeoutSeconds: 10 };
    return {
      // Hosts of Gluster are often known to the nodes alone.
      ...network(true),
      serviceAccountName: name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      priorityClassName: 'system-node-critical',
      nodeSelector: { ...this.nodeSelector },
      tolerations: options.tolerations?.map(each => checkToleration(this, 'nodeMount.tolerations', each)) ?? [{ operator: 'Exists' }],
      imagePullSecrets: pullSecrets(this, options.imagePullSecrets),
      containers: [container({
        name: 'glusterfs',
        image: options.image,
        command: ['/bin/sh', `${SCRIPTS}/mount.sh`],
        args: [
          directory,
          ...hosts.map(host => `--volfile-server=${host}`),
          ...(port === undefined ? [] : [`--volfile-server-port=${port}`]),
          `--volfile-id=${volume}`,
          ...options.extraArgs ?? [],
        ],
        startupProbe: { ...probe, periodSeconds: 3, failureThreshold: 100 },
        // A mount that hangs is mended by Gluster, or by nobody: to restart would cut every pod of the node.
        readinessProbe: { ...probe, periodSeconds: 10 },
        resources: resources('128Mi', options.memoryLimit?.asString() ?? '1Gi', '50m'),
        // Mounts reach the node only out of a privileged container.
        securityContext: PRIVILEGED,
        volumeMounts: [{ name: 'scripts', mountPath: SCRIPTS, readOnly: true }, { name: 'mounts', mountPath: MOUNTS, mountPropagation: 'Bidirectional' }],
      })],
      volumes: [{ name: 'scripts', configMap: { name } }, { name: 'mounts', hostPath: { path: hostDirectory, type: 'DirectoryOrCreate' } }],
    };
  }
}
