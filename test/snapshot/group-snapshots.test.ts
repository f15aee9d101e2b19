import {
  CsiDriver, Distribution, Findings, SecretReference, SnapshotController, SnapshotControllerProps, SnapshotDeletionPolicy, VolumeGroupSnapshotClass, VolumeGroupSnapshotClassProps,
} from '../../src';
import { CONTROLLER_GRANTS } from '../../src/snapshot/controller-grants';
import { all, code, codes, containerOf, one, testChart, thrown, uncheckedCodes, yaml } from '../support';

const CAPABLE = CsiDriver.fromDriverName('csi.example.com', {
  capabilities: { snapshot: true, groupSnapshot: true }, controllerServiceAccount: { name: 'controller', namespace: 'csi' },
});

function groupClass(props: Partial<VolumeGroupSnapshotClassProps> = {}) {
  const chart = testChart();
  SnapshotController.existing(chart, { groupSnapshots: true });
  new VolumeGroupSnapshotClass(chart, 'Class', { name: 'daily', driver: CAPABLE, ...props });
  return chart;
}

function controller(props: SnapshotControllerProps = { groupSnapshots: true, installCrds: false }) {
  const chart = testChart();
  new SnapshotController(chart, 'Controller', props);
  return chart;
}

describe('VolumeGroupSnapshotClass', () => {
  test('says no more than it must, because it cannot be changed later', () => {
    expect(one(groupClass(), 'VolumeGroupSnapshotClass')).toEqual({
      apiVersion: 'groupsnapshot.storage.k8s.io/v1', kind: 'VolumeGroupSnapshotClass', metadata: { name: 'daily' }, driver: 'csi.example.com', deletionPolicy: 'Delete',
    });
  });

  test('keeps the driver\'s parameters and the policy', () => {
    expect(one(groupClass({ parameters: { pool: 'backup' }, deletionPolicy: SnapshotDeletionPolicy.RETAIN }), 'VolumeGroupSnapshotClass'))
      .toMatchObject({ parameters: { pool: 'backup' }, deletionPolicy: 'Retain' });
  });

  test('is the default by a mark of its own', () => {
    expect(one(groupClass({ isDefault: true }), 'VolumeGroupSnapshotClass').metadata.annotations).toEqual({ 'groupsnapshot.storage.kubernetes.io/is-default-class': 'true' });
  });

  test('names its Secrets by the keys of csi-snapshotter, and grants them to the driver\'s controller', () => {
    const chart = groupClass({ secrets: { groupSnapshotter: SecretReference.fromName('ceph', 'storage'), groupSnapshotterGet: SecretReference.fromName('ceph-read', 'storage') } });
    expect(one(chart, 'VolumeGroupSnapshotClass').parameters).toEqual({
      'csi.storage.k8s.io/group-snapshotter-secret-name': 'ceph',
      'csi.storage.k8s.io/group-snapshotter-secret-namespace': 'storage',
      'csi.storage.k8s.io/group-snapshotter-get-secret-name': 'ceph-read',
      'csi.storage.k8s.io/group-snapshotter-get-secret-namespace': 'storage',
    });
    expect(one(chart, 'Role')).toMatchObject({
      metadata: { name: 'volumegroupsnapshotclass-daily-secrets', namespace: 'storage' },
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['ceph', 'ceph-read'], verbs: ['get'] }],
    });
    expect(one(chart, 'RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: 'controller', namespace: 'csi' }]);
  });

  test('a Secret by the name of the group snapshot is refused: its members would be asked for it without one', () => {
    const secrets = (name: string) => ({ groupSnapshotter: SecretReference.fromTemplate(name, 'storage') });
    expect(code(() => groupClass({ secrets: secrets('ceph-${volumegroupsnapshot.namespace}') }))).toBe('CSI020');
    expect(code(() => groupClass({ secrets: secrets('ceph-${volumegroupsnapshotcontent.name}') }))).toBeUndefined();
  });

  test('a reserved parameter is answered with the property that writes it', () => {
    expect(thrown(() => groupClass({ parameters: { 'csi.storage.k8s.io/group-snapshotter-get-secret-name': 'ceph' } }))?.fix).toMatch('secrets: { groupSnapshotterGet: ');
  });

  test('of a driver of which nothing is known is not checked, and says so', () => {
    const chart = groupClass({ driver: CsiDriver.fromDriverName('csi.example.com') });
    expect(codes(chart)).toEqual([]);
    expect(uncheckedCodes(chart)).toEqual(['SNP008']);
  });

  test('where nothing is known of the distribution\'s controller is not checked, and says how to declare it', () => {
    const chart = testChart({ distribution: Distribution.RKE2 });
    new VolumeGroupSnapshotClass(chart, 'Class', { name: 'daily', driver: CAPABLE });
    expect(codes(chart)).toEqual([]);
    expect(Findings.of(chart).unchecked()).toEqual([expect.objectContaining({ code: 'SNP007', missing: expect.stringContaining('SnapshotController.existing(scope, { groupSnapshots: true })') })]);
  });

  test('carries, as a reference, what it was told', () => {
    expect(VolumeGroupSnapshotClass.fromVolumeGroupSnapshotClassName('daily', { driver: CAPABLE })).toEqual({ groupSnapshotClassName: 'daily', driver: CAPABLE });
    expect(code(() => VolumeGroupSnapshotClass.fromVolumeGroupSnapshotClassName('Daily'))).toBe('MAN001');
  });
});

