import { Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import { common, flag, label, members, mostly, name, number, some, text } from './basics';
import { pullSecrets } from './csi';
import { AccessMode, CsiDriver, GaneshaLogLevel, NfsServerDeploymentOptions, NfsSquash, StorageClass, Toleration } from '../../src';

/** Networks and addresses that do not overlap, by which clients can be made. */
const client = text(
  ['10.0.0.0/16', '10.1.2.3', '10.128.0.0/9', '192.168.7.0/24', '192.168.8.8/32', '172.16.0.0/12', '127.0.0.0/8', 'fd00::/48', 'fd01:0:0:1::/64', 'fd02::7', '2001:db8::/32', 'fd03::8/128'],
  ['10.0.0.1/16', '0.0.0.0/0', '::/0', 'node1', '10.0.0.0/33', 'fd00::/120', '::ffff:10.0.0.1', '10.0.0', 'fe80::1%eth0', '*', '10.0.0.0/255.255.0.0'],
);
const clients = mostly(fc.uniqueArray(client, { minLength: 1, maxLength: 4 }), fc.array(client, { maxLength: 4 }));

/** Odd, and allowed. */
const odd = fc.stringMatching(/^[ "'\\#;{}=,$%*()[\]<>|&!?~`@a-zé中😀.-]{1,12}$/u).filter(part => part !== '.' && part !== '..');
const path = fc.oneof(
  { weight: 40, arbitrary: fc.array(fc.oneof(odd, fc.constantFrom('exports', 'data')), { minLength: 1, maxLength: 3 }).map(parts => parts.join('/')) },
  { weight: 1, arbitrary: text(['a b'], ['/abs', 'a//b', '../x', 'recovery', 'recovery/x', '.', 'a\nb', 'x'.repeat(1000)]) },
);
const exported = some({
  name: fc.oneof(
    { weight: 60, arbitrary: fc.stringMatching(/^[\w-][\w.-]{0,20}$/) },
    { weight: 2, arbitrary: fc.constantFrom('_', '-', '-.-', 'a..b', 'EXPORT', 'recovery', '0', 'x'.repeat(255)) },
    { weight: 1, arbitrary: text(['shared'], ['/shared', 'a b', 'a/b', '..']) },
  ),
  path: mostly<string>(path, path),
  readOnly: flag,
  squash: members(NfsSquash),
  clients,
  exportId: number(fc.integer({ min: 1, max: 65535 })),
}, ['name']);

const seconds = (max: number) => mostly(
  fc.integer({ min: 1, max }).map(amount => Duration.seconds(amount)),
  fc.integer({ min: 0, max: 400_000 }).map(amount => Duration.millis(amount)),
  60,
);
/** Blocks that the server takes, and what it does not. */
const extra = fc.constantFrom('', 'MDCACHE { Entries_HWMark = 5000; }', '# nothing\n');

const any = some({
  ...common,
  namespace: label,
  createNamespace: flag,
  imagePullSecrets: pullSecrets,
  networkPolicy: flag,
  clusterIp: text(['10.96.0.77'], ['None', '10.96.0']), // the API server of the tests has no IPv6
  clusterDomain: text(['cluster.local', 'k8s.example.com'], ['.local']),
  minorVersions: mostly(fc.uniqueArray(fc.constantFrom(0, 1, 2), { minLength: 1 }), fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }), 40),
  leaseLifetime: seconds(120),
  gracePeriod: seconds(180),
  failover: seconds(300),
  evictable: flag,
  memoryLimit: mostly(fc.integer({ min: 256, max: 4096 }).map(amount => Size.mebibytes(amount)), fc.integer({ min: 0, max: 256 }).map(amount => Size.mebibytes(amount)), 60),
  memoryRequest: fc.integer({ min: 1, max: 256 }).map(amount => Size.mebibytes(amount)),
  cpuRequest: text(['100m', '1', '0.5', '2.25'], ['0', '1e3', '100']),
  nodeSelector: fc.constant({ disk: 'fast' }),
  tolerations: fc.constant<Toleration[]>([{ key: 'storage', operator: 'Exists' }]),
  priorityClassName: name,
  logLevel: members(GaneshaLogLevel),
  extraConfiguration: extra,
  runtimeDefaultSeccomp: flag,
}, []);

/** Few of them at a time, and a grace period that clients can keep. */
const few = fc.tuple(any, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 40, maxLength: 40 })).map(([props, dice]) => {
  const kept = Object.fromEntries(Object.entries(props).filter((_, index) => dice[index] < 5)) as typeof props;
  return dice[39] > 0 && kept.leaseLifetime !== undefined ? { ...kept, gracePeriod: kept.leaseLifetime } : dice[39] > 0 ? { ...kept, gracePeriod: undefined } : kept;
});

/** Options of NfsServer.deploy, without its claim. */
export const serverOptions: fc.Arbitrary<Omit<NfsServerDeploymentOptions, 'storage' | 'claim'>> = fc.tuple(
  few,
  text(['shared', 'nfs', 'files-2'], ['Shared', 'x'.repeat(53)]),
  text(['registry.example.com/storage/nfs-ganesha:4.3', 'nfs-ganesha:4.3'], ['nfs-ganesha', 'nfs-ganesha:latest']),
  clients,
  mostly(fc.uniqueArray(exported, { minLength: 1, maxLength: 3, selector: ({ name: of }) => of }), fc.array(exported, { maxLength: 3 }), 30),
).map(([props, of, image, who, exports]) => ({ ...props, name: of, image, clients: who, exports }));

/** Where it keeps its files. */
export const serverStorage = some({
  storageClass: fc.constantFrom('block', 'fast').map(of => StorageClass.fromStorageClassName(of, { driver: CsiDriver.fromDriverName('block.example.com') })),
  size: fc.constant(Size.gibibytes(10)),
  claimName: name,
  accessMode: mostly(fc.constantFrom(AccessMode.READ_WRITE_ONCE, AccessMode.READ_WRITE_ONCE_POD), members(AccessMode), 40),
}, ['storageClass', 'size']);
