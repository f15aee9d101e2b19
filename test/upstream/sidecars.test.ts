import { join } from 'path';
import { flagsOf } from './flags';
import { code, grantsOf, hasModule, sources } from './sources';
import { KubernetesVersion } from '../../src';
import { Feature } from '../../src/csi/features';
import { Grant } from '../../src/csi/rbac';
import { CONTROLLER_SIDECARS, LEADER_ELECTION } from '../../src/csi/sidecars';
import { CONTROLLER_GRANTS } from '../../src/snapshot/controller-grants';

// Holds the sidecar table against the sources of the very releases in it: permissions and flags. A new release that
// asks for more, or knows a flag no longer, fails here before it fails on a cluster.

jest.setTimeout(300_000);

/** Where each keeps its rules. */
const RBAC_FILE: Record<string, string> = {
  'csi-provisioner': 'deploy/kubernetes/rbac.yaml',
  'csi-attacher': 'deploy/kubernetes/rbac.yaml',
  'csi-resizer': 'deploy/kubernetes/rbac.yaml',
  'csi-snapshotter': 'deploy/kubernetes/csi-snapshotter/rbac-csi-snapshotter.yaml',
  'csi-snapshot-metadata': 'deploy/snapshot-metadata-cluster-role.yaml',
};

/** What we grant although the release's own file does not. */
const FORGOTTEN: Record<string, string> = {
  'storage.k8s.io/volumeattributesclasses get': 'csi-provisioner gets the class that a claim names (pkg/controller/controller.go)',
  'snapshot.storage.k8s.io/volumesnapshotclasses get': 'csi-snapshot-metadata gets the class of a snapshot for its Secret (snapshotter_secret.go)',
  'snapshot.storage.k8s.io/volumesnapshotclasses list': 'the same, where the snapshot names no class',
  '/events create': 'csi-attacher records its election (csi-lib-utils)',
  '/events patch': 'the same',
};

/** What is read by informers only, which list and watch: whoever gets one of them by name is granted it in the table. */
const INFORMED = [
  '/persistentvolumes', '/persistentvolumeclaims', '/nodes', 'storage.k8s.io/storageclasses', 'storage.k8s.io/csinodes', 'storage.k8s.io/volumeattachments',
  'storage.k8s.io/volumeattributesclasses', 'snapshot.storage.k8s.io/volumesnapshotclasses', 'groupsnapshot.storage.k8s.io/volumegroupsnapshotclasses',
];

/** What the file grants and we do not, by sidecar; `*` for all. */
const WITHHELD: Record<string, Record<string, string>> = {
  '*': {
    '/events list': 'the event recorder only creates and patches', '/events watch': 'the same', '/events update': 'the same',
    ...Object.fromEntries(INFORMED.map(resource => [`${resource} get`, 'informers list and watch'])),
    'coordination.k8s.io/leases watch': 'leader election gets, creates and updates', 'coordination.k8s.io/leases list': 'the same', 'coordination.k8s.io/leases delete': 'the same',
  },
  'csi-provisioner': {
    'snapshot.storage.k8s.io/volumesnapshotcontents list': 'the code only gets',
    'snapshot.storage.k8s.io/volumesnapshots list': 'v5.3.0 only gets',
    'storage.k8s.io/csistoragecapacities get': 'the informer lists and watches', 'storage.k8s.io/csistoragecapacities patch': 'the code creates, updates and deletes',
  },
  'csi-resizer': { '/pods get': 'only with --handle-volume-inuse-error', '/pods list': 'the same', '/pods watch': 'the same' },
  'csi-snapshotter': {
    'snapshot.storage.k8s.io/volumesnapshotcontents update': 'the code patches', 'groupsnapshot.storage.k8s.io/volumegroupsnapshotcontents update': 'the code patches',
  },
  'csi-snapshot-metadata': Object.fromEntries([
    ...['list', 'watch', 'create', 'update', 'patch', 'delete'].map(verb => [`cbt.storage.k8s.io/snapshotmetadataservices ${verb}`, 'the code gets its own']),
    ['authentication.k8s.io/tokenreviews get', 'a review is only created'], ['authorization.k8s.io/subjectaccessreviews get', 'a review is only created'],
    ['snapshot.storage.k8s.io/volumesnapshots list', 'the code only gets'], ['snapshot.storage.k8s.io/volumesnapshotcontents list', 'the code only gets'],
  ]),
};

