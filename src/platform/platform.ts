import { Construct, IConstruct } from 'constructs';
import { checkCluster } from './cluster-checks';
import { Distribution } from './distribution';
import { GitOpsTool } from './git-ops-tool';
import { KubernetesVersion } from './kubernetes-version';
import { NodeCount } from './node-count';
import { PLATFORM_RULES } from './rules';
import { checkAtSynth, fail } from '../findings/report';

const PLATFORM = Symbol.for('cdk8s-storage.Platform');
const ASKED = Symbol.for('cdk8s-storage.Platform.asked');

type Marked = IConstruct & { [PLATFORM]?: Platform; [ASKED]?: boolean };

/** The cluster that the manifests are for. Nothing of it is guessed from the machine that synthesizes. */
export interface PlatformProps {
  /** The cluster's Kubernetes release; with nodes of several, the oldest. */
  readonly kubernetes: KubernetesVersion;

  /** The distribution. */
  readonly distribution: Distribution;

  /**
   * Whether one node or several can run pods.
   *
   * @default NodeCount.MULTIPLE
   */
  readonly nodes?: NodeCount;

  /**
   * The oldest Linux kernel among the nodes, such as `5.15`.
   *
   * @default - not declared: rules on kernel features are listed in `Findings.of(app).unchecked()`
   */
  readonly kernel?: string;

  /**
   * What applies the manifests.
   *
   * @default GitOpsTool.NONE
   */
  readonly gitOps?: GitOpsTool;
}

/**
 * The platform that the constructs below a scope are written for.
 *
 * The scope on which it is set is a *cluster*: names, ports, volume handles and
 * the default class are unique within it and independent of other clusters.
 */
export class Platform {
  /**
   * Declares the cluster that everything below `scope` is for.
   *
   * @param scope an app, or one scope per cluster
   * @throws PLT002 when the scope, one above or one below it has a platform; PLT003 when a construct asked before; PLT004 on a malformed value
   */
  public static set(scope: Construct, props: PlatformProps): Platform {
    const marked: Marked = scope;
    const first = [...scope.node.scopes, ...scope.node.findAll()].find(other => (other as Marked)[PLATFORM]);
    if (first) {
      fail(scope, PLATFORM_RULES.PLT002, { first: first.node.path || 'the app' });
    }
    if (marked[ASKED]) {
      fail(scope, PLATFORM_RULES.PLT003);
    }
    checkValues(scope, props);
    checkAtSynth(scope, () => checkCluster(scope));
    return marked[PLATFORM] = new Platform(scope, props);
  }

  /**
   * The platform of the cluster that a construct belongs to.
   *
   * @throws PLT001 when none was set
   */
  public static of(scope: IConstruct): Platform {
    for (let node: IConstruct | undefined = scope; node; node = node.node.scope) {
      const found = (node as Marked)[PLATFORM];
      if (found) {
        return found;
      }
    }
    scope.node.scopes.forEach(ancestor => { (ancestor as Marked)[ASKED] = true; });
    return fail(scope, PLATFORM_RULES.PLT001);
  }

  /** The cluster's Kubernetes release. */
  public readonly kubernetes: KubernetesVersion;
  /** The distribution. */
  public readonly distribution: Distribution;
  /** One node or several. */
  public readonly nodes: NodeCount;
  /** The oldest Linux kernel among the nodes, if declared. */
  public readonly kernel?: string;
  /** What applies the manifests. */
  public readonly gitOps: GitOpsTool;

  private constructor(
    /** The scope of the cluster. */
    public readonly scope: Construct,
    props: PlatformProps,
  ) {
    this.kubernetes = props.kubernetes;
    this.distribution = props.distribution;
    this.nodes = props.nodes ?? NodeCount.MULTIPLE;
    this.kernel = props.kernel;
    this.gitOps = props.gitOps ?? GitOpsTool.NONE;
  }

  /**
   * Whether every node has at least this kernel; `undefined` when the kernel was not declared.
   *
   * @param release such as `5.3`
   */
  public hasKernel(release: string): boolean | undefined {
    return this.kernel === undefined ? undefined : kernelNumber(this.kernel) >= kernelNumber(release);
  }
}

/** `5.15.0-91-generic` as a number that can be compared. */
function kernelNumber(release: string): number {
  const [major, minor] = release.split('.').map(part => parseInt(part, 10));
  return major * 1000 + minor;
}

function checkValues(scope: Construct, props: PlatformProps): void {
  // From JavaScript, or from a map that lacks the entry, a value may be missing all the same.
  for (const what of ['kubernetes', 'distribution'] as const) {
    if (props[what] === undefined) {
      fail(scope, PLATFORM_RULES.PLT004, { what, value: 'undefined', expected: 'declared', example: 'Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA })' });
    }
  }
  const malformed = (what: string, value: string, expected: string, example: string): never =>
    fail(scope, PLATFORM_RULES.PLT004, { what, value: `'${value}'`, expected, example });
  if (props.kernel !== undefined && !/^\d+\.\d+/.test(props.kernel)) {
    malformed('kernel', props.kernel, 'a Linux release as uname -r prints it', "kernel: '5.15'");
  }
  const role = props.distribution.privilegedClusterRole;
  if (role !== undefined && !/^[^/%\s]+$/.test(role)) {
    malformed('privilegedClusterRole', role, 'the name of a ClusterRole', "privilegedClusterRole: 'system:openshift:scc:privileged'");
  }
  const directory = props.distribution.kubeletDirectory;
  if (!/^(\/[A-Za-z0-9._-]+)+$/.test(directory) || directory.split('/').includes('..')) {
    malformed('the kubelet directory', directory, 'an absolute path without a slash at its end', "kubeletDirectory: '/var/lib/kubelet'");
  }
}