describe('SnapshotController with group snapshots', () => {
  const rulesOf = (props: SnapshotControllerProps) => one(controller({ installCrds: false, ...props }), 'ClusterRole').rules
    .flatMap((rule: any) => rule.verbs.map((verb: string) => `${rule.resources[0]}.${rule.apiGroups[0]} ${verb}`));

  test('without the definitions, as it is written', () => {
    expect(yaml(controller())).toMatchSnapshot();
  });

  test('installs the definitions of both groups, of one release', () => {
    const groups = all(controller({ groupSnapshots: true }), 'CustomResourceDefinition').map(definition => definition.spec.group).sort();
    expect(groups).toEqual([...Array(3).fill('groupsnapshot.storage.k8s.io'), ...Array(3).fill('snapshot.storage.k8s.io')]);
    expect(all(controller({}), 'CustomResourceDefinition')).toHaveLength(3);
  });

  test('has the gate, and without them has not', () => {
    const args = (props: SnapshotControllerProps) => containerOf(one(controller(props), 'Deployment'), 'snapshot-controller').args;
    expect(args({ groupSnapshots: true })).toContain('--feature-gates=CSIVolumeGroupSnapshot=true');
    // Said, not left out: v8.7 has it on by itself, without CRDs or permissions.
    expect(args({})).toContain('--feature-gates=CSIVolumeGroupSnapshot=false');
  });

  test('is granted what only groups take, and nothing else', () => {
    const plain = rulesOf({});
    expect(rulesOf({ groupSnapshots: true }).filter((right: string) => !plain.includes(right)).sort()).toEqual([
      'volumegroupsnapshotclasses.groupsnapshot.storage.k8s.io list',
      'volumegroupsnapshotclasses.groupsnapshot.storage.k8s.io watch',
      'volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io create',
      'volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io delete',
      'volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io list',
      'volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io patch',
      'volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io watch',
      'volumegroupsnapshots.groupsnapshot.storage.k8s.io get',
      'volumegroupsnapshots.groupsnapshot.storage.k8s.io list',
      'volumegroupsnapshots.groupsnapshot.storage.k8s.io patch',
      'volumegroupsnapshots.groupsnapshot.storage.k8s.io update',
      'volumegroupsnapshots.groupsnapshot.storage.k8s.io watch',
      'volumegroupsnapshots/status.groupsnapshot.storage.k8s.io update',
      'volumesnapshotcontents/status.snapshot.storage.k8s.io patch',
      'volumesnapshots.snapshot.storage.k8s.io create',
      'volumesnapshots.snapshot.storage.k8s.io delete',
      'volumesnapshots/status.snapshot.storage.k8s.io patch',
    ]);
  });

  test('may do nothing with groups unless told so', () => {
    expect(rulesOf({}).join()).not.toMatch(/group/);
    expect(CONTROLLER_GRANTS.filter(grant => grant.group.startsWith('groupsnapshot') && grant.when !== 'groupSnapshot')).toEqual([]);
  });
});
