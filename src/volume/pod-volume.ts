import { ApiObject } from 'cdk8s';
import { noteMount } from './mounts';
import { IPersistentVolumeClaim } from './persistent-volume-claim';
import { VOLUME_RULES } from './rules';
import { checkAtSynth, fail, report, unchecked } from '../findings/report';
import { Cluster } from '../platform/cluster';
import { KubernetesVersion } from '../platform/kubernetes-version';
import { Platform } from '../platform/platform';

/** Where and how a volume is mounted. */
export interface VolumeMountOptions {
  /** The name of the container. */
  readonly container: string;

  /** The path in the container, absolute. */
  readonly path: string;

  /**
   * Whether the container may only read. Sets every lever that works: the
   * mount, its submounts (from Kubernetes 1.31), and the pod's volume once no
   * other container of the pod writes to it.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * A directory of the volume to mount instead of its root.
   *
   * @default - the volume's root
   */
  readonly subPath?: string;
}

/** Where the pod template of a kind of workload is, and where it is in all others, such as a Deployment. */
const POD_SPEC = new Map([
  ['Pod', ['spec']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
]);
const TEMPLATE_SPEC = ['spec', 'template', 'spec'];

const MOUNTS = Symbol.for('cdk8s-storage.PodVolume.mounts');

interface Mount extends VolumeMountOptions {
  readonly claim: IPersistentVolumeClaim;
  /** The name of the volume in the pod. */
  readonly volume: string;
}

type Workload = ApiObject & { [MOUNTS]?: Mount[] };

/** A volume for pods. */
export class PodVolume {
  /** The volume of a claim. */
  public static fromClaim(claim: IPersistentVolumeClaim): PodVolume {
    return new PodVolume(claim);
  }

  private constructor(private readonly claim: IPersistentVolumeClaim) {}

  /**
   * Mounts the volume into a container of a workload.
   *
   * The workload is any Pod, Deployment, StatefulSet, DaemonSet, Job or CronJob,
   * as `ApiObject.of(deployment)` of any cdk8s-plus gives it. It is changed when it
   * is rendered, so containers may still be added to it; JSON patches of the workload are applied before. Other kinds are
   * taken to have a pod template, as Deployments do.
   *
   * @throws VOL009 when the kind has no pods or the path is not absolute; VOL010 when claim and workload are in two namespaces
   */
  public mountTo(workload: ApiObject, options: VolumeMountOptions): void {
    const describe = { claim: `'${this.claim.claimName}'`, workload: `${workload.kind} ${workload.name}` };
    if (workload.apiGroup === 'core' && workload.kind !== 'Pod') {
      fail(workload, VOLUME_RULES.VOL009, { ...describe, problem: 'it has no pods', expected: 'mount into a Pod, or a workload that has pods, such as a Deployment' });
    }
    if (!/^\/[^:]*[^:/][^:]*$/.test(options.path)) {
      fail(workload, VOLUME_RULES.VOL009, { ...describe, problem: `the path '${options.path}' is not absolute, is the root, or has a colon in it`, expected: "give a path in the container: '/data'" });
    }
    if (options.subPath !== undefined && (options.subPath === '' || options.subPath.startsWith('/') || options.subPath.split('/').includes('..'))) {
      fail(workload, VOLUME_RULES.VOL009, { ...describe, problem: `the subPath '${options.subPath}' leaves the volume`, expected: "give a path within the volume, without '..' or a slash in front: 'reports/2026'" });
    }
    Cluster.requireSame(workload, this.claim, `PersistentVolumeClaim.fromClaimName('${this.claim.claimName}')`);
    this.checkNamespace(workload);
    const holder = workload as Workload;
    if (!holder[MOUNTS]) {
      this.prepare(holder);
    }
    noteMount(workload, this.claim, options.readOnly ?? false);
    holder[MOUNTS]!.push({ ...options, claim: this.claim, volume: volumeName(this.claim.claimName) });
  }

  /** Lets the workload render our mounts, and checks them when all is known. */
  private prepare(workload: Workload): void {
    const mounts: Mount[] = [];
    const render = workload.toJson.bind(workload);
    const recursive = Platform.of(workload).kubernetes.isAtLeast(KubernetesVersion.V1_31);
    workload[MOUNTS] = mounts;
    workload.toJson = () => {
      const json = render();
      mounts.forEach(mount => addMount(podSpec(workload.kind, json), mount, mounts, recursive));
      return json;
    };
    checkAtSynth(workload, () => checkMounts(workload, podSpec(workload.kind, render()), mounts));
  }

  /** VOL010 */
  private checkNamespace(workload: ApiObject): void {
    const claimNamespace = this.claim.namespace;
    const { namespace } = workload.metadata;
    if (claimNamespace !== undefined && namespace === undefined) {
      checkAtSynth(workload, () => unchecked(workload, VOLUME_RULES.VOL010, 'the namespace of the workload or its chart'));
    } else if (claimNamespace !== undefined && claimNamespace !== namespace) {
      fail(workload, VOLUME_RULES.VOL010, { claim: `'${this.claim.claimName}'`, claimNamespace, workload: `${workload.kind} ${workload.name}`, namespace: namespace! });
    }
  }
}

/** A claim's name may be longer than that of a volume in a pod, and have dots. */
function volumeName(claimName: string): string {
  return claimName.replace(/\./g, '-').slice(0, 63).replace(/-+$/, '');
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}

function podSpec(kind: string, json: any): any {
  return (POD_SPEC.get(kind) ?? TEMPLATE_SPEC).reduce((value, key) => value?.[key], json) ?? {};
}

function containersOf(spec: any): any[] {
  return [...spec.containers ?? [], ...spec.initContainers ?? []];
}

function addMount(spec: any, mount: Mount, all: readonly Mount[], recursive: boolean): void {
  const container = containersOf(spec).find(candidate => candidate.name === mount.container);
  if (!container) {
    return; // reported by checkMounts
  }
  // A volume is read-only as a whole only if nobody in the pod writes to it.
  const readOnly = all.filter(other => other.volume === mount.volume).every(other => other.readOnly);
  spec.volumes ??= [];
  if (!spec.volumes.some((volume: any) => volume.name === mount.volume)) {
    spec.volumes.push({ name: mount.volume, persistentVolumeClaim: { claimName: mount.claim.claimName, ...(readOnly ? { readOnly } : {}) } });
  }
  container.volumeMounts ??= [];
  container.volumeMounts.push({
    mountPath: mount.path,
    name: mount.volume,
    ...(mount.readOnly ? { readOnly: true, ...(recursive ? { recursiveReadOnly: 'IfPossible' } : {}) } : {}),
    ...(mount.subPath !== undefined ? { subPath: mount.subPath } : {}),
  });
}

/** VOL009, for what depends on the finished workload. */
function checkMounts(workload: ApiObject, spec: any, mounts: readonly Mount[]): void {
  const seen: Mount[] = [];
  for (const mount of mounts) {
    const container = containersOf(spec).find(candidate => candidate.name === mount.container);
    const others = seen.filter(other => other.container === mount.container).map(other => other.path);
    const taken = [...others, ...(container?.volumeMounts ?? []).map((other: any) => other.mountPath)].map(withoutSlash).includes(withoutSlash(mount.path));
    const clash = (spec.volumes ?? []).some((volume: any) => volume.name === mount.volume)
      || seen.some(other => other.volume === mount.volume && other.claim.claimName !== mount.claim.claimName);
    const facts = { claim: `'${mount.claim.claimName}'`, workload: `${workload.kind} ${workload.name}` };
    if (!container) {
      const names = containersOf(spec).map(candidate => `'${candidate.name}'`).join(', ') || 'none';
      report(workload, VOLUME_RULES.VOL009, { ...facts, problem: `it has no container '${mount.container}'`, expected: `name one of its containers: ${names}` });
    } else if (taken) {
      report(workload, VOLUME_RULES.VOL009, { ...facts, problem: `something else is mounted at '${mount.path}' in '${mount.container}'`, expected: 'mount it at another path' });
    } else if (clash) {
      report(workload, VOLUME_RULES.VOL009, { ...facts, problem: `the pod has another volume named '${mount.volume}'`, expected: 'rename that volume, or the claim' });
    }
    seen.push(mount);
  }
}
