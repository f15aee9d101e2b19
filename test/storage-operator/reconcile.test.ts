import { claim, CONFIG, EARLIER, FAST, kinds, message, NOW, observed, reconcile, said, snapshot, storage, template, UID } from './support';
import { finalSnapshotName } from '../../examples/storage-operator/controller/deletion';
import type { VolumeSnapshot } from '../../examples/storage-operator/controller/kubernetes';
import { ANNOTATION, FINALIZER, FOR_PEOPLE, OURS } from '../../examples/storage-operator/controller/names';
import { cronJobName } from '../../examples/storage-operator/controller/schedule';
import { cut, no, statusPatch } from '../../examples/storage-operator/controller/status';
import type { Observed, Refusal } from '../../examples/storage-operator/controller/types';

const refusal = (code: number, reason: string, namespaceTerminating = false): Refusal => ({ code, reason, message: `no: ${reason}`, namespaceTerminating });
const WAIT: Partial<Observed> = { storageClass: { ...FAST, volumeBindingMode: 'WaitForFirstConsumer' } };
const SOURCE = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'before' };
const HAD_DATA = { claimName: 'data', volumeName: 'pv-1' };
const RESTORED = storage({ restoreFrom: { snapshotName: 'before' } });

describe('Ready', () => {
  test.each<[string, Partial<Observed>, string, string[], boolean]>([
    ['made', {}, 'Creating', ['createClaim'], false],
    ['made, and a pod decides where', WAIT, 'WaitingForFirstConsumer', ['createClaim'], false],
    ['of a class that is missing', { storageClass: undefined }, 'ClassNotFound', [], false],
    ['there, without a volume', { claim: claim({}, { phase: 'Pending' }) }, 'Creating', [], false],
    ['there, and a pod decides where', { ...WAIT, claim: claim({}, { phase: 'Pending' }) }, 'WaitingForFirstConsumer', [], false],
    ['there, and a pod has decided', { ...WAIT, claim: claim({}, { phase: 'Pending' }, { annotations: { [ANNOTATION.storageUid]: UID, 'volume.kubernetes.io/selected-node': 'n1' } }) }, 'Creating', [], false],
    ['there, of a class that is missing', { storageClass: undefined, claim: claim({}, { phase: 'Pending' }) }, 'ClassNotFound', [], false],
    ['bound', { claim: claim() }, 'Bound', [], false],
    ['bound, of a class that is gone', { storageClass: undefined, claim: claim() }, 'Bound', [], false],
    ['lost', { claim: claim({}, { phase: 'Lost' }) }, 'Lost', [], false],
    ['being deleted', { claim: claim({}, {}, { deletionTimestamp: NOW }) }, 'ClaimDeleting', [], false],
    ['of a former Storage', { claim: claim({}, {}, { annotations: { [ANNOTATION.storageUid]: 'former' } }) }, 'Bound', ['adoptClaim'], false],
    ['handed over by its label', { claim: claim({}, {}, { annotations: undefined }) }, 'Bound', ['adoptClaim'], false],
    ['of a former Storage, and being deleted', { claim: claim({}, {}, { annotations: {}, deletionTimestamp: NOW }) }, 'ClaimDeleting', [], false],
    ['of a former Storage with another class', { claim: claim({ storageClassName: 'slow' }, {}, { annotations: {} }) }, 'ClaimConflict', [], false],
    ['of a former Storage with other access', { claim: claim({ accessModes: ['ReadWriteMany'] }, {}, { annotations: {} }) }, 'ClaimConflict', [], false],
    ['of a former Storage with other data', { storage: RESTORED, claim: claim({}, {}, { annotations: {} }) }, 'ClaimConflict', [], false],
    ['of a former Storage with the same data', { storage: RESTORED, claim: claim({ dataSource: SOURCE }, {}, { annotations: {} }) }, 'Bound', ['adoptClaim'], false],
    ['of a former Storage with data of another kind', { storage: RESTORED, claim: claim({ dataSource: { kind: 'PersistentVolumeClaim', name: 'before' } }, {}, { annotations: {} }) }, 'ClaimConflict', [], false],
    ['of a former Storage with data of another group', { storage: RESTORED, claim: claim({ dataSource: { ...SOURCE, apiGroup: 'example.com' } }, {}, { annotations: {} }) }, 'ClaimConflict', [], false],
    ['of a former Storage without a file system', { claim: claim({ volumeMode: 'Block' }, {}, { annotations: {} }) }, 'ClaimConflict', [], false],
    ['of a former Storage with a file system', { claim: claim({ volumeMode: 'Filesystem' }, {}, { annotations: {} }) }, 'Bound', ['adoptClaim'], false],
    ['gone with its data', { storage: storage({}, {}, HAD_DATA) }, 'ClaimGone', [], false],
    ['gone with its data, of a class that is gone', { storage: storage({}, {}, HAD_DATA), storageClass: undefined }, 'ClaimGone', [], false],
    ['gone before it had any', { storage: storage({}, {}, { claimName: 'data' }) }, 'Creating', ['createClaim'], false],
    ['put in the place of one that is gone', { storage: storage({}, {}, HAD_DATA), claim: claim({ volumeName: 'pv-2' }, {}, { annotations: {} }) }, 'Bound', ['adoptClaim'], false],
    ['of somebody else', { refused: { createClaim: refusal(409, 'AlreadyExists') } }, 'ClaimConflict', [], true],
    ['beyond a quota', { refused: { createClaim: refusal(403, 'Forbidden') } }, 'ClaimRefused', [], true],
    ['in a namespace that is being deleted', { refused: { createClaim: refusal(403, 'Forbidden', true) } }, 'NamespaceTerminating', [], true],
    ['from a snapshot that is missing', { storage: RESTORED, restoreSource: null }, 'SnapshotNotFound', [], true],
    ['from a snapshot that is not ready', { storage: RESTORED, restoreSource: snapshot({ readyToUse: false, error: { message: 'disk full' } }) }, 'SnapshotNotReady', [], true],
    ['from a snapshot that is being deleted', { storage: RESTORED, restoreSource: snapshot({ readyToUse: true }, { deletionTimestamp: NOW }) }, 'SnapshotNotReady', [], true],
    ['from a snapshot that is too large', { storage: RESTORED, restoreSource: snapshot({ readyToUse: true, restoreSize: '10241Mi' }) }, 'SnapshotTooLarge', [], true],
    ['from a snapshot that just fits', { storage: RESTORED, restoreSource: snapshot({ readyToUse: true, restoreSize: '10240Mi' }) }, 'Creating', ['createClaim'], false],
    ['from a snapshot that says no size', { storage: RESTORED, restoreSource: snapshot({ readyToUse: true }) }, 'Creating', ['createClaim'], false],
  ])('a claim that is %s', (_, changes, reason, actions, retry) => {
    const outcome = reconcile(observed(changes));
    expect(said(outcome)[0]).toBe(`Ready=${reason === 'Bound' ? 'True' : 'False'} ${reason}`);
    expect(kinds(outcome)).toEqual(actions);
    expect(outcome.retry).toBe(retry);
  });

  test('the claim is what the Storage asks for, and nobody owns it', () => {
    const { actions: [action] } = reconcile(observed({ storage: RESTORED, restoreSource: snapshot({ readyToUse: true }) }));
    expect(action).toEqual({
      kind: 'createClaim',
      claim: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data', namespace: 'shop', labels: { ...OURS, ...FOR_PEOPLE }, annotations: { [ANNOTATION.storageUid]: UID } },
        spec: {
          storageClassName: 'fast',
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '10Gi' } },
          dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'before' },
        },
      },
    });
  });

  test('a conflict says how to end it', () => {
    expect(message(reconcile(observed({ refused: { createClaim: refusal(409, 'AlreadyExists') } })), 'Ready')).toContain(
      'kubectl label persistentvolumeclaim data --namespace shop --overwrite storage.example.com/managed-by=storage-operator');
    expect(message(reconcile(observed({ claim: claim({ storageClassName: 'slow' }, {}, { annotations: {} }) })), 'Ready')).toContain('class slow, not fast');
  });

  test('what was, is known when the claim is gone, and said', () => {
    const gone = reconcile(observed({ storage: storage({}, {}, { ...HAD_DATA, capacity: '10Gi' }) }));
    expect(gone.status).toMatchObject(HAD_DATA);
    expect(gone.status!.capacity).toBeUndefined();
    expect(message(gone, 'Ready')).toContain('pv-1');
    expect(message(gone, 'Ready')).toContain('storage.example.com/managed-by=storage-operator');
    const going = reconcile(observed({ claim: claim({}, {}, { deletionTimestamp: NOW }) }));
    expect(going.status!.volumeName).toBe('pv-1');
    expect(message(going, 'Ready')).toContain('none is made in its place');
    expect(reconcile(observed({ storage: storage({}, {}, HAD_DATA), claim: claim({ volumeName: 'pv-2' }, {}, { annotations: {} }) })).status!.volumeName).toBe('pv-2');
  });

  test('a conflict does not ask for the data to be deleted first', () => {
    expect(message(reconcile(observed({ claim: claim({ storageClassName: 'slow' }, {}, { annotations: {} }) })), 'Ready')).toMatch(/give this Storage another name.*Deleting the claim deletes its data/);
  });

  test('a snapshot that is too large is said with both sizes', () => {
    const text = message(reconcile(observed({ storage: RESTORED, restoreSource: snapshot({ readyToUse: true, restoreSize: '20Gi' }) })), 'Ready');
    expect(text).toContain('20Gi');
    expect(text).toContain('10Gi');
  });

  test('access modes are a set', () => {
    const modes = ['ReadWriteMany', 'ReadOnlyMany'];
    expect(kinds(reconcile(observed({ storage: storage({ accessModes: modes }), claim: claim({ accessModes: [...modes].reverse() }, {}, { annotations: {} }) })))).toEqual(['adoptClaim']);
  });

  test('the finalizer is there before anything is made, and those of others stay', () => {
    const { actions } = reconcile(observed({ storage: storage({}, { finalizers: ['other'] }) }));
    expect(actions.map(({ kind }) => kind)).toEqual(['setFinalizers', 'createClaim']);
    expect(actions[0]).toEqual({ kind: 'setFinalizers', finalizers: ['other', FINALIZER] });
  });
});

