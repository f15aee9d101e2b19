import { CephServer } from './ceph-server';
import { asUser, clusterOf, makeUsers, refused, twoUsers } from './users';
import { CephCredentials, CephRbdStorage, CephRbdStorageProps, Findings } from '../../../src';
import { declareNeed } from '../../../src/ceph/auth/needs';
import { eventually, refusal } from '../../kubectl';
import { all, one, testChart } from '../../support';

/** What the provisioner does, and what its driver asks of the manager, in a pool or a RADOS namespace of one. */
const PROVISION = (place: string, rados: string) => [
  `rbd create ${place}/source --size 8M --image-feature layering,exclusive-lock,object-map,fast-diff,deep-flatten`,
  `rbd snap create ${place}/source@moment`,
  `rbd clone --rbd-default-clone-format 2 ${place}/source@moment ${place}/clone`,
  `rbd image-meta set ${place}/clone csi.storage.k8s.io/pvc/name data`,
  `rbd resize ${place}/clone --size 16M`,
  `rbd group create ${place}/group`,
  `rbd group image add ${place}/group ${place}/clone`,
  `rbd group snap create ${place}/group@moment`,
  `rbd group snap rm ${place}/group@moment`,
  `rbd group rm ${place}/group`,
  `rados ${rados} setomapval csi.volumes.default csi.volume.data uuid`,
  `rados ${rados} rmomapkey csi.volumes.default csi.volume.data`,
  `ceph rbd task add flatten ${place}/clone`,
];

