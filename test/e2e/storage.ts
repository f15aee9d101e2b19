import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { kubeletSays } from './machine';
import { LocalCsiDriver } from '../../examples/custom-csi-driver/local-csi-driver';
import { ClaimTemplate, Distribution, IPersistentVolumeClaim, KubernetesVersion, Namespace, NodeCount, Platform, PodVolume, SnapshotController, StorageClass, VolumeBindingMode, VolumeSnapshotClass } from '../../src';
import { apply, eventually, kubectl } from '../kubectl';

/** The namespace and the accounts of what is under test. */
export const DRIVER_NAMESPACE = 'csi-local';
export const DRIVER_NAME = 'local.csi.example.com';
export const TOPOLOGY_KEY = `topology.${DRIVER_NAME}/node`;
export const CONTROLLER = 'app.kubernetes.io/component=controller';
export const NODE = 'app.kubernetes.io/component=node';
/** On the node. */
export const DATA = '/var/lib/csi-local';

/** A longer wait than any of these need: it only says how long a broken cluster is given. */
export const PATIENCE = 180;

/** What the platform's team installs, as constructs. */
export interface Storage {
  readonly app: App;
  /** The CRDs and the snapshot-controller. */
  readonly cluster: Chart;
  /** The driver and its classes. */
  readonly driver: Chart;
  readonly csi: LocalCsiDriver;
  /** Disk images, made when a pod is scheduled. */
  readonly disk: StorageClass;
  /** Disk images, made at once. */
  readonly immediate: StorageClass;
  readonly directory: StorageClass;
  /** Disk images with XFS, made at once. It grows while mounted wherever it is; for ext4 that takes CAP_SYS_RESOURCE, which not every machine has. */
  readonly xfs: StorageClass;
  readonly snapshots: VolumeSnapshotClass;
}

export function storage(nodes: NodeCount): Storage {
  const app = new App();
  Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA, nodes });
  const cluster = new Chart(app, 'cluster');
  new SnapshotController(cluster, 'SnapshotController');
  const driver = new Chart(app, 'driver');
  const csi = new LocalCsiDriver(driver, 'Driver', { faults: true, ...(nodes === NodeCount.MULTIPLE ? { node: nodeName() } : {}) });
  const common = { driver: csi, expansion: true };
  const late = { ...common, volumeBindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER };
  return {
    app,
    cluster,
    driver,
    csi,
    disk: new StorageClass(driver, 'Disk', { ...late, name: 'local-disk' }),
    immediate: new StorageClass(driver, 'Immediate', { ...common, name: 'local-immediate' }),
    directory: new StorageClass(driver, 'Directory', { ...late, name: 'local-directory', parameters: { backing: 'directory' } }),
    xfs: new StorageClass(driver, 'Xfs', { ...common, name: 'local-xfs', fsType: 'xfs' }),
    snapshots: new VolumeSnapshotClass(driver, 'Snapshots', { name: 'local-snapshots', driver: csi }),
  };
}

/** The node on which the volumes lie. */
export function nodeName(): string {
  return kubectl('get', 'nodes', '-o', 'jsonpath={.items[0].metadata.labels.kubernetes\\.io/hostname}');
}

/** Applies what the platform's team installs, in the order in which it has to be there, and waits until it works. */
export async function install({ cluster, driver }: Storage, change = (manifests: string) => manifests): Promise<void> {
  const objectsOf = (chart: Chart): object[] => JSON.parse(change(JSON.stringify(Testing.synth(chart))));
  apply(objectsOf(cluster));
  kubectl('wait', '--for=condition=established', '--timeout=60s', 'crd/volumesnapshotclasses.snapshot.storage.k8s.io', 'crd/volumesnapshots.snapshot.storage.k8s.io');
  apply(objectsOf(driver));
  await ready();
}