describe('Resized', () => {
  const asks = (size: string, request: string, status: Parameters<typeof claim>[1] = {}, changes: Partial<Observed> = {}) =>
    observed({ storage: storage({ size }), claim: claim({ resources: { requests: { storage: request } } }, { capacity: { storage: request }, ...status }), ...changes });
  const resizing = (storageStatus: string) => ({ capacity: { storage: '5Gi' }, allocatedResourceStatuses: { storage: storageStatus } });

  test.each<[string, Observed, string, string[], boolean]>([
    ['as large as asked for', asks('10Gi', '10Gi'), 'AtSize', [], false],
    ['as large, written otherwise', asks('10Gi', '10240Mi'), 'AtSize', [], false],
    ['larger than asked for, by its provisioner', asks('10Gi', '10Gi', { capacity: { storage: '16Gi' } }), 'AtSize', [], false],
    ['to grow', asks('11Gi', '10Gi'), 'Expanding', ['growClaim'], false],
    ['to grow by a byte', asks('10737418241', '10Gi'), 'Expanding', ['growClaim'], false],
    ['to shrink', asks('9Gi', '10Gi'), 'ShrinkRefused', [], false],
    ['to shrink by a byte', asks('10737418239', '10Gi'), 'ShrinkRefused', [], false],
    ['to grow, against its class', asks('11Gi', '10Gi', {}, { storageClass: { ...FAST, allowVolumeExpansion: false } }), 'ExpansionNotAllowed', [], false],
    ['to grow, without its class', asks('11Gi', '10Gi', {}, { storageClass: undefined }), 'ExpansionNotAllowed', [], false],
    ['to grow, when it is bound', asks('11Gi', '10Gi', { phase: 'Pending', capacity: undefined }), 'Expanding', [], false],
    ['to grow beyond a quota', asks('11Gi', '10Gi', {}, { refused: { growClaim: refusal(403, 'Forbidden') } }), 'ExpansionFailed', [], true],
    ['growing', asks('10Gi', '10Gi', { capacity: { storage: '5Gi' } }), 'Expanding', [], false],
    ['growing at the driver', asks('10Gi', '10Gi', resizing('ControllerResizeInProgress')), 'Expanding', [], false],
    ['growing, and a node has to', asks('10Gi', '10Gi', { capacity: { storage: '5Gi' }, conditions: [{ type: 'FileSystemResizePending', status: 'True' }] }), 'NodeExpansionPending', [], false],
    ['growing, and no node has to any more', asks('10Gi', '10Gi', { conditions: [{ type: 'FileSystemResizePending', status: 'False' }] }), 'AtSize', [], false],
    ['growing on a node', asks('10Gi', '10Gi', resizing('NodeResizePending')), 'NodeExpansionPending', [], false],
    ['not able to grow', asks('10Gi', '10Gi', resizing('ControllerResizeInfeasible')), 'ExpansionFailed', [], false],
    ['not able to grow on its node', asks('10Gi', '10Gi', resizing('NodeResizeInfeasible')), 'ExpansionFailed', [], false],
  ])('a volume that is %s', (_, input, reason, actions, retry) => {
    const outcome = reconcile(input);
    expect(said(outcome)).toContain(`Resized=${reason === 'AtSize' ? 'True' : 'False'} ${reason}`);
    expect(kinds(outcome)).toEqual(actions);
    expect(outcome.retry).toBe(retry);
    // It can be used all the time.
    expect(said(outcome)[0]).toBe(input.claim!.status!.phase === 'Bound' ? 'Ready=True Bound' : 'Ready=False Creating');
  });

  test('says both sizes', () => {
    const text = message(reconcile(asks('9Gi', '10Gi')), 'Resized');
    expect(text).toContain('9Gi');
    expect(text).toContain('10Gi');
  });

  test('says how to take back what cannot be done', () => {
    const infeasible = resizing('ControllerResizeInfeasible');
    expect(message(reconcile(asks('9Gi', '10Gi', infeasible)), 'Resized')).toContain(
      'kubectl patch persistentvolumeclaim data --namespace shop --type merge --patch \'{"spec":{"resources":{"requests":{"storage":"9Gi"}}}}\'');
    expect(message(reconcile(asks('5Gi', '10Gi', infeasible)), 'Resized')).toMatch(/not grow beyond 5Gi/);
    expect(message(reconcile(asks('9Gi', '10Gi')), 'Resized')).not.toContain('kubectl');
  });

  test('says what the driver said', () => {
    const failed = { ...resizing('ControllerResizeInfeasible'), conditions: [{ type: 'ControllerResizeError', status: 'True', message: 'the pool is full' }] };
    expect(message(reconcile(asks('10Gi', '10Gi', failed)), 'Resized')).toContain('the pool is full');
  });

  test('a claim that is taken over grows in the same run', () => {
    const former = claim({ resources: { requests: { storage: '5Gi' } } }, {}, { annotations: {} });
    expect(kinds(reconcile(observed({ claim: former })))).toEqual(['adoptClaim', 'growClaim']);
  });
});

