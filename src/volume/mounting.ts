import { ApiObject } from 'cdk8s';
import { VolumeMode } from './modes';
import { noteMount } from './mounts';
import { containersOf, isWorkload, nameOf, podSpec, volumesOf } from './pod-spec';
import { PodVolumeKind } from './pod-volume-kinds';
import { VolumeDeviceOptions, VolumeMountOptions } from './pod-volume-options';
import { VOLUME_RULES } from './rules';
import { checkAtSynth, fail, report, unchecked } from '../findings/report';
import { KubernetesVersion } from '../platform/kubernetes-version';
import { Platform } from '../platform/platform';

/** A volume in a container, as a directory or as a device. */
interface Use {
  readonly kind: PodVolumeKind;
  readonly container: string;
  readonly path: string;
  readonly readOnly: boolean;
  readonly isDevice: boolean;
  readonly subPath?: string;
}

/** What a workload gets from us when it is rendered. */
interface Plan {
  readonly kinds: PodVolumeKind[];
  readonly uses: Use[];
}

const PLAN = Symbol.for('cdk8s-storage.PodVolume.plan');

type Workload = ApiObject & { [PLAN]?: Plan };

/** Where a directory or a device may be: absolute, not the root, without a colon. */
const PATH = /^\/[^:]*[^:/][^:]*$/;

/** Mounts a volume into a container of a workload. */
export function mount(workload: ApiObject, kind: PodVolumeKind, options: VolumeMountOptions): void {
  const facts = factsOf(workload, kind);
  const { container, path } = options;
  const readOnly = options.readOnly ?? false;
  const subPath = options.subPath ?? undefined;
  if (kind.volumeMode === VolumeMode.BLOCK) {
    fail(workload, VOLUME_RULES.VOL036, { ...facts, mode: 'Block', problem: 'there is no directory to mount', expected: "hand it over as a device: deviceTo(workload, { container, devicePath: '/dev/xvda' })" });
  }
  checkPods(workload, kind);
  if (typeof path !== 'string' || !PATH.test(path)) {
    fail(workload, VOLUME_RULES.VOL009, { ...facts, problem: `the path '${path ?? ''}' is not absolute, is the root, or has a colon in it`, expected: "give a path in the container: '/data'" });
  }
  if (subPath !== undefined && (typeof subPath !== 'string' || subPath === '' || subPath.startsWith('/') || subPath.split('/').includes('..'))) {
    fail(workload, VOLUME_RULES.VOL009, { ...facts, problem: `the subPath '${subPath}' leaves the volume`, expected: "give a path within the volume, without '..' or a slash in front: 'reports/2026'" });
  }
  use(workload, { kind, container, path, readOnly, subPath, isDevice: false });
}

/** Hands a raw device to a container of a workload. */
export function device(workload: ApiObject, kind: PodVolumeKind, options: VolumeDeviceOptions): void {
  const facts = factsOf(workload, kind);
  const { container, devicePath: path } = options;
  if (kind.volumeMode === VolumeMode.FILESYSTEM) {
    fail(workload, VOLUME_RULES.VOL036, { ...facts, mode: 'Filesystem', problem: 'there is no device', expected: 'mount it: mountTo(workload, { container, path }), or give the claim volumeMode: VolumeMode.BLOCK' });
  }
  checkPods(workload, kind);
  if (typeof path !== 'string' || !PATH.test(path) || path.split('/').includes('..')) {
    fail(workload, VOLUME_RULES.VOL009, { ...facts, problem: `the devicePath '${path ?? ''}' is not absolute, or has a colon or '..' in it`, expected: "give the path of the device in the container: '/dev/xvda'" });
  }
  use(workload, { kind, container, path, readOnly: false, isDevice: true });
}

/** Gives a workload a volume that no container has yet. */
export function add(workload: ApiObject, kind: PodVolumeKind): Plan {
  checkPods(workload, kind);
  const plan = planOf(workload);
  if (!plan.kinds.includes(kind)) {
    kind.check?.(workload);
    plan.kinds.push(kind);
  }
  return plan;
}

