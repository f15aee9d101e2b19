import { Size } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { rememberGrants } from './audit';
import { calls, crash, killProcesses, onTestCluster, testIf } from './machine';
import { ends, stop } from './runs';
import { DRIVER_NAMESPACE, deploy, field, newOnDisk, pod, remove, removePod, restarts, clearFaults, sh, snapshotReady, volumeOf, waitForPod, PATIENCE } from './storage';
import { PersistentVolumeClaim } from '../../src';
import { synthesize } from '../examples/examples';
import { apply, eventually, kubectl } from '../kubectl';

/** The example's own namespace, and one for what a team writes. */
const OPERATOR = 'storage-operator';
const NS = 'e2e-operator';
const MANY_NS = 'e2e-operator-many';
const MANY = 500;
/** What an XFS volume takes at least. */
const SMALL = '320Mi';
const LARGE = '400Mi';
/** Of the Lease: 15 s that it lasts, 2 s until the others ask again, and a little for the call. */
const TAKEOVER = 20;

const manifest = (name: string, spec: object, namespace = NS) => (
  { apiVersion: 'storage.example.com/v1', kind: 'Storage', metadata: { name, namespace }, spec: { storageClassName: 'local-xfs', size: SMALL, ...spec } }
);
const storage = (name: string, spec: object = {}) => apply([manifest(name, spec)]);

interface Condition { readonly status: string; readonly reason: string; readonly message: string; readonly observedGeneration: number }

function conditionOf({ status }: any, type: string): Condition | undefined {
  return status?.conditions?.find((condition: any) => condition.type === type);
}

const get = (name: string) => JSON.parse(kubectl('-n', NS, 'get', 'storage', name, '-o', 'json'));

/** Waits until a condition has a reason, of the spec as it is now. */
async function says(name: string, type: string, reason: string): Promise<Condition> {
  let found: Condition | undefined;
  await eventually(`${type} of ${name} is ${reason}`, () => {
    const object = get(name);
    found = conditionOf(object, type);
    return found?.reason === reason && found.observedGeneration === object.metadata.generation;
  }, PATIENCE);
  return found!;
}

const isGone = (kind: string, name: string) => eventually(`${kind} ${name} is gone`, () => kubectl('-n', NS, 'get', kind, name, '--ignore-not-found', '-o', 'name') === '', PATIENCE);

/** A pod with the claim that the operator made. */
function use(name: string, claim = name): void {
  deploy(NS, (chart, { xfs }) => pod(chart, name, { '/data': PersistentVolumeClaim.fromClaimName(claim, { namespace: NS, storageClass: xfs }) }));
  waitForPod(NS, name);
}

const lease = () => JSON.parse(kubectl('-n', OPERATOR, 'get', 'lease', OPERATOR, '-o', 'json')).spec;
/** The pod; each start of it is a holder of its own. */
const leader = () => (lease().holderIdentity as string).split('_')[0];
const pods = () => JSON.parse(kubectl('-n', OPERATOR, 'get', 'pods', '-l', `app.kubernetes.io/name=${OPERATOR}`, '-o', 'json')).items as any[];

/** Creations of claims in a namespace, by their names: two of one are double work. */
function created(since: Date, namespace: string): Map<string, number> {
  const counts = new Map<string, number>();
  calls([OPERATOR], since).filter(call => call.verb === 'create' && call.resource === 'persistentvolumeclaims' && call.namespace === namespace)
    .forEach(({ name }) => counts.set(name, (counts.get(name) ?? 0) + 1));
  return counts;
}

/** A number of the leader's own metrics. */
function metric(name: string): number {
  const text = kubectl('get', '--raw', `/api/v1/namespaces/${OPERATOR}/pods/${leader()}:8080/proxy/metrics`);
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)![1]);
}