describe('SnapshotsScheduled', () => {
  const scheduled = storage({ snapshotPolicy: 'nightly' });
  const asks = (changes: Partial<Observed> = {}) => observed({ storage: scheduled, claim: claim(), template: template(), runner: { config: CONFIG }, ...changes });
  const written = (changes: Partial<Observed> = {}) => {
    const action = reconcile(asks(changes)).actions.find(({ kind }) => kind === 'createCronJob');
    return { ...(action as { cronJob: any }).cronJob, metadata: { ...(action as { cronJob: any }).cronJob.metadata, uid: 'cron-uid', resourceVersion: '40' } };
  };

  const edited = (spec: object) => ({ ...written(), spec: { ...written().spec, ...spec } });

  test('the CronJob is the template, awake, with a configuration of its own for that claim alone', () => {
    const { metadata, spec } = written();
    const name = cronJobName(scheduled);
    expect(name).toMatch(/^storage-[0-9a-f]{32}$/);
    expect(metadata).toMatchObject({ name, namespace: 'operator', labels: OURS, annotations: { [ANNOTATION.storage]: 'shop/data', [ANNOTATION.storageUid]: UID } });
    expect(metadata.ownerReferences).toBeUndefined();
    expect(spec).toMatchObject({ schedule: '0 3 * * *', timeZone: 'Etc/UTC', suspend: false });
    const pod = spec.jobTemplate.spec.template;
    expect(pod.metadata.annotations['cdk8s-storage/content-hash']).toBe('abc');
    expect(JSON.parse(pod.metadata.annotations[ANNOTATION.policy])).toEqual({
      policy: name, namespaces: ['shop'], claims: { labels: OURS, names: [{ namespace: 'shop', name: 'data' }] }, classes: { only: 'snap' }, retention: { last: 7 },
    });
    expect(pod.spec.volumes).toEqual([{
      name: 'policy',
      projected: {
        sources: [
          { configMap: { name: 'snapshots-nightly', items: [{ key: 'snapshot-runner.js', path: 'snapshot-runner.js' }] } },
          { downwardAPI: { items: [{ path: 'policy.json', fieldRef: { fieldPath: "metadata.annotations['storage.example.com/policy.json']" } }] } },
        ],
      },
    }, { name: 'other' }]);
  });

  test('a Storage of the same name that comes later has another', () => {
    expect(cronJobName(storage({}, { uid: 'another' }))).not.toBe(cronJobName(storage()));
  });

  test.each<[string, Partial<Observed>, string | undefined, string[], boolean]>([
    ['asked for', {}, 'Scheduled', ['createCronJob'], false],
    ['there', { cronJobs: [written()], runner: undefined }, 'Scheduled', [], false],
    ['of a template that changed', { cronJobs: [written()], template: template({ schedule: '0 4 * * *' }) }, 'Scheduled', ['replaceCronJob'], false],
    ['not asked for any more', { storage: storage(), cronJobs: [written()] }, undefined, ['deleteCronJob'], false],
    ['not asked for', { storage: storage() }, undefined, [], false],
    ['of a policy that is missing', { template: undefined }, 'PolicyNotFound', [], false],
    ['of a policy that is gone', { template: undefined, cronJobs: [written()] }, 'PolicyNotFound', ['deleteCronJob'], false],
    ['of something else than a policy', { template: template({ jobTemplate: { spec: { template: { spec: { volumes: [] } } } } }) }, 'PolicyNotFound', [], false],
    ['of a policy that cannot be read', { runner: { problem: no('PolicyNotRead', 'no') } }, 'PolicyNotRead', [], true],
    ['of a policy that cannot be read, and is there', { runner: { problem: no('PolicyNotRead', 'no') }, cronJobs: [written()], template: template({ schedule: '0 4 * * *' }) }, 'PolicyNotRead', [], true],
    ['of a policy for groups', { runner: { config: { ...CONFIG, group: { snapshotClass: 'groups' } } } }, 'PolicyNotUsable', [], false],
    ['of a policy for other namespaces', { runner: { config: { ...CONFIG, namespaces: ['operator'] } } }, 'PolicyNotUsable', [], false],
    ['of a policy for this namespace and others', { runner: { config: { ...CONFIG, namespaces: ['operator', 'shop'] } } }, 'Scheduled', ['createCronJob'], false],
    ['of a policy that is for other namespaces now', { runner: { config: { ...CONFIG, namespaces: [] } }, cronJobs: [written()], template: template({ schedule: '0 4 * * *' }) }, 'PolicyNotUsable', ['deleteCronJob'], false],
    ['suspended by somebody', { cronJobs: [edited({ suspend: true })] }, 'Scheduled', ['replaceCronJob'], false],
    ['moved by somebody', { cronJobs: [edited({ schedule: '0 5 * * *' })] }, 'Scheduled', ['replaceCronJob'], false],
    ['in another time zone by somebody', { cronJobs: [edited({ timeZone: undefined })] }, 'Scheduled', ['replaceCronJob'], false],
    ['there, of a claim that is gone', { claim: undefined, storage: storage({ snapshotPolicy: 'nightly' }, {}, { volumeName: 'pv-1' }), cronJobs: [written()] }, 'WaitingForClaim', ['deleteCronJob'], false],
    ['there, of a claim that is being deleted', { claim: claim({}, {}, { deletionTimestamp: NOW }), cronJobs: [written()] }, 'WaitingForClaim', ['deleteCronJob'], false],
    ['there, of a claim that is lost', { claim: claim({}, { phase: 'Lost' }), cronJobs: [written()] }, 'WaitingForClaim', ['deleteCronJob'], false],
    ['asked for, of a claim that is not bound', { claim: claim({}, { phase: 'Pending' }) }, 'WaitingForClaim', [], false],
    ['asked for, of a claim of a former Storage that is another', { claim: claim({ storageClassName: 'slow' }, {}, { annotations: {} }) }, 'WaitingForClaim', [], false],
    ['refused', { refused: { createCronJob: refusal(403, 'Forbidden') } }, 'ScheduleRefused', [], true],
    ['of a former Storage', { cronJobs: [{ ...written(), metadata: { name: 'storage-former' } }] }, 'Scheduled', ['deleteCronJob', 'createCronJob'], false],
    ['of a former Storage, and being deleted', { cronJobs: [{ ...written(), metadata: { name: 'storage-former', deletionTimestamp: NOW } }] }, 'Scheduled', ['createCronJob'], false],
  ])('a CronJob that is %s', (_, changes, reason, actions, retry) => {
    const outcome = reconcile(asks(changes));
    expect(said(outcome).find(each => each.startsWith('Snapshots'))).toBe(reason && `SnapshotsScheduled=${reason === 'Scheduled' ? 'True' : 'False'} ${reason}`);
    expect(kinds(outcome)).toEqual(actions);
    expect(outcome.retry).toBe(retry);
  });

  test('when the last snapshot was taken is known, also after its CronJob is gone', () => {
    expect(reconcile(asks({ cronJobs: [{ ...written(), status: { lastSuccessfulTime: EARLIER } }] })).status!.lastSnapshotTime).toBe(EARLIER);
    expect(reconcile(observed({ storage: storage({}, {}, { lastSnapshotTime: EARLIER }), claim: claim() })).status!.lastSnapshotTime).toBe(EARLIER);
  });

  test('what a Storage left that is gone is deleted', () => {
    expect(kinds(reconcile(observed({ storage: undefined, claim: claim(), cronJobs: [written()] })))).toEqual(['deleteCronJob']);
  });
});