function use(workload: ApiObject, one: Use): void {
  add(workload, one.kind).uses.push(one);
  if (one.kind.subject !== undefined) {
    noteMount(workload, one.kind.subject, one.readOnly);
  }
}

function factsOf(workload: ApiObject, kind: PodVolumeKind): { volume: string; workload: string } {
  return { volume: kind.title, workload: nameOf(workload) };
}

/** VOL009, for what the kind of the workload tells. */
function checkPods(workload: ApiObject, kind: PodVolumeKind): void {
  if (workload.apiGroup === 'core' && !isWorkload(workload)) {
    fail(workload, VOLUME_RULES.VOL009, { ...factsOf(workload, kind), problem: 'it has no pods', expected: 'mount into a Pod, or a workload that has pods, such as a Deployment' });
  }
  if (kind.template && workload.kind !== 'StatefulSet') {
    fail(workload, VOLUME_RULES.VOL009, {
      ...factsOf(workload, kind), problem: 'only a StatefulSet has claim templates', expected: 'use PodVolume.ephemeral for a volume per pod, or PodVolume.fromClaim for one that all pods share',
    });
  }
}

/** The names of the volumes that a workload gets from us. */
export function mountedNames(workload: Workload): readonly string[] {
  return workload[PLAN]?.kinds.map(kind => kind.volume) ?? [];
}

/** The plan of a workload; the first one lets the workload render it, and checks it when all is known. */
function planOf(workload: Workload): Plan {
  if (!workload[PLAN]) {
    const plan: Plan = workload[PLAN] = { kinds: [], uses: [] };
    const render = workload.toJson.bind(workload);
    const recursive = Platform.of(workload).kubernetes.isAtLeast(KubernetesVersion.V1_31);
    workload.toJson = () => {
      const json = render();
      plan.kinds.forEach(kind => addVolume(workload, json, kind, plan));
      plan.uses.forEach(one => addUse(podSpec(workload.kind, json), one, recursive));
      return json;
    };
    checkAtSynth(workload, () => check(workload, render(), plan));
  }
  return workload[PLAN]!;
}

function containerOf(spec: any, name: string): any {
  return containersOf(spec).find(candidate => candidate.name === name);
}

/** A volume is read-only as a whole only if nobody in the pod writes to it. */
function isReadOnly(kind: PodVolumeKind, plan: Plan, spec: any): boolean {
  const byHand = containersOf(spec).flatMap(container => container.volumeMounts ?? []).filter((one: any) => one?.name === kind.volume);
  return [...plan.uses.filter(one => one.kind.volume === kind.volume), ...byHand].every(one => one.readOnly);
}

function addVolume(workload: ApiObject, json: any, kind: PodVolumeKind, plan: Plan): void {
  const spec = podSpec(workload.kind, json);
  if (kind.template && !json.spec?.volumeClaimTemplates?.some((template: any) => template.metadata?.name === kind.volume)) {
    const { metadata, spec: claim } = kind.template(workload);
    json.spec ??= {};
    json.spec.volumeClaimTemplates = [
      ...json.spec.volumeClaimTemplates ?? [], { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: kind.volume, ...metadata }, spec: claim },
    ];
  } else if (kind.source && !volumesOf(spec).some(volume => volume.name === kind.volume)) {
    spec.volumes = [...volumesOf(spec), { name: kind.volume, ...kind.source(isReadOnly(kind, plan, spec), workload) }];
  }
}

function addUse(spec: any, one: Use, recursive: boolean): void {
  const container = containerOf(spec, one.container);
  if (!container) {
    return; // reported by check
  }
  if (one.isDevice) {
    container.volumeDevices = [...container.volumeDevices ?? [], { devicePath: one.path, name: one.kind.volume }];
    return;
  }
  container.volumeMounts = [...container.volumeMounts ?? [], {
    mountPath: one.path,
    name: one.kind.volume,
    ...(one.readOnly ? { readOnly: true, ...(recursive ? { recursiveReadOnly: 'IfPossible' } : {}) } : {}),
    ...(one.subPath !== undefined ? { subPath: one.subPath } : {}),
  }];
}