/** Waits until every pod of the driver and the snapshot-controller is the one that was applied, and ready. */
export async function ready(): Promise<void> {
  for (const [namespace, workload] of [['snapshot-controller', 'deployment/snapshot-controller'], [DRIVER_NAMESPACE, 'deployment/csi-local-controller'], [DRIVER_NAMESPACE, 'daemonset/csi-local-node']]) {
    kubectl('-n', namespace, 'rollout', 'status', workload, `--timeout=${PATIENCE}s`);
  }
  const registered = () => kubectl('get', 'csinodes', '-o', 'jsonpath={.items[*].spec.drivers[*].name}').split(' ').includes(DRIVER_NAME);
  await eventually('the driver is in the CSINode', registered, PATIENCE);
}

/** Applies what a user of that storage writes, in a namespace of its own. */
export function deploy(namespace: string, build: (chart: Chart, storage: Storage) => void): void {
  const installed = storage(NodeCount.MULTIPLE);
  const chart = new Chart(installed.app, namespace, { namespace });
  new Namespace(chart, 'Namespace', { name: namespace });
  build(chart, installed);
  apply(Testing.synth(chart));
}

interface PodOptions {
  readonly command?: string;
  readonly readOnly?: boolean;
  readonly fsGroup?: number;
}

/** A pod that sleeps, or runs a command, with claims mounted by their paths; a path in /dev takes the claim as a device. */
export function pod(chart: Chart, name: string, volumes: { [path: string]: IPersistentVolumeClaim }, options: PodOptions = {}): void {
  const { command = 'exec sleep 1000000', readOnly, fsGroup } = options;
  const workload = new ApiObject(chart, `Pod-${name}`, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      terminationGracePeriodSeconds: 1,
      ...(fsGroup === undefined ? {} : { securityContext: { runAsUser: fsGroup, runAsGroup: fsGroup, fsGroup } }),
      containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', command] }],
    },
  });
  for (const [path, claim] of Object.entries(volumes)) {
    const volume = PodVolume.fromClaim(claim);
    if (path.startsWith('/dev/')) {
      volume.deviceTo(workload, { container: 'main', devicePath: path });
    } else {
      volume.mountTo(workload, { container: 'main', path, readOnly });
    }
  }
}

/** A StatefulSet with a claim for each replica, mounted at /data. */
export function statefulSet(chart: Chart, name: string, replicas: number, template: ClaimTemplate): void {
  const labels = { app: name };
  const workload = new ApiObject(chart, `StatefulSet-${name}`, {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: {
      replicas,
      serviceName: name,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', 'exec sleep 1000000'] }] },
      },
    },
  });
  template.mountTo(workload, { container: 'main', path: '/data' });
}

export function waitForPod(namespace: string, ...names: string[]): void {
  kubectl('-n', namespace, 'wait', '--for=condition=Ready', `--timeout=${PATIENCE}s`, ...names.map(name => `pod/${name}`));
}

/** After several failures the kubelet waits for two minutes before it tries to unmount once more. */
const UNMOUNT = 280;

/** Takes pods away, and waits until their volumes are unmounted. Where that does not end, it tells what the kubelet says of it. */
function deletePods(namespace: string, ...which: string[]): void {
  try {
    kubectl('-n', namespace, 'delete', 'pods', ...which, `--timeout=${UNMOUNT}s`);
  } catch (error) {
    const { message } = error as Error;
    const names = [...message.matchAll(/pods\/(\S+)/g)].map(([, name]) => name);
    throw new Error([message, ...names.map(name => kubeletSays(`${namespace}/${name}"`))].join('\n'));
  }
}

export function removePod(namespace: string, name: string): void {
  deletePods(namespace, name, '--grace-period=1');
}

/** The pods of a selector that nobody has taken away. */
function podsOf(namespace: string, selector: string, ...options: string[]): any[] {
  return JSON.parse(kubectl('-n', namespace, 'get', 'pods', '-l', selector, ...options, '-o', 'json')).items.filter(({ metadata }: any) => !metadata.deletionTimestamp);
}