const CONTROLLER_WITHHELD: Record<string, string> = {
  ...WITHHELD['*'],
  'snapshot.storage.k8s.io/volumesnapshotcontents update': 'the code patches',
  'snapshot.storage.k8s.io/volumesnapshotcontents get': 'informers list and watch',
  'groupsnapshot.storage.k8s.io/volumegroupsnapshotcontents get': 'informers list and watch',
  'groupsnapshot.storage.k8s.io/volumegroupsnapshotcontents update': 'the code patches',
  'groupsnapshot.storage.k8s.io/volumegroupsnapshotcontents/status patch': 'csi-snapshotter does',
  'groupsnapshot.storage.k8s.io/volumegroupsnapshots/status patch': 'the code updates',
};

const flat = (grants: readonly Grant<string>[]) => grants.flatMap(({ group, resource, verbs }) => verbs.map(verb => `${group}/${resource} ${verb}`));

const FEATURES: Feature[] = ['provision', 'attach', 'expand', 'modify', 'snapshot', 'groupSnapshot', 'clone', 'topology', 'capacity', 'health', 'changedBlocks'];

describe.each(CONTROLLER_SIDECARS.filter(row => hasModule(row.image)).map(row => [`${row.image} ${row.version}`, row] as const))('%s', (_, row) => {
  let folder: string;
  beforeAll(() => {
    folder = sources(row.image, row.version);
  });

  test('gets what its rbac.yaml says, but for what its code never asks', () => {
    const theirs = grantsOf(join(folder, RBAC_FILE[row.image]));
    const ours = new Set(flat([...row.grants, ...row.ownGrants ?? [], ...(row.elected ? LEADER_ELECTION : [])]));
    const withheld = { ...WITHHELD['*'], ...WITHHELD[row.image] };
    expect([...ours].filter(grant => !theirs.has(grant) && !(grant in FORGOTTEN))).toEqual([]);
    expect([...theirs].filter(grant => !ours.has(grant) && !(grant in withheld))).toEqual([]);
  });

  test('has the flags that are known of it, and no others', () => {
    expect([...new Set(row.knownFlags)].sort()).toEqual(flagsOf(folder, row.image));
  });

  test('knows every flag and gate that any platform and set of features gives it', () => {
    const text = code(folder);
    const sets = [new Set(FEATURES), ...FEATURES.map(feature => new Set([feature]))];
    const args = KubernetesVersion.all().flatMap(kubernetes => sets.flatMap(features => row.flags({ kubernetes, features, timeoutSeconds: 1, defaultFsType: 'ext4' })));
    const flags = [...args.map(argument => argument.slice(2).split('=')[0]), 'csi-address', 'http-endpoint', ...(row.elected ? ['leader-election'] : []), row.workersFlag ?? 'csi-address'];
    const gates = args.filter(argument => argument.startsWith('--feature-gates=')).flatMap(argument => argument.slice(16).split(',').map(gate => gate.split('=')[0]));
    const names = [...new Set([...flags, ...gates])].filter(name => name !== 'feature-gates' || gates.length === 0);
    // Flags that all of them share come from a library of theirs.
    const shared = ['csi-address', 'http-endpoint', 'leader-election'];
    expect(names.filter(name => !shared.includes(name) && !text.includes(`"${name}"`))).toEqual([]);
  });
});

test('the snapshot-controller gets what its file says, but for what its code never asks', () => {
  const folder = sources('snapshot-controller', 'v8.6.0');
  const theirs = grantsOf(join(folder, 'deploy/kubernetes/snapshot-controller/rbac-snapshot-controller.yaml'));
  const ours = new Set(flat([...CONTROLLER_GRANTS, ...LEADER_ELECTION]));
  expect([...ours].filter(grant => !theirs.has(grant))).toEqual([]);
  expect([...theirs].filter(grant => !ours.has(grant) && !(grant in CONTROLLER_WITHHELD))).toEqual([]);
});
