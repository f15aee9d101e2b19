import { Chart, Size } from 'cdk8s';
import * as fc from 'fast-check';
import { cephChart, cephFs, CLUSTER, MONITORS, rbd } from './ceph';
import { CephCluster, CephCredentials, CephFsCsiDriver, CephRbdCsiDriver, CephRbdStorage, Findings, GitOpsTool } from '../../src';
import { capsOf } from '../../src/ceph/auth/caps';
import { keyKind, keyProblem } from '../../src/ceph/auth/cephx-key';
import { declareNeed } from '../../src/ceph/auth/needs';
import { AES256K, KEY } from '../rules/ceph-auth.cases';
import { all, one, thrown, uncheckedCodes } from '../support';

const NAMESPACE = 'ceph';
const CAPACITY = Size.gibibytes(1);
const two = () => CephCredentials.fromSecrets({
  provisioner: { name: 'ceph-provisioner', namespace: NAMESPACE, userId: 'kubernetes-provisioner' },
  node: { name: 'ceph-node', namespace: NAMESPACE, userId: 'kubernetes-node' },
});
const single = () => CephCredentials.fromSecret({ name: 'ceph-csi', namespace: NAMESPACE, userId: 'kubernetes' });

/** The cap of one daemon in a command. */
function cap(command: string, service: string): string[] {
  return new RegExp(` ${service} '([^']*)'`).exec(command)?.[1].split(', ') ?? [];
}

