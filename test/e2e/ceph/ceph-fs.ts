import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { CephServer } from './ceph-server';
import { asUser, clusterOf, makeUsers, refused, twoUsers } from './users';
import { CephCredentials, CephFsStorage, CephRbdStorage } from '../../../src';
import { declareNeed } from '../../../src/ceph/auth/needs';
import { eventually, refusal, run } from '../../kubectl';
import { testChart } from '../../support';

export function cephFsTests(server: () => CephServer): void {
  let ceph: CephServer;
  let keys: Record<string, string>;
  let path: string;
  const credentials = twoUsers('fs');
  const provisioner = (command: string) => asUser(ceph, 'fs-provisioner', () => keys['fs-provisioner'])(command);
  const node = (command: string) => asUser(ceph, 'fs-node', () => keys['fs-node'])(command);

  beforeAll(() => {
    ceph = server();
    new CephFsStorage(testChart(), 'Fs', { cluster: clusterOf(ceph), credentials, fsName: 'cephfs' });
    keys = makeUsers(ceph, credentials);
    ceph.sh('ceph fs subvolumegroup create cephfs theirs; ceph fs subvolume create cephfs image theirs; ceph fs subvolumegroup create other csi; ceph fs subvolume create other image csi');
  });

  /** Mounts a directory as the node plugin does, looks at it, and unmounts it. */
  function mounted<T>(fsName: string, directory: string, look: (mountPoint: string) => T, as: (command: string) => string = node): T {
    const mountPoint = ceph.file('mount');
    mkdirSync(mountPoint, { recursive: true });
    as(`ceph-fuse ${mountPoint} -r ${directory} --client_mds_namespace=${fsName} --client_mount_timeout=10`);
    try {
      return look(mountPoint);
    } finally {
      run('umount', [mountPoint]);
    }
  }

  test('the provisioner makes, enlarges, snapshots, clones and removes subvolumes of its group, and notes them', async () => {
    [
      'ceph fs subvolume create cephfs data csi --size 67108864 --mode 777',
      'ceph fs subvolume info cephfs data csi',
      'ceph fs subvolume resize cephfs data 134217728 csi --no_shrink',
      'ceph fs subvolume metadata set cephfs data csi.storage.k8s.io/pvc/name data csi',
      'ceph fs subvolume snapshot create cephfs data moment csi',
      'ceph fs subvolume snapshot info cephfs data moment csi',
      'ceph fs subvolume snapshot clone cephfs data moment clone --group_name csi --target_group_name csi',
      'rados -p cephfs-meta --namespace csi setomapval csi.volumes.default csi.volume.data uuid',
      'ceph fs ls',
      'ceph fs dump',
    ].forEach(provisioner);
    await eventually('the clone is complete', () => provisioner('ceph fs clone status cephfs clone csi').includes('complete'));
    provisioner('ceph fs subvolume snapshot rm cephfs data moment csi');
    provisioner('ceph fs subvolume rm cephfs clone csi');
    path = provisioner('ceph fs subvolume getpath cephfs data csi');
    expect(makeUsers(ceph, credentials)).toEqual(keys);
  });

  test('the provisioner is refused in other groups and file systems, and reads no data', () => {
    refused(provisioner, 'ceph fs subvolume create cephfs mine theirs', 'ceph fs subvolume create cephfs mine', 'ceph fs subvolume rm cephfs image theirs',
      'ceph fs subvolume create other mine csi', 'ceph fs subvolume rm other image csi', 'ceph fs subvolumegroup create cephfs mine', 'ceph fs volume create mine',
      'ceph fs subvolume authorize cephfs data mine csi', 'ceph osd pool create mine 8', 'ceph auth get-or-create client.mine',
      'rados -p cephfs-data ls', 'rados -p cephfs-meta ls', 'rados -p other-meta --namespace csi setomapval csi.volumes.default a b', 'ceph tell mds.cephfs:0 client ls');
  });

  test('the node mounts a subvolume and writes there, and what it wrote is there for the next one', () => {
    node('ceph fs subvolume getpath cephfs data csi');
    node('ceph fs subvolume info cephfs data csi');
    node('rados -p cephfs-meta --namespace csi listomapkeys csi.volumes.default');
    node('ceph fs subvolume metadata set cephfs data .cephfs.csi.ceph.com/userid/data/node1 fs-node csi');
    mounted('cephfs', path, mountPoint => writeFileSync(`${mountPoint}/file`, 'written', { flush: true } as object));
    expect(mounted('cephfs', path, mountPoint => readFileSync(`${mountPoint}/file`, 'utf8'))).toBe('written');
  });

  test('the node is refused other directories and file systems, subvolumes and snapshots', () => {
    const theirs = ceph.sh('ceph fs subvolume getpath cephfs image theirs');
    const others = ceph.sh('ceph fs subvolume getpath other image csi');
    const answers = [['cephfs', '/'], ['cephfs', '/volumes'], ['cephfs', theirs], ['other', others]].map(([fsName, directory]) => refusal(() => mounted(fsName, directory, existsSync)));
    expect(answers.map(answer => /mount failed/.test(answer))).toEqual([true, true, true, true]);
    expect(refusal(() => mounted('cephfs', path, mountPoint => mkdirSync(`${mountPoint}/.snap/mine`)))).toMatch(/EACCES|EPERM/);
    const quota = (mountPoint: string) => run('python3', ['-c', 'import os, sys; os.setxattr(sys.argv[1], "ceph.quota.max_bytes", b"1000000000")', mountPoint]);
    expect(refusal(() => mounted('cephfs', path, quota))).toMatch(/PermissionError/);
    refused(node, 'ceph fs subvolume create cephfs mine csi', 'ceph fs subvolume rm cephfs data csi', 'ceph fs subvolume snapshot create cephfs data mine csi',
      'ceph fs subvolume metadata set cephfs data .cephfs.csi.ceph.com/serviceaccount mine csi', 'ceph fs subvolume metadata set cephfs data .cephfs.csi.ceph.com/clientaddress/data/node1 127.0.0.98 csi', 'ceph fs subvolume metadata set cephfs image .cephfs.csi.ceph.com/userid/a/b c theirs',
      'ceph fs subvolume metadata rm cephfs data csi.storage.k8s.io/pvc/name csi', 'rados -p cephfs-meta lock get file-of-mine mine', 'rados -p cephfs-meta --namespace csi setomapval csi.volumes.default a b', 'rados -p other-data ls', 'ceph tell mds.cephfs:0 client ls');
  });

  // docs/ceph-users.md says so: the objects of all directories lie in one pool.
  test('no cap keeps the node from reading objects of other directories beside the metadata server', () => {
    node('rados -p cephfs-data ls');
  });

  test('the node of an encrypted volume locks it in the namespace of the file system, and touches nothing else there', () => {
    declareNeed(credentials, { kind: 'cephfs', fsName: 'cephfs', subvolumeGroup: 'csi', encryption: true });
    makeUsers(ceph, credentials, { update: true });
    node('rados -p cephfs-meta lock get 0a1b2c3d-volume name-mutexLock');
    refused(node, 'rados -p cephfs-meta ls', 'rados -p cephfs-meta stat mds0_openfiles.0', 'rados -p cephfs-meta rm mds0_openfiles.0', 'rados -p cephfs-meta setxattr mds0_openfiles.0 a b');
  });

  test('fencing: the provisioner finds and cuts off clients, and nodes leave their address', () => {
    declareNeed(credentials, { kind: 'cephfs', fsName: 'cephfs', subvolumeGroup: 'csi', fencing: true });
    makeUsers(ceph, credentials, { update: true });
    provisioner('ceph tell mds.cephfs:0 client ls');
    provisioner('ceph osd blocklist add 127.0.0.98');
    node('ceph fs subvolume metadata set cephfs data .cephfs.csi.ceph.com/clientaddress/data/node1 127.0.0.98 csi');
  });

  // docs/ceph-users.md says so, and it is why there are caps of our own.
  test('the caps that ceph-csi documents reach into other groups and file systems', () => {
    const caps = "mon 'allow r fsname=cephfs' mgr 'allow rw' osd 'allow rw tag cephfs metadata=cephfs, allow rw tag cephfs data=cephfs' "
      + "mds 'allow r fsname=cephfs path=/volumes, allow rws fsname=cephfs path=/volumes/csi'";
    ceph.sh(`ceph auth get-or-create client.documented ${caps}`);
    const documented = asUser(ceph, 'documented', () => ceph.sh('ceph auth print-key client.documented'));
    documented('ceph fs subvolume create cephfs theirs theirs', 'ceph fs subvolume rm cephfs theirs theirs', 'ceph fs subvolume create other theirs csi', 'ceph fs subvolume rm other theirs csi');
    const theirs = ceph.sh('ceph fs subvolume getpath cephfs image theirs');
    expect(mounted('cephfs', theirs, existsSync, documented)).toBe(true);
  });

  test('one user does all of it, on images too', () => {
    const all = CephCredentials.fromSecret({ name: 'ceph-csi', namespace: 'ceph', userId: 'all' });
    const chart = testChart();
    ceph.sh('ceph osd pool create both 8');
    new CephRbdStorage(chart, 'Rbd', { cluster: clusterOf(ceph), credentials: all, pool: 'both' });
    new CephFsStorage(chart, 'Fs', { cluster: clusterOf(ceph), credentials: all, fsName: 'cephfs' });
    const own = makeUsers(ceph, all);
    asUser(ceph, 'all', () => own.all)(
      'rbd create both/image --size 8M', 'rbd bench --io-type write --io-total 4096 both/image', 'ceph fs subvolume create cephfs more csi', 'ceph fs subvolume rm cephfs more csi',
    );
  });
}