/** What depends on the finished workload. */
function check(workload: ApiObject, json: any, plan: Plan): void {
  const spec = podSpec(workload.kind, json);
  const seen: Use[] = [];
  for (const one of plan.uses) {
    checkUse(workload, spec, one, seen);
    seen.push(one);
  }
  plan.kinds.forEach((kind, index) => {
    const earlier = plan.kinds.slice(0, index);
    checkName(workload, json, kind, earlier);
    if (!earlier.some(other => other.volume === kind.volume)) { // else it is one volume, or refused
      checkUsers(workload, spec, kind);
      kind.review?.(workload, isReadOnly(kind, plan, spec));
    }
  });
}

const withoutSlash = (path: string) => path.replace(/\/+$/, '');

/** VOL009, for a container and its paths. */
function checkUse(workload: ApiObject, spec: any, one: Use, seen: readonly Use[]): void {
  const facts = factsOf(workload, one.kind);
  const container = containerOf(spec, one.container);
  const own = [...(container?.volumeMounts ?? []).map((other: any) => other.mountPath), ...(container?.volumeDevices ?? []).map((other: any) => other.devicePath)];
  const others = seen.filter(other => other.container === one.container);
  const sameVolume = seen.filter(other => other.kind.volume === one.kind.volume);
  if (!container) {
    const names = containersOf(spec).map(candidate => `'${candidate.name}'`).join(', ') || 'none';
    report(workload, VOLUME_RULES.VOL009, { ...facts, problem: one.container ? `it has no container '${one.container}'` : 'no container is named', expected: `name one of its containers: ${names}` });
  } else if ([...own, ...others.map(other => other.path)].map(withoutSlash).includes(withoutSlash(one.path))) {
    report(workload, VOLUME_RULES.VOL009, { ...facts, problem: `something else is mounted at '${one.path}' in '${one.container}'`, expected: 'mount it at another path' });
  } else if (one.isDevice && sameVolume.some(other => other.isDevice && other.container === one.container)) {
    report(workload, VOLUME_RULES.VOL009, { ...facts, problem: `'${one.container}' has it already, at another path`, expected: 'hand it over once to each container' });
  } else if (sameVolume.some(other => other.isDevice !== one.isDevice)) {
    report(workload, VOLUME_RULES.VOL009, { ...facts, problem: 'it is both mounted and handed over as a device, but is only one of both', expected: 'use mountTo for a file system, and deviceTo for a device' });
  }
}

/** VOL009, for two volumes of one name: of the user, or of ours if they differ. */
function checkName(workload: ApiObject, json: any, kind: PodVolumeKind, earlier: readonly PodVolumeKind[]): void {
  const spec = podSpec(workload.kind, json);
  const content = (one: PodVolumeKind) => JSON.stringify(one.source?.(false, workload) ?? one.template?.(workload));
  const isTaken = volumesOf(spec).some(volume => volume.name === kind.volume)
    || (json.spec?.volumeClaimTemplates ?? []).some((template: any) => template.metadata?.name === kind.volume)
    || earlier.some(other => other.volume === kind.volume && content(other) !== content(kind));
  if (isTaken) {
    report(workload, VOLUME_RULES.VOL009, { ...factsOf(workload, kind), problem: `the pod has another volume named '${kind.volume}'`, expected: 'rename one of them' });
  }
}

/** VOL032 */
function checkUsers(workload: ApiObject, spec: any, kind: PodVolumeKind): void {
  if (spec.hostUsers !== false || kind.volumeMode === VolumeMode.BLOCK) {
    return;
  }
  if (typeof kind.mapsUsers === 'string') {
    unchecked(workload, VOLUME_RULES.VOL032, kind.mapsUsers);
  } else if (!kind.mapsUsers) {
    report(workload, VOLUME_RULES.VOL032, factsOf(workload, kind));
  }
}