describe('commands', () => {
  test('users of a pool: who provisions has the profile, nodes what images consist of', () => {
    const credentials = two();
    rbd({ credentials });
    expect(credentials.authCommands()).toMatchInlineSnapshot(`
[
  "ceph auth get-or-create client.kubernetes-provisioner mon 'profile rbd' mgr 'profile rbd pool=kubernetes' osd 'profile rbd pool=kubernetes'",
  "ceph auth get-or-create client.kubernetes-node mon 'profile rbd' osd 'profile rbd-read-only pool=kubernetes, allow rwx pool=kubernetes object_prefix rbd_header., allow rwx pool=kubernetes object_prefix rbd_object_map., allow rwx pool=kubernetes object_prefix rbd_data., allow rwx pool=kubernetes object_prefix journal'",
]
`);
    expect(credentials.prepareCommands()).toEqual(['rbd pool init kubernetes']);
  });

  test('users of a file system', () => {
    const credentials = two();
    cephFs({ credentials });
    expect(credentials.authCommands()).toMatchInlineSnapshot(`
[
  "ceph auth get-or-create client.kubernetes-provisioner mon 'allow r fsname=cephfs' mgr 'allow command "fs subvolume getpath" with vol_name=cephfs group_name=csi, allow command "fs subvolume info" with vol_name=cephfs group_name=csi, allow command "fs subvolume snapshot info" with vol_name=cephfs group_name=csi, allow command "fs subvolume snapshot getpath" with vol_name=cephfs group_name=csi, allow command "fs subvolume create" with vol_name=cephfs group_name=csi, allow command "fs subvolume rm" with vol_name=cephfs group_name=csi, allow command "fs subvolume resize" with vol_name=cephfs group_name=csi, allow command "fs subvolume ls" with vol_name=cephfs group_name=csi, allow command "fs subvolume pin" with vol_name=cephfs group_name=csi, allow command "fs subvolume metadata get" with vol_name=cephfs group_name=csi, allow command "fs subvolume metadata set" with vol_name=cephfs group_name=csi, allow command "fs subvolume metadata ls" with vol_name=cephfs group_name=csi, allow command "fs subvolume metadata rm" with vol_name=cephfs group_name=csi, allow command "fs subvolume snapshot create" with vol_name=cephfs group_name=csi, allow command "fs subvolume snapshot rm" with vol_name=cephfs group_name=csi, allow command "fs subvolume snapshot ls" with vol_name=cephfs group_name=csi, allow command "fs subvolume snapshot protect" with vol_name=cephfs group_name=csi, allow command "fs subvolume snapshot unprotect" with vol_name=cephfs group_name=csi, allow command "fs subvolume snapshot metadata get" with vol_name=cephfs group_name=csi, allow command "fs subvolume snapshot metadata set" with vol_name=cephfs group_name=csi, allow command "fs subvolume snapshot metadata ls" with vol_name=cephfs group_name=csi, allow command "fs subvolume snapshot metadata rm" with vol_name=cephfs group_name=csi, allow command "fs clone status" with vol_name=cephfs group_name=csi, allow command "fs clone cancel" with vol_name=cephfs group_name=csi, allow command "fs subvolume snapshot clone" with vol_name=cephfs group_name=csi target_group_name=csi' osd 'allow rw namespace=csi tag cephfs metadata=cephfs'",
  "ceph auth get-or-create client.kubernetes-node mon 'allow r fsname=cephfs' mgr 'allow command "fs subvolume getpath" with vol_name=cephfs group_name=csi, allow command "fs subvolume info" with vol_name=cephfs group_name=csi, allow command "fs subvolume snapshot info" with vol_name=cephfs group_name=csi, allow command "fs subvolume snapshot getpath" with vol_name=cephfs group_name=csi, allow command "fs subvolume metadata set" with vol_name=cephfs group_name=csi key_name prefix .cephfs.csi.ceph.com/userid/, allow command "fs subvolume snapshot metadata set" with vol_name=cephfs group_name=csi key_name prefix .cephfs.csi.ceph.com/userid/' osd 'allow rw tag cephfs data=cephfs, allow r namespace=csi tag cephfs metadata=cephfs' mds 'allow rw fsname=cephfs path=/volumes/csi'",
]
`);
    expect(credentials.prepareCommands()).toEqual(['ceph fs subvolumegroup create cephfs csi']);
  });

  test('users of a tenant have nothing outside of its RADOS namespace and its group', () => {
    const credentials = two();
    const cluster = CephCluster.external({ clusterId: 'ceph', monitors: MONITORS, radosNamespace: 'tenant-a', subvolumeGroup: 'tenant-a', release: 19 });
    const chart = cephChart();
    rbd({ credentials, cluster }, chart);
    cephFs({ credentials, cluster }, chart);
    const [provisioner, node] = credentials.authCommands();
    for (const command of [provisioner, node]) {
      expect(cap(command, 'osd').filter(each => / pool=/.test(each) && !/ pool=kubernetes namespace=tenant-a( |$)/.test(each))).toEqual([]);
      expect(cap(command, 'mgr').filter(each => /volumes|subvolume|clone/.test(each) && !each.includes(' group_name=tenant-a'))).toEqual([]);
    }
    expect(cap(node, 'mds')).toEqual(['allow rw fsname=cephfs path=/volumes/tenant-a']);
    expect(credentials.prepareCommands()).toEqual([
      'ceph fs subvolumegroup create cephfs tenant-a',
      'rbd pool init kubernetes',
      "rbd namespace ls kubernetes --format json | grep -qF '\"tenant-a\"' || rbd namespace create --pool kubernetes --namespace tenant-a",
    ]);
  });

  test('one user for both roles, RBD and CephFS has one line, which says nothing twice', () => {
    const credentials = single();
    const chart = cephChart();
    rbd({ credentials }, chart);
    cephFs({ credentials }, chart);
    const commands = credentials.authCommands();
    expect(commands).toHaveLength(1);
    expect(cap(commands[0], 'mon')).toEqual(['allow r fsname=cephfs', 'profile rbd']);
    expect(cap(commands[0], 'osd')).toEqual(['allow rw namespace=csi tag cephfs metadata=cephfs', 'allow rw tag cephfs data=cephfs', 'profile rbd pool=kubernetes']);
    const mgr = cap(commands[0], 'mgr');
    expect(new Set(mgr).size).toBe(mgr.length);
  });

  test('every pool that a class names is in them, whatever the order', () => {
    const commands = (pools: string[]) => {
      const credentials = two();
      const storage = rbd({ credentials });
      pools.forEach(pool => storage.addStorageClass(pool, { pool, dataPool: `${pool}-data` }));
      return [...credentials.authCommands(), ...credentials.prepareCommands()];
    };
    const [provisioner, node, ...prepare] = commands(['fast', 'slow']);
    expect(cap(provisioner, 'osd')).toEqual(['fast', 'fast-data', 'kubernetes', 'slow', 'slow-data'].map(pool => `profile rbd pool=${pool}`));
    expect(cap(provisioner, 'mgr')).toEqual(['fast', 'kubernetes', 'slow'].map(pool => `profile rbd pool=${pool}`));
    expect(cap(node, 'osd').filter(each => each.includes('-data'))).toEqual(['fast', 'slow'].map(pool => `allow rwx pool=${pool}-data object_prefix rbd_data.`));
    expect(prepare).toContain('ceph osd pool application enable fast-data rbd');
    expect(commands(['slow', 'fast'])).toEqual([provisioner, node, ...prepare]);
  });

  test('fencing: who provisions cuts nodes off, and nodes leave their address', () => {
    const credentials = two();
    const chart = cephChart();
    rbd({ credentials, driver: new CephRbdCsiDriver(chart, 'RbdDriver', { fencing: true }) }, chart);
    cephFs({ credentials, driver: new CephFsCsiDriver(chart, 'FsDriver', { fencing: true }) }, chart);
    const [provisioner, node] = credentials.authCommands();
    expect(cap(provisioner, 'mon')).toContain('allow command "osd blocklist"');
    expect(cap(provisioner, 'mds')).toEqual(['allow * fsname=cephfs']);
    expect(cap(node, 'mon')).not.toContain('allow command "osd blocklist"');
    expect(cap(node, 'mgr')).toContain('allow command "fs subvolume metadata set" with vol_name=cephfs group_name=csi key_name prefix .cephfs.csi.ceph.com/clientaddress/');
  });

  test('nodes note as whom they mount a volume, and lock those that are encrypted while they unlock them', () => {
    const credentials = CephCredentials.fromSecrets({
      provisioner: { name: 'a', namespace: 'ceph', userId: 'kubernetes-provisioner', encryptionPassphrase: true }, node: { name: 'b', namespace: 'ceph', userId: 'kubernetes-node', encryptionPassphrase: true },
    });
    const storage = cephFs({ credentials });
    const node = () => credentials.authCommands()[1];
    expect(cap(node(), 'mgr').filter(each => each.includes(' metadata set'))).toEqual(['subvolume', 'subvolume snapshot']
      .map(of => `allow command "fs ${of} metadata set" with vol_name=cephfs group_name=csi key_name prefix .cephfs.csi.ceph.com/userid/`));
    expect(cap(node(), 'osd').filter(each => each.includes('class lock'))).toEqual([]);
    storage.addStorageClass('encrypted', { encryption: {} });
    expect(cap(node(), 'osd').filter(each => each.includes('class lock'))).toEqual(['lock', 'unlock'].map(method => `allow class lock ${method} tag cephfs metadata=cephfs`));
  });

  test('a directory of a static volume is opened to nodes where it lies outside of the group', () => {
    const credentials = two();
    const storage = cephFs({ credentials });
    const add = (name: string, rootPath: string) => storage.addStaticVolume(name, { rootPath, capacity: CAPACITY });
    add('within', '/volumes/csi/data');
    add('beside', '/volumes/csi-old');
    add('blank', '/shared files');
    expect(cap(credentials.authCommands()[1], 'mds')).toEqual([
      'allow rw fsname=cephfs path=/volumes/csi', 'allow rw fsname=cephfs path="/shared files"', 'allow rw fsname=cephfs path=/volumes/csi-old',
    ]);
  });

  test('an existing user gets its permissions by ceph auth caps, with the same caps', () => {
    const credentials = two();
    rbd({ credentials });
    expect(credentials.authCommands({ update: true })).toEqual(credentials.authCommands().map(command => command.replace('ceph auth get-or-create ', 'ceph auth caps ')));
  });

  test('quotes of a shell in a name end nothing', () => {
    const credentials = single();
    declareNeed(credentials, { kind: 'cephfs', fsName: 'cephfs', subvolumeGroup: 'csi', rootPath: "/it's" });
    expect(credentials.authCommands()[0]).toContain('path="/it\'\\\'\'s"');
  });

  test('group snapshots of CephFS quiesce, which is asked without a group', () => {
    expect(capsOf(['provisioner'], [{ kind: 'cephfs', fsName: 'cephfs', subvolumeGroup: 'csi', groupSnapshots: true }])[1][1]).toContain('allow command "fs quiesce" with vol_name=cephfs');
  });
});