/** The operator of the example, as its reader applies it, with the driver's classes. */
export function operatorTests(): void {
  const fresh = newOnDisk();
  const onCluster = testIf(onTestCluster);
  const files = synthesize('storage-operator');
  const objectsOf = (file: string) => parseAllDocuments(files[file]).map(document => document.toJS());
  const rollout = () => kubectl('-n', OPERATOR, 'rollout', 'status', `deployment/${OPERATOR}`, `--timeout=${PATIENCE}s`);

  beforeAll(async () => {
    apply(objectsOf('definitions.k8s.yaml'));
    kubectl('wait', '--for=condition=established', '--timeout=60s', 'crd/storages.storage.example.com');
    apply(objectsOf('operator.k8s.yaml'));
    rollout();
    deploy(NS, () => undefined);
  });
  afterEach(clearFaults);
  afterAll(async () => {
    rememberGrants(OPERATOR);
    stop(OPERATOR);
    kubectl('-n', NS, 'delete', 'storage', '--all', `--timeout=${PATIENCE}s`);
    // Its pods before its roles: what they asked for without them would be refused, and found by the audit.
    kubectl('-n', OPERATOR, 'delete', 'deployment', OPERATOR, '--cascade=foreground', `--timeout=${PATIENCE}s`);
    await remove(NS);
    kubectl('delete', '--ignore-not-found', 'crd/storages.storage.example.com', `--timeout=${PATIENCE}s`);
    kubectl('delete', 'namespace', OPERATOR, `--timeout=${PATIENCE}s`);
    await eventually('nothing is left on the disk', () => fresh('volumes').length + fresh('snapshots').length === 0, PATIENCE);
  });

  test('two copies are ready, and one of them leads', async () => {
    await eventually('the lease has a holder', () => pods().map(({ metadata }) => metadata.name).includes(leader()), PATIENCE);
    expect(pods()).toHaveLength(2);
    expect(restarts(OPERATOR)).toBe(0);
  });

  test('created: the claim is bound, and written', async () => {
    storage('data');
    await says('data', 'Ready', 'Bound');
    expect(get('data').status).toMatchObject({ capacity: SMALL, claimName: 'data', volumeName: await volumeOf(NS, 'data'), observedGeneration: 1 });
    use('data');
    sh(NS, 'data', 'echo kept > /data/file');
  });

  test('raised: the volume grows under its pod', async () => {
    storage('data', { size: LARGE });
    await says('data', 'Resized', 'AtSize');
    expect(field(NS, 'storage/data', '.status.capacity')).toBe(LARGE);
    expect(Number(sh(NS, 'data', "df -m /data | awk 'NR == 2 {print $2}'"))).toBeGreaterThan(330);
    expect(sh(NS, 'data', 'cat /data/file')).toBe('kept');
  });

  test('lowered: nothing happens, and it says so', async () => {
    storage('data', { size: SMALL });
    const { message } = await says('data', 'Resized', 'ShrinkRefused');
    expect(message).toContain(SMALL);
    expect(message).toContain(LARGE);
    expect(conditionOf(get('data'), 'Ready')).toMatchObject({ status: 'True', reason: 'Bound' });
    expect(field(NS, 'pvc/data', '.spec.resources.requests.storage')).toBe(LARGE);
    const events = () => kubectl('-n', NS, 'get', 'events', '--field-selector', 'involvedObject.name=data,reason=ShrinkRefused', '-o', 'name').split('\n').filter(line => line !== '');
    await eventually('an event says so', () => events().length > 0);
    expect(events()).toHaveLength(1);
    storage('data', { size: LARGE });
    await says('data', 'Resized', 'AtSize');
  });

  test('snapshots by its policy: a CronJob beside the operator, of this claim only, which goes when the policy is taken away', async () => {
    storage('data', { size: LARGE, snapshotPolicy: 'nightly' });
    await says('data', 'SnapshotsScheduled', 'Scheduled');
    const derived = () => JSON.parse(kubectl('-n', OPERATOR, 'get', 'cronjobs', '-l', 'storage.example.com/managed-by=storage-operator', '-o', 'json')).items;
    expect(derived()).toHaveLength(1);
    const [{ metadata: { name }, spec }] = derived();
    expect(spec).toMatchObject({ schedule: '0 2 * * *', suspend: false });
    // The jitter of the example is half an hour; a test has less.
    const policy = JSON.parse(spec.jobTemplate.spec.template.metadata.annotations['storage.example.com/policy.json']);
    const job = JSON.parse(kubectl('-n', OPERATOR, 'create', 'job', `--from=cronjob/${name}`, 'now', '--dry-run=client', '-o', 'json'));
    job.spec.template.metadata.annotations['storage.example.com/policy.json'] = JSON.stringify({ ...policy, jitterSeconds: 0 });
    apply([{ ...job, metadata: { ...job.metadata, namespace: OPERATOR } }]);
    await ends(OPERATOR, 'now');
    const taken = () => JSON.parse(kubectl('-n', NS, 'get', 'volumesnapshots', '-o', 'json')).items;
    expect(taken().map(({ spec: { source }, status }: any) => [source.persistentVolumeClaimName, status.readyToUse])).toEqual([['data', true]]);
    kubectl('-n', OPERATOR, 'patch', 'cronjob', 'snapshots-nightly', '-p', '{"spec":{"schedule":"30 2 * * *"}}');
    await eventually('the CronJob follows its policy', () => derived()[0].spec.schedule === '30 2 * * *', PATIENCE);
    expect(derived()[0].metadata.name).toBe(name);
    storage('data', { size: LARGE });
    await eventually('the CronJob is gone', () => derived().length === 0, PATIENCE);
    expect(taken()).toHaveLength(1);
    kubectl('-n', NS, 'delete', 'volumesnapshots', '--all', `--timeout=${PATIENCE}s`);
  });

  test('deleted by Retain: the claim stays, and a Storage of that name has it again', async () => {
    kubectl('-n', NS, 'delete', 'storage', 'data', `--timeout=${PATIENCE}s`);
    expect(sh(NS, 'data', 'cat /data/file')).toBe('kept');
    const uid = field(NS, 'pvc/data', '.metadata.uid');
    storage('data', { size: LARGE, deletionPolicy: 'SnapshotThenDelete', snapshotClassName: 'local-snapshots' });
    await says('data', 'Ready', 'Bound');
    expect(field(NS, 'pvc/data', '.metadata.uid')).toBe(uid);
  });

  test('deleted by SnapshotThenDelete: there is a last snapshot, then it waits for the pod, and then the claim goes', async () => {
    kubectl('-n', NS, 'delete', 'storage', 'data', '--wait=false');
    const snapshot = `data-final-${get('data').metadata.uid.slice(0, 8)}`;
    await eventually('the snapshot is there', () => kubectl('-n', NS, 'get', 'volumesnapshot', snapshot, '--ignore-not-found', '-o', 'name') !== '', PATIENCE);
    await snapshotReady(NS, snapshot);
    await says('data', 'Ready', 'Deleting');
    expect(sh(NS, 'data', 'cat /data/file')).toBe('kept');
    removePod(NS, 'data');
    await isGone('storage', 'data');
    await isGone('pvc', 'data');
    storage('restored', { size: LARGE, deletionPolicy: 'Delete', restoreFrom: { snapshotName: snapshot } });
    await says('restored', 'Ready', 'Bound');
    use('restored');
    expect(sh(NS, 'restored', 'cat /data/file')).toBe('kept');
    removePod(NS, 'restored');
  });

  test('deleted by Delete: volume and claim are gone', async () => {
    const volume = await volumeOf(NS, 'restored');
    kubectl('-n', NS, 'delete', 'storage', 'restored', `--timeout=${PATIENCE}s`);
    await isGone('pvc', 'restored');
    await eventually('it is gone from the disk', () => !fresh('volumes').includes(volume), PATIENCE);
    kubectl('-n', NS, 'delete', 'volumesnapshots', '--all', `--timeout=${PATIENCE}s`);
  });

  test('a claim of somebody else is not touched, by a deletion neither', async () => {
    deploy(NS, (chart, { immediate }) => new PersistentVolumeClaim(chart, 'Foreign', { name: 'foreign', storageClass: immediate, size: Size.mebibytes(8) }));
    storage('foreign', { storageClassName: 'local-immediate', size: '16Mi', deletionPolicy: 'Delete' });
    await says('foreign', 'Ready', 'ClaimConflict');
    kubectl('-n', NS, 'delete', 'storage', 'foreign', `--timeout=${PATIENCE}s`);
    expect(field(NS, 'pvc/foreign', '.spec.resources.requests.storage')).toBe('8Mi');
    expect(field(NS, 'pvc/foreign', '.metadata.deletionTimestamp')).toBe('');
    kubectl('-n', NS, 'delete', 'pvc', 'foreign', `--timeout=${PATIENCE}s`);
    await eventually('nothing is left on the disk', () => fresh('volumes').length === 0, PATIENCE);
  });

  onCluster('the leader is killed under its work: the other one takes over, and nothing is done twice', async () => {
    const since = new Date();
    const before = leader();
    const names = Array.from({ length: 20 }, (_, index) => `killed-${index}`);
    const small = { storageClassName: 'local-immediate', size: '8Mi', deletionPolicy: 'Delete' };
    apply(names.map(name => manifest(name, small)));
    killProcesses(pods().find(({ metadata }) => metadata.name === before).metadata.uid);
    const { renewTime } = lease();
    await eventually('another one leads', () => Date.parse(lease().acquireTime) > since.getTime(), PATIENCE);
    expect((Date.parse(lease().acquireTime) - Date.parse(renewTime)) / 1000).toBeLessThan(TAKEOVER);
    for (const name of names) {
      await says(name, 'Ready', 'Bound');
    }
    const made = created(since, NS);
    expect([...made.keys()].sort()).toEqual([...names].sort());
    expect([...made.values()].every(count => count === 1)).toBe(true);
    expect(fresh('volumes').length).toBe(names.length);
    kubectl('-n', NS, 'delete', 'storage', ...names, `--timeout=${PATIENCE}s`);
  });

  onCluster('the API server is killed: what is asked for afterwards is done', async () => {
    await crash('kube-apiserver');
    storage('after', { storageClassName: 'local-immediate', size: '8Mi', deletionPolicy: 'Delete' });
    await says('after', 'Ready', 'Bound');
    storage('after', { storageClassName: 'local-immediate', size: '16Mi', deletionPolicy: 'Delete' });
    await eventually('the claim follows', () => field(NS, 'pvc/after', '.spec.resources.requests.storage') === '16Mi', PATIENCE);
    kubectl('-n', NS, 'delete', 'storage', 'after', `--timeout=${PATIENCE}s`);
    rollout();
  });

  test(`${MANY} at once are all ready, and none is left when they are deleted`, async () => {
    const since = new Date();
    deploy(MANY_NS, () => undefined);
    const spec = { storageClassName: 'local-immediate', size: '8Mi', deletionPolicy: 'Delete' };
    apply(Array.from({ length: MANY }, (_, index) => manifest(`many-${index}`, spec, MANY_NS)));
    const ready = () => (JSON.parse(kubectl('-n', MANY_NS, 'get', 'storages', '-o', 'json')).items as any[]).filter(item => conditionOf(item, 'Ready')?.status === 'True').length;
    await eventually('all of them are ready', () => ready() === MANY, 4 * PATIENCE);
    const perObject = onTestCluster ? calls([OPERATOR], since).filter(call => call.resource !== 'leases').length / MANY : 0;
    const resident = metric('process_resident_memory_bytes') / 1024 / 1024;
    const driver = onTestCluster ? calls([DRIVER_NAMESPACE], since).filter(call => !['leases', 'csistoragecapacities'].includes(call.resource)).length / MANY : 0;
    console.log(`${MANY} Storages: ${perObject.toFixed(1)} API calls of the operator for each, ${resident.toFixed(0)} MiB resident; ${driver.toFixed(1)} calls of the driver`);
    expect(perObject).toBeLessThan(8);
    expect(resident).toBeLessThan(256);
    expect(driver).toBeLessThan(8);
    await remove(MANY_NS);
    await eventually('nothing of them is left on the disk', () => fresh('volumes').length === 0, 4 * PATIENCE);
  });
}