describe('deletion', () => {
  const deleted = (deletionPolicy?: 'Retain' | 'Delete' | 'SnapshotThenDelete', spec = {}) => storage({ deletionPolicy, ...spec }, { deletionTimestamp: NOW });
  const READY = snapshot({ readyToUse: true });
  const cronJob = { metadata: { name: 'storage-x', uid: 'x' }, spec: template().spec };

  test.each<[string, Partial<Observed>, string, string[], boolean]>([
    ['Retain', { storage: deleted('Retain'), claim: claim() }, 'note Retained', ['setFinalizers'], false],
    ['no policy', { storage: deleted(undefined), claim: claim() }, 'note Retained', ['setFinalizers'], false],
    ['Retain, with a CronJob', { storage: deleted('Retain'), claim: claim(), cronJobs: [cronJob] }, 'note Retained', ['deleteCronJob', 'setFinalizers'], false],
    ['Retain, while the claim goes already', { storage: deleted('Retain'), claim: claim({}, {}, { deletionTimestamp: NOW }) }, 'note Retained', ['setFinalizers'], false],
    ['Delete', { storage: deleted('Delete'), claim: claim() }, 'Deleting', ['deleteClaim'], false],
    ['Delete, with a CronJob', { storage: deleted('Delete'), claim: claim(), cronJobs: [cronJob] }, 'Deleting', ['deleteCronJob', 'deleteClaim'], false],
    ['Delete, while the claim goes', { storage: deleted('Delete'), claim: claim({}, {}, { deletionTimestamp: NOW }) }, 'Deleting', [], false],
    ['Delete, when the claim is gone', { storage: deleted('Delete') }, 'note Deleted', ['assertNoClaim', 'setFinalizers'], false],
    ['Delete, of a claim that never was bound', { storage: deleted('Delete'), claim: claim({}, { phase: 'Pending' }) }, 'Deleting', ['deleteClaim'], false],
    ['Delete, of a claim that was not taken over', { storage: deleted('Delete'), claim: claim({}, {}, { annotations: { [ANNOTATION.storageUid]: 'former' } }) }, 'note ClaimLeft', ['assertNoClaim', 'setFinalizers'], false],
    ['a snapshot', { storage: deleted('SnapshotThenDelete'), claim: claim() }, 'TakingFinalSnapshot', ['createSnapshot'], false],
    ['a snapshot that is taken', { storage: deleted('SnapshotThenDelete'), claim: claim(), finalSnapshot: snapshot() }, 'TakingFinalSnapshot', [], false],
    ['a snapshot that fails', { storage: deleted('SnapshotThenDelete'), claim: claim(), finalSnapshot: snapshot({ readyToUse: false, error: { message: 'no' } }) }, 'FinalSnapshotFailed', [], false],
    ['a snapshot that is refused', { storage: deleted('SnapshotThenDelete'), claim: claim(), refused: { createSnapshot: refusal(403, 'Forbidden') } }, 'FinalSnapshotFailed', [], true],
    ['a snapshot that is ready', { storage: deleted('SnapshotThenDelete'), claim: claim(), finalSnapshot: READY }, 'Deleting', ['deleteClaim'], false],
    ['a snapshot that somebody deletes', { storage: deleted('SnapshotThenDelete'), claim: claim(), finalSnapshot: snapshot({ readyToUse: true }, { deletionTimestamp: NOW }) }, 'TakingFinalSnapshot', [], false],
    ['a snapshot, of a claim that never was bound', { storage: deleted('SnapshotThenDelete'), claim: claim({}, { phase: 'Pending' }) }, 'Deleting', ['deleteClaim'], false],
    ['a snapshot, of a claim that is lost', { storage: deleted('SnapshotThenDelete'), claim: claim({}, { phase: 'Lost' }) }, 'Deleting', ['deleteClaim'], false],
    ['a snapshot, of a claim that is not there', { storage: deleted('SnapshotThenDelete') }, 'note Deleted', ['assertNoClaim', 'setFinalizers'], false],
    ['a snapshot, while the claim goes', { storage: deleted('SnapshotThenDelete'), claim: claim({}, {}, { deletionTimestamp: NOW }) }, 'Deleting', [], false],
    ['a snapshot, where the namespace goes', { storage: deleted('SnapshotThenDelete'), claim: claim(), refused: { createSnapshot: refusal(403, 'Forbidden', true) } }, 'note NamespaceTerminating', ['setFinalizers'], false],
    ['a snapshot of another claim', { storage: deleted('SnapshotThenDelete'), claim: claim({}, {}, { uid: 'other' }), finalSnapshot: READY }, 'FinalSnapshotFailed', [], false],
    ['a snapshot that says of no claim', { storage: deleted('SnapshotThenDelete'), claim: claim(), finalSnapshot: snapshot({ readyToUse: true }, { annotations: { [ANNOTATION.storageUid]: UID } }) }, 'FinalSnapshotFailed', [], false],
    ['a snapshot, of a kind that is not there', { storage: deleted('SnapshotThenDelete'), claim: claim(), refused: { createSnapshot: refusal(404, '') } }, 'FinalSnapshotFailed', [], true],
    ['Retain, after a snapshot was begun', { storage: deleted('Retain'), claim: claim(), finalSnapshot: snapshot() }, 'note Retained', ['setFinalizers'], false],
  ])('by %s', (_, changes, reason, actions, retry) => {
    const outcome = reconcile(observed(changes));
    expect(outcome.status ? said(outcome) : outcome.notes.map(note => `note ${note.reason}`)).toEqual([outcome.status ? `Ready=False ${reason}` : reason]);
    expect(kinds(outcome)).toEqual(actions);
    expect(outcome.retry).toBe(retry);
  });

  test('the last snapshot is of the class that was asked for, or of the default one', () => {
    const made = (spec: object) => (reconcile(observed({ storage: deleted('SnapshotThenDelete', spec), claim: claim() })).actions[0] as any).snapshot;
    expect(made({ snapshotClassName: 'cold' })).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: { name: 'data-final-11111111', namespace: 'shop', labels: OURS, annotations: { [ANNOTATION.storageUid]: UID, [ANNOTATION.claimUid]: 'claim-uid' } },
      spec: { volumeSnapshotClassName: 'cold', source: { persistentVolumeClaimName: 'data' } },
    });
    expect(made({}).spec).toEqual({ source: { persistentVolumeClaimName: 'data' } });
  });

  test('how to go on is said where there is no last snapshot', () => {
    const text = (changes: Partial<Observed>) => message(reconcile(observed({ claim: claim(), ...changes })), 'Ready');
    const failed = (spec: VolumeSnapshot['spec'] = {}) => ({ ...snapshot({ readyToUse: false, error: { message: 'no class' } }), spec });
    const asked = deleted('SnapshotThenDelete', { snapshotClassName: 'cold' });
    expect(text({ storage: deleted('SnapshotThenDelete'), finalSnapshot: failed() })).toMatch(/no class\. Set spec\.snapshotClassName .* delete VolumeSnapshot data-final-11111111 .* or set spec\.deletionPolicy to Retain/);
    expect(text({ storage: asked, finalSnapshot: failed() })).toContain('it is of no class, and spec.snapshotClassName is cold now');
    expect(text({ storage: asked, finalSnapshot: failed({ volumeSnapshotClassName: 'warm' }) })).toContain('it is of class warm, and');
    expect(text({ storage: asked, finalSnapshot: failed({ volumeSnapshotClassName: 'cold' }) })).not.toContain('it is of');
    expect(text({ storage: asked, finalSnapshot: { ...snapshot(), spec: { volumeSnapshotClassName: 'warm' } } })).toContain('it is of class warm, and');
    expect(text({ storage: asked, refused: { createSnapshot: refusal(404, '') } })).toMatch(/no such kind.*Retain/);
    expect(text({ storage: asked, refused: { createSnapshot: refusal(403, 'Forbidden') } })).toMatch(/no: Forbidden.*Retain/);
    expect(text({ storage: asked, claim: claim({}, {}, { uid: 'other' }), finalSnapshot: READY })).toMatch(/of another claim.*Retain/);
  });

  test('until when the last snapshot has what was written is said, and the same while the claim goes', () => {
    const finalSnapshot = snapshot({ readyToUse: true, creationTime: EARLIER });
    const says = (metadata: object) => message(reconcile(observed({ storage: deleted('SnapshotThenDelete'), claim: claim({}, {}, metadata), finalSnapshot })), 'Ready');
    expect(says({})).toContain(`VolumeSnapshot data-final-11111111 has what was written until ${EARLIER}; what is written since then is in no snapshot`);
    expect(says({ deletionTimestamp: NOW })).toBe(says({}));
    expect(message(reconcile(observed({ storage: deleted('Delete'), claim: claim(), finalSnapshot })), 'Ready')).not.toContain('VolumeSnapshot');
  });

  test('the claim is deleted by the snapshot that it was decided by', () => {
    const [action] = reconcile(observed({ storage: deleted('SnapshotThenDelete'), claim: claim(), finalSnapshot: READY })).actions;
    expect(action).toEqual({ kind: 'deleteClaim', claim: claim(), snapshotName: 'data-final-11111111' });
    expect(reconcile(observed({ storage: deleted('Delete'), claim: claim(), finalSnapshot: READY })).actions).toEqual([{ kind: 'deleteClaim', claim: claim() }]);
  });

  test('its name ends as a name may', () => {
    expect(finalSnapshotName(storage({}, { name: `${'x'.repeat(236)}.-yy` }))).toBe(`${'x'.repeat(236)}-final-11111111`);
  });

  test('its name is in the status, and is no longer than a name may be', () => {
    expect(reconcile(observed({ storage: deleted('SnapshotThenDelete'), claim: claim(), finalSnapshot: READY })).status!.finalSnapshotName).toBe('data-final-11111111');
    const long = storage({ deletionPolicy: 'SnapshotThenDelete' }, { name: 'x'.repeat(253), deletionTimestamp: NOW });
    expect((reconcile(observed({ storage: long, claim: claim() })).actions[0] as any).snapshot.metadata.name).toHaveLength(253);
  });

  test('finalizers of others stay, and without ours there is nothing to do', () => {
    const { actions } = reconcile(observed({ storage: storage({}, { deletionTimestamp: NOW, finalizers: ['other', FINALIZER] }) }));
    expect(actions).toEqual([{ kind: 'setFinalizers', finalizers: ['other'] }]);
    expect(reconcile(observed({ storage: storage({}, { deletionTimestamp: NOW, finalizers: ['other'] }) }))).toEqual({ actions: [], notes: [], retry: false });
  });
});