describe('Secrets from keys', () => {
  const USER = { userId: 'kubernetes', key: KEY };
  const NODE = { userId: 'kubernetes-node', key: KEY };

  test('one Secret, in the namespace of the driver, which is not pruned', () => {
    const chart = cephChart({ gitOps: GitOpsTool.ARGO_CD });
    const credentials = CephCredentials.fromKeys({ provisioner: USER, encryptionPassphrase: 'q8Zt0o1KpYdVbN5cF7hJ' });
    rbd({ credentials }, chart);
    expect(one(chart, 'Secret')).toMatchInlineSnapshot(`
{
  "apiVersion": "v1",
  "kind": "Secret",
  "metadata": {
    "annotations": {
      "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
    },
    "name": "ceph-csi",
    "namespace": "ceph-csi-rbd",
  },
  "stringData": {
    "encryptionPassphrase": "q8Zt0o1KpYdVbN5cF7hJ",
    "userID": "kubernetes",
    "userKey": "AQAJnwdrfkN3MxAAbXYGQsHhUtkduYvLOzzPwg==",
  },
}
`);
    expect(credentials.node).toEqual(credentials.provisioner);
    expect(credentials.provisioner).toMatchObject({ secret: { name: 'ceph-csi', namespace: 'ceph-csi-rbd' }, userId: 'kubernetes', encryptionPassphrase: true });
  });

  test('two Secrets, written once, and handed to the classes of both storages', () => {
    const chart = cephChart();
    const credentials = CephCredentials.fromKeys({ provisioner: USER, node: NODE, secretName: 'ceph', namespace: NAMESPACE });
    rbd({ credentials }, chart).addStorageClass('fast');
    cephFs({ credentials }, chart).addStorageClass('shared');
    expect(all(chart, 'Secret').map(({ metadata, stringData }) => [metadata.name, metadata.namespace, stringData.userID])).toEqual([
      ['ceph-provisioner', NAMESPACE, 'kubernetes'], ['ceph-node', NAMESPACE, 'kubernetes-node'],
    ]);
    for (const { parameters } of all(chart, 'StorageClass')) {
      expect(parameters).toMatchObject({ 'csi.storage.k8s.io/provisioner-secret-name': 'ceph-provisioner', 'csi.storage.k8s.io/node-stage-secret-name': 'ceph-node' });
    }
    expect(Findings.of(chart).list().map(({ code, path }) => [code, path])).toEqual([['CEPH085', 'chart/Rbd/Secret-ceph-provisioner'], ['CEPH085', 'chart/Rbd/Secret-ceph-node']]);
  });

  test('in two clusters of one app they are written twice', () => {
    const credentials = CephCredentials.fromKeys({ provisioner: USER, namespace: NAMESPACE });
    const charts = [cephChart(), cephChart()];
    charts.forEach((chart: Chart) => rbd({ credentials }, chart));
    expect(charts.map(chart => all(chart, 'Secret').length)).toEqual([1, 1]);
  });

  test('why a warning is accepted is written on the Secret itself', () => {
    const chart = cephChart();
    const storage = rbd({ credentials: CephCredentials.fromKeys({ provisioner: USER }) }, chart);
    Findings.of(storage).acknowledge('CEPH085', 'encrypted by SOPS');
    expect(one(chart, 'Secret').metadata.annotations).toEqual({ 'cdk8s-storage/CEPH085': 'encrypted by SOPS' });
  });

  test('a new kind of key is not checked against a kernel that is not declared', () => {
    const chart = cephChart();
    rbd({ credentials: CephCredentials.fromKeys({ provisioner: { userId: 'kubernetes', key: AES256K } }) }, chart);
    expect(uncheckedCodes(chart)).toContain('CEPH087');
  });

  test('no message tells a key or a passphrase', () => {
    const told = [
      thrown(() => CephCredentials.fromKeys({ provisioner: { userId: 'a', key: `${KEY} ` } })),
      thrown(() => CephCredentials.fromKeys({ provisioner: { userId: 'a', key: Buffer.from(KEY).toString('base64') } })),
      thrown(() => CephCredentials.fromKeys({ provisioner: KEY as any })),
      thrown(() => CephCredentials.fromKeys({ provisioner: USER, encryptionPassphrase: 'geheim' })),
      thrown(() => CephCredentials.fromSecret({ name: 'a', namespace: 'b', encryptionPassphrase: 'geheim' as any })),
    ].map(finding => JSON.stringify(finding));
    expect(told.filter(text => text.includes(KEY) || text.includes(Buffer.from(KEY).toString('base64')) || text.includes('geheim'))).toEqual([]);
    expect(told).toHaveLength(5);
  });

  test('kinds of keys', () => {
    expect([KEY, AES256K, 'secret', ''].map(keyKind)).toEqual(['aes', 'aes256k', undefined, undefined]);
    expect(keyProblem(Buffer.from(KEY).toString('base64'))).toMatch(/once more/);
  });
});