/** Takes pods away, and waits until others are ready in their place: right after it, `rollout status` may still tell of the old ones. */
export async function replacePods(namespace: string, selector: string, ...options: string[]): Promise<void> {
  const uids = () => podsOf(namespace, selector).map(({ metadata }) => metadata.uid);
  const before = uids();
  deletePods(namespace, '-l', selector, ...options);
  await eventually(`other pods of ${selector} are there`, () => {
    const now = uids();
    return now.length === before.length && !now.some(uid => before.includes(uid));
  }, PATIENCE);
  kubectl('-n', namespace, 'wait', 'pods', '-l', selector, '--for=condition=Ready', `--timeout=${PATIENCE}s`);
}

/** Runs a script in a pod of a user. */
export function sh(namespace: string, name: string, script: string): string {
  return kubectl('-n', namespace, 'exec', name, '--', 'sh', '-c', script).trim();
}

/** Runs a script where the volumes lie, as the driver sees it. */
export function onNode(script: string): string {
  const [node] = podsOf(DRIVER_NAMESPACE, NODE, '--field-selector=status.phase=Running');
  return kubectl('-n', DRIVER_NAMESPACE, 'exec', node.metadata.name, '-c', 'csi-local', '--', 'sh', '-c', script).trim();
}

/** What lies on the disk: directories of volumes or of snapshots. */
export function onDisk(what: 'volumes' | 'snapshots'): string[] {
  return onNode(`ls ${DATA}/${what}`).split('\n').filter(line => line !== '');
}

/** What has come to the disk since the suite that calls this began: what another one left there is not its matter. */
export function newOnDisk(): typeof onDisk {
  let before: string[];
  beforeAll(() => { before = [...onDisk('volumes'), ...onDisk('snapshots')]; });
  return what => onDisk(what).filter(name => !before.includes(name));
}

/** Makes calls of the driver slow, or fail, or snapshots older than they are. */
export function setFault(call: string, fault: { before?: number; after?: number; code?: string; createdSecondsAgo?: number }): void {
  onNode(`mkdir -p ${DATA}/faults && echo '${JSON.stringify(fault)}' > ${DATA}/faults/${call}`);
}

export function clearFaults(): void {
  onNode(`rm -rf ${DATA}/faults`);
}

export const field = (namespace: string, object: string, path: string) => kubectl('-n', namespace, 'get', object, '-o', `jsonpath={${path}}`);

/** The volume of a claim, once it is bound. */
export async function volumeOf(namespace: string, claim: string): Promise<string> {
  await eventually(`${claim} is bound`, () => field(namespace, `pvc/${claim}`, '.status.phase') === 'Bound', PATIENCE);
  return field(namespace, `pvc/${claim}`, '.spec.volumeName');
}

export async function snapshotReady(namespace: string, name: string): Promise<void> {
  await eventually(`the snapshot ${name} is ready`, () => field(namespace, `volumesnapshot/${name}`, '.status.readyToUse') === 'true', PATIENCE);
}

/** Removes a namespace with all that is in it, and waits until the driver has removed the data. */
export async function remove(namespace: string): Promise<void> {
  kubectl('delete', 'namespace', namespace, '--ignore-not-found', `--timeout=${PATIENCE}s`);
  const left = () => JSON.parse(kubectl('get', 'pv,volumesnapshotcontents', '-o', 'json')).items
    .filter(({ spec }: any) => (spec.claimRef ?? spec.volumeSnapshotRef)?.namespace === namespace);
  await eventually(`the volumes and snapshots of ${namespace} are gone`, () => left().length === 0, PATIENCE);
}

/** How often containers of a namespace were started again. */
export function restarts(namespace: string): number {
  return kubectl('-n', namespace, 'get', 'pods', '-o', 'jsonpath={.items[*].status.containerStatuses[*].restartCount}').split(' ').map(Number).reduce((sum, count) => sum + count, 0);
}