export function rbdTests(server: () => CephServer): void {
  let ceph: CephServer;
  let keys: Record<string, string>;
  const credentials = twoUsers('rbd');
  const provisioner = (command: string) => asUser(ceph, 'rbd-provisioner', () => keys['rbd-provisioner'])(command);
  const node = (command: string) => asUser(ceph, 'rbd-node', () => keys['rbd-node'])(command);

  function storage(props: Partial<CephRbdStorageProps> = {}): CephRbdStorage {
    return new CephRbdStorage(testChart(), 'Rbd', { cluster: clusterOf(ceph), credentials, pool: 'kubernetes', ...props });
  }

  beforeAll(() => {
    ceph = server();
    ['kubernetes', 'kubernetes-data', 'foreign', 'shared'].forEach(pool => ceph.sh(`ceph osd pool create ${pool} 8`));
    ceph.sh('rbd pool init foreign; rbd create foreign/theirs --size 8M');
    storage().addStorageClass('fast', { dataPool: 'kubernetes-data' });
    keys = makeUsers(ceph, credentials);
    // What an image is filled with: a mebibyte, as a difference to nothing.
    ceph.sh('head -c 1048576 /dev/urandom > content; rbd import content kubernetes/content; rbd export-diff kubernetes/content difference');
  });

  /** Whether an image begins with what the node wrote. */
  const holds = (image: string) => refusal(() => ceph.sh(`rm -f written; rbd export ${image} written --no-progress; cmp -n 1048576 content written`)) === '';

  test('run again, the commands change nothing and print the same keys', () => {
    const before = ceph.sh('ceph auth ls');
    expect(makeUsers(ceph, credentials)).toEqual(keys);
    expect(ceph.sh('ceph auth ls')).toBe(before);
    expect(Object.keys(keys)).toEqual(['rbd-provisioner', 'rbd-node']);
  });

  test('the provisioner makes, snapshots, clones, enlarges, groups, flattens and removes images', async () => {
    PROVISION('kubernetes', '-p kubernetes').forEach(provisioner);
    await eventually('the clone is flattened', () => ceph.sh('rbd info kubernetes/clone').includes('parent:') === false);
    provisioner('rbd trash mv kubernetes/clone');
    const id = provisioner('rbd trash ls kubernetes').split(' ')[0];
    provisioner(`ceph rbd task add trash remove kubernetes/${id}`);
    await eventually('the trash is empty', () => provisioner('rbd trash ls kubernetes') === '');
    provisioner('rbd snap rm kubernetes/source@moment');
    provisioner('rbd rm kubernetes/source');
  });

  test('the provisioner is refused in other pools, and pools, users and file systems are not its own to make', () => {
    refused(provisioner, 'rbd create foreign/mine --size 8M', 'rbd rm foreign/theirs', 'rbd export foreign/theirs copy', 'rados -p foreign setomapval csi.volumes.default a b',
      'ceph rbd task add flatten foreign/theirs', 'ceph osd pool create mine 8', 'ceph osd pool rm foreign foreign --yes-i-really-really-mean-it',
      'ceph auth get-or-create client.mine', 'ceph auth print-key client.admin', 'ceph fs subvolume ls cephfs', 'ceph fs volume create mine');
  });

  test('the node opens and writes an image, a clone, one with a data pool and one with a journal', () => {
    provisioner('rbd create kubernetes/plain --size 8M');
    provisioner('rbd create kubernetes/with-data --size 8M --data-pool kubernetes-data');
    provisioner('rbd create kubernetes/journaled --size 8M --image-feature exclusive-lock,journaling');
    provisioner('rbd create kubernetes/parent --size 8M');
    // So that the first write of the clone copies an object of its parent, for which it calls a class.
    ceph.sh('rbd bench --io-type write --io-size 4M --io-total 8M kubernetes/parent');
    provisioner('rbd snap create kubernetes/parent@moment');
    provisioner('rbd clone --rbd-default-clone-format 2 kubernetes/parent@moment kubernetes/child');
    for (const image of ['plain', 'with-data', 'journaled', 'child'].map(name => `kubernetes/${name}`)) {
      node(`rbd import-diff difference ${image} --no-progress`);
      expect([image, holds(image)]).toEqual([image, true]);
      node(`rbd bench --io-type write --io-size 4096 --io-total 65536 ${image}`);
      node(`rbd image-meta set ${image} .rbd.csi.ceph.com/userid/volume/node1 rbd-node`);
      node(`rbd image-meta set ${image} .rbd.csi.ceph.com/encrypted encrypted`);
      node(`rbd status ${image}`);
    }
    node('rados -p kubernetes listomapkeys csi.volumes.default');
    node('ceph osd blocklist add 127.0.0.99:0/7');
  });

  test('the node is refused to make, copy, rename and remove images, and to write the journal of ceph-csi', () => {
    refused(node, 'rbd create kubernetes/mine --size 8M', 'rbd clone --rbd-default-clone-format 2 kubernetes/parent@moment kubernetes/mine', 'rbd rm kubernetes/plain',
      'rbd trash mv kubernetes/plain', 'rbd rename kubernetes/plain kubernetes/mine', 'rbd group create kubernetes/mine', 'rados -p kubernetes setomapval csi.volumes.default a b',
      'rados -p kubernetes put mine ceph.conf', 'ceph rbd task add flatten kubernetes/child', 'ceph osd pool create mine 8', 'ceph osd blocklist add 127.0.0.99');
    refused(node, 'rbd info foreign/theirs', 'rbd export foreign/theirs copy', 'rbd bench --io-type write --io-total 4096 foreign/theirs', 'rados -p foreign ls');
  });

  // docs/ceph-users.md says so: who writes an image of a pool can destroy all that are in it.
  test('no cap keeps the node from destroying what is in images of its own pool', () => {
    const prefix = JSON.parse(ceph.sh('rbd info kubernetes/plain --format json')).block_name_prefix;
    node('rbd snap create kubernetes/plain@moment');
    node('rbd snap rm kubernetes/plain@moment');
    node(`rados -p kubernetes rm ${prefix}.0000000000000000`);
    expect(holds('kubernetes/plain')).toBe(false);
  });

  test('users of a RADOS namespace do all of that there, and nothing in the pool or for another tenant', async () => {
    const tenant = twoUsers('tenant');
    ceph.sh('rbd pool init shared; rbd namespace create shared/theirs; rbd create shared/theirs/image --size 8M; rbd create shared/image --size 8M');
    storage({ credentials: tenant, pool: 'shared', cluster: clusterOf(ceph, { radosNamespace: 'mine' }) });
    const own = makeUsers(ceph, tenant);
    expect(makeUsers(ceph, tenant)).toEqual(own);
    const tenantProvisioner = asUser(ceph, 'tenant-provisioner', () => own['tenant-provisioner']);
    const tenantNode = asUser(ceph, 'tenant-node', () => own['tenant-node']);
    tenantProvisioner(...PROVISION('shared/mine', '-p shared --namespace mine'));
    tenantNode('rbd import-diff difference shared/mine/source --no-progress');
    expect(holds('shared/mine/source')).toBe(true);
    for (const user of [tenantProvisioner, tenantNode]) {
      refused(user, 'rbd export shared/theirs/image copy', 'rbd export shared/image copy', 'rbd create shared/theirs/more --size 8M', 'rbd create shared/more --size 8M',
        'rbd namespace create shared/more', 'rados -p shared --namespace theirs ls', 'ceph rbd task add flatten shared/theirs/image', 'rbd info foreign/theirs');
    }
  });

  test('a pool more: get-or-create refuses, and the lines for users that exist let them in', () => {
    ceph.sh('ceph osd pool create slow 8');
    storage({ pool: 'slow' });
    expect(refusal(() => makeUsers(ceph, credentials))).toMatch(/cap \w+ does not match/);
    refused(provisioner, 'rbd create slow/image --size 8M');
    expect(makeUsers(ceph, credentials, { update: true })).toEqual({});
    provisioner('rbd create slow/image --size 8M');
    node('rbd import-diff difference slow/image --no-progress');
    expect(holds('slow/image')).toBe(true);
    expect(makeUsers(ceph, credentials)).toEqual(keys);
  });

  test('fencing: the provisioner cuts off a node and lets it in again, the node cannot', () => {
    declareNeed(credentials, { kind: 'rbd', pool: 'kubernetes', fencing: true });
    makeUsers(ceph, credentials, { update: true });
    ['add 127.0.0.98', 'rm 127.0.0.98', 'range add 127.0.1.0/24', 'range rm 127.0.1.0/24'].forEach(command => provisioner(`ceph osd blocklist ${command}`));
    refused(node, 'ceph osd blocklist rm 127.0.0.98', 'ceph osd blocklist clear');
  });

  test('a Secret from the printed key reaches the monitors of the CephCluster', () => {
    const chart = testChart();
    const cluster = clusterOf(ceph);
    const fromKeys = CephCredentials.fromKeys({ provisioner: { userId: 'rbd-provisioner', key: keys['rbd-provisioner'] } });
    Findings.of(new CephRbdStorage(chart, 'Rbd', { cluster, pool: 'kubernetes', credentials: fromKeys })).acknowledge('CEPH085', 'for a test');
    const { userID, userKey } = one(chart, 'Secret').stringData;
    const [{ monitors }] = all(chart, 'ConfigMap').map(({ data }) => JSON.parse(data['config.json'] ?? '[]')).find(entries => Array.isArray(entries) && entries.length > 0);
    expect(monitors).toEqual(ceph.monitors);
    expect(ceph.as(userID, userKey, 'rbd ls kubernetes').split('\n')).toContain('plain');
  });
}
