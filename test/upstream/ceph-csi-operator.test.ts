import { readFileSync } from 'fs';
import { join } from 'path';
import { code, grantsOf, moduleDirectory } from './sources';
import { CLUSTER_GRANTS, DRIVER_GRANTS, ELECTION_GRANTS, WATCH_GRANTS } from '../../src/ceph/operator/grants';
import { OWN_ARGUMENTS, OWN_PATHS, OWN_VOLUMES } from '../../src/ceph/operator/plugin-spec';
import { Grant } from '../../src/csi/rbac';

// Holds what is known of ceph-csi-operator against the sources of its release: permissions, the arguments, volumes and mounts that it writes, and the names of its settings.

jest.setTimeout(300_000);

const FOLDER = moduleDirectory('github.com/ceph/ceph-csi-operator@v1.0.4', false);
const SOURCE = code(FOLDER);

/** What its roles have and ours do not. */
const WITHHELD: Record<string, string> = {
  ...Object.fromEntries([
    '/configmaps', '/services', 'apps/daemonsets', 'apps/deployments', 'csi.ceph.io/cephconnections', 'csi.ceph.io/clientprofilemappings', 'csi.ceph.io/clientprofiles', 'csi.ceph.io/drivers',
    'csi.ceph.io/operatorconfigs', 'storage.k8s.io/csidrivers', 'cbt.storage.k8s.io/snapshotmetadataservices',
  ].map(resource => [`${resource} get`, 'all is read from the cache, whose informers list and watch'])),
  ...Object.fromEntries([
    '/configmaps', '/services', 'apps/daemonsets', 'apps/deployments', 'csi.ceph.io/clientprofilemappings', 'csi.ceph.io/clientprofiles', 'csi.ceph.io/drivers', 'storage.k8s.io/csidrivers',
  ].map(resource => [`${resource} patch`, 'CreateOrUpdate updates'])),
  ...Object.fromEntries(['clientprofilemappings', 'clientprofiles', 'drivers'].flatMap(kind => ['create', 'delete', 'update'].filter(verb => kind !== 'clientprofiles' || verb !== 'update')
    .map(verb => [`csi.ceph.io/${kind} ${verb}`, 'they are the user\'s']))),
  ...Object.fromEntries(['clientprofilemappings', 'clientprofiles', 'drivers'].flatMap(kind => ['get', 'patch', 'update'].map(verb => [`csi.ceph.io/${kind}/status ${verb}`, 'no status is written']))),
  'apps/deployments delete': 'they go with their Driver',
  'csi.ceph.io/clientprofilemappings/finalizers update': 'owners of ConfigMaps that block no deletion',
  'csi.ceph.io/clientprofiles/finalizers update': 'the same',
  ...Object.fromEntries(['list', 'watch', 'patch', 'delete'].map(verb => [`coordination.k8s.io/leases ${verb}`, 'an election gets, creates and updates'])),
  ...Object.fromEntries(['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'].map(verb => [`/configmaps ${verb}`, 'elections use leases'])),
};

const flat = (grants: readonly Grant<never>[]) => new Set(grants.flatMap(({ group, resource, verbs }) => verbs.map(verb => `${group}/${resource} ${verb}`)));

test('ours are permissions of its own roles', () => {
  const ours = flat([...CLUSTER_GRANTS, ...DRIVER_GRANTS, ...WATCH_GRANTS, ...ELECTION_GRANTS]);
  const theirs = new Set(['role.yaml', 'leader_election_role.yaml'].flatMap(file => [...grantsOf(join(FOLDER, 'config/rbac', file))]));
  expect([...ours].filter(grant => !theirs.has(grant))).toEqual([]);
  expect([...theirs].filter(grant => !ours.has(grant) && !Object.hasOwn(WITHHELD, grant))).toEqual([]);
});

test('what is withheld is not asked', () => {
  expect(SOURCE).not.toMatch(/\.Patch\(|\.Status\(\)|GetAPIReader|DisableFor/);
});

test.each(OWN_ARGUMENTS.filter(argument => argument !== 'http-endpoint'))('it writes --%s by itself', argument => {
  expect(SOURCE).toContain(`"--${argument}=`);
});

test.each(OWN_VOLUMES)('it has the volume %s', volume => {
  expect(SOURCE).toContain(`"${volume}"`);
});

test.each(OWN_PATHS)('it mounts %s', path => {
  expect(SOURCE).toMatch(new RegExp(`"${path}/?"`));
});

test.each(['OPERATOR_NAMESPACE', 'WATCH_NAMESPACE', 'ceph-csi-operator-config', 'csi.ceph.io/ownerref', '0a62cc8a.ceph.io', 'health-probe-bind-address', 'metrics-bind-address', 'metrics-secure', 'leader-elect'])(
  'it knows %s', name => { expect(SOURCE).toContain(`"${name}"`); });

test('it is published as the image that is written', () => {
  expect(readFileSync(join(FOLDER, 'deploy/all-in-one/install.yaml'), 'utf8')).toContain('image: quay.io/cephcsi/ceph-csi-operator:v1.0.4');
});

// The faults that the rules know of. What fails here was mended: the rule can go.
test.each([
  ['CEPH104', 'csiDriver.Spec.PodInfoOnMount = ptr.To(false)'], ['CEPH108', 'json:"mirrorCount,omitempty"'], ['CEPH110', 'cmp.Or(r.driver.Spec.LeaderElection, &defaultLeaderElection)'],
  ['CEPH111', 'logRotationSpec.Periodicity != "" && logRotationSpec.MaxLogSize.IsZero()'],
])('%s is as it was read', (_, text) => { expect(SOURCE).toContain(text); });