test('whatever is handed over, it is credentials or a finding', () => {
  const value = fc.oneof(fc.constantFrom(undefined, null, '', 'ceph', 'client.kubernetes', KEY, `${KEY}\n`, 'test_passphrase'), fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string()));
  const secret = fc.oneof({ weight: 3, arbitrary: fc.record({ name: value, namespace: value, userId: value, encryptionPassphrase: value }, { requiredKeys: [] }) }, value);
  const user = fc.oneof({ weight: 3, arbitrary: fc.record({ userId: value, key: value }, { requiredKeys: [] }) }, value);
  const keys = fc.record({ provisioner: user, node: user, secretName: value, namespace: value, encryptionPassphrase: value }, { requiredKeys: [] });
  // `thrown` passes on whatever is no finding.
  fc.assert(fc.property(secret, secret, keys, (provisioner: any, node: any, fromKeys: any) => {
    thrown(() => CephCredentials.fromSecret(provisioner));
    thrown(() => CephCredentials.fromSecrets({ provisioner, node }));
    thrown(() => rbd({ credentials: CephCredentials.fromKeys(fromKeys) }));
  }), { numRuns: 300, seed: 20261126 });
});

test('Secrets that exist are not written', () => {
  const chart = cephChart();
  new CephRbdStorage(chart, 'Rbd', { cluster: CLUSTER, credentials: two(), pool: 'kubernetes' });
  expect(all(chart, 'Secret')).toEqual([]);
});