describe('status', () => {
  const bound = () => reconcile(observed({ claim: claim() }));

  test('says what the claim has', () => {
    expect(bound().status).toEqual({
      observedGeneration: 3,
      conditions: [
        { type: 'Ready', status: 'True', reason: 'Bound', message: 'claim data has volume pv-1', lastTransitionTime: NOW, observedGeneration: 3 },
        { type: 'Resized', status: 'True', reason: 'AtSize', message: 'the volume has 10Gi', lastTransitionTime: NOW, observedGeneration: 3 },
      ],
      claimName: 'data',
      capacity: '10Gi',
      volumeName: 'pv-1',
    });
  });

  test('the same again is no patch and no note', () => {
    const { status } = bound();
    const again = reconcile(observed({ now: '2026-11-26T11:00:00Z', storage: storage({}, {}, status), claim: claim() }));
    expect(statusPatch(status, again.status!)).toBeUndefined();
    expect(again.notes).toEqual([]);
  });

  test('a claim that was just made says the same as one that waits: one patch for both', () => {
    const { status } = reconcile(observed());
    expect(statusPatch(status, reconcile(observed({ storage: storage({}, {}, status), claim: claim({}, { phase: 'Pending', capacity: undefined }) })).status!)).toBeUndefined();
  });

  test('a condition keeps its time as long as its status is the same, whatever its reason', () => {
    const before = { conditions: [{ type: 'Ready', status: 'False', reason: 'ClassNotFound', message: 'x', lastTransitionTime: EARLIER }] };
    const { status } = reconcile(observed({ storage: storage({}, {}, before) }));
    expect(status!.conditions![0]).toMatchObject({ reason: 'Creating', lastTransitionTime: EARLIER });
  });

  test('a note comes with each new reason, and not with what is well from the start', () => {
    expect(reconcile(observed()).notes.map(({ type, reason }) => `${type} ${reason}`)).toEqual(['Normal Creating']);
    expect(bound().notes.map(({ type, reason }) => `${type} ${reason}`)).toEqual(['Normal Bound']);
    expect(reconcile(observed({ storage: storage({ size: '5Gi' }, {}, bound().status), claim: claim() })).notes.map(({ type, reason }) => `${type} ${reason}`)).toEqual(['Warning ShrinkRefused']);
  });

  test('a message is no longer than the definition lets it be, in whole characters', () => {
    const long = reconcile(observed({ refused: { createClaim: { ...refusal(403, 'Forbidden'), message: 'ö'.repeat(40_000) } } }));
    expect(Buffer.byteLength(message(long, 'Ready'))).toBeLessThanOrEqual(32_768);
    expect([cut('aö', 3), cut('aö', 2), cut('a😀', 4), cut('abc', 3)]).toEqual(['aö', 'a', 'a', 'abc']);
  });

  test('what is no longer said is taken away', () => {
    const { status } = bound();
    const lost = reconcile(observed({ storage: storage({}, {}, status), claim: claim({}, { phase: 'Lost' }) }));
    expect(statusPatch(status, lost.status!)).toEqual({ capacity: null, conditions: lost.status!.conditions });
  });
});
