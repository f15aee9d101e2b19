import { Construct } from 'constructs';
import { Build, Cases, nowhere } from './case';
import { CephCluster, CephCredentials, CephFsStorage, CephKeysOptions, CephRbdStorage, CephSecretOptions, CsiDriver, Findings } from '../../src';
import { cephChart, CLUSTER } from '../ceph/ceph';

const SECRET = { name: 'ceph-csi', namespace: 'ceph' };
const NODE = { name: 'ceph-csi-node', namespace: 'ceph', userId: 'kubernetes-node' };
/** Of a Ceph that was thrown away. */
export const KEY = 'AQAJnwdrfkN3MxAAbXYGQsHhUtkduYvLOzzPwg==';
const OTHER_KEY = 'AQD3ngdr8lWqLhAAWzFX9cBf5sVb4P2bOQm7XA==';
/** As Ceph 20 makes them. */
export const AES256K = Buffer.from([2, 0, ...Array(8).fill(7), 32, 0, ...Array(32).fill(9)]).toString('base64');
const USER = { userId: 'kubernetes', key: KEY };

const secret = (options: Partial<CephSecretOptions>) => nowhere(() => CephCredentials.fromSecret({ ...SECRET, ...options }));
const keys = (options: Partial<CephKeysOptions>) => nowhere(() => CephCredentials.fromKeys({ provisioner: USER, ...options }));

/** Storage, whose warning of keys in Git is acknowledged. */
function rbd(credentials: CephCredentials, scope: Construct = cephChart({ kernel: '6.12' })): CephRbdStorage {
  const storage = new CephRbdStorage(scope, 'Rbd', { cluster: CLUSTER, credentials, pool: 'kubernetes' });
  if (storage.apiObjects.some(({ kind }) => kind === 'Secret')) {
    Findings.of(storage).acknowledge('CEPH085', 'for a test');
  }
  return storage;
}

/** What is asked of credentials that a storage uses. */
const asked = (options: Partial<CephSecretOptions>, ask: (credentials: CephCredentials) => unknown): Build => {
  const credentials = CephCredentials.fromSecret({ ...SECRET, ...options });
  rbd(credentials);
  return nowhere(() => ask(credentials));
};

export const CEPH_AUTH_CASES: Cases = {
  CEPH080: {
    trips: {
      'client. before the user': secret({ userId: 'client.kubernetes' }),
      'client. twice': secret({ userId: 'client.client.kubernetes' }),
      'a user with blanks': secret({ userId: 'kube rnetes' }),
      'no user': secret({ userId: '' }),
      'a user that is a number': secret({ userId: 7 as any }),
      'a passphrase instead of whether there is one': secret({ encryptionPassphrase: 'geheim' as any }),
      'no Secret': nowhere(() => CephCredentials.fromSecret(undefined as any)),
      'a Secret by its name': nowhere(() => CephCredentials.fromSecret('ceph-csi' as any)),
      'no Secret for nodes': nowhere(() => CephCredentials.fromSecrets({ provisioner: SECRET, node: undefined as any })),
      'no Secrets': nowhere(() => CephCredentials.fromSecrets(undefined as any)),
      'no keys': nowhere(() => CephCredentials.fromKeys(undefined as any)),
      'a key without a user': keys({ provisioner: { key: KEY } as any }),
      'client. before the user of a key': keys({ node: { userId: 'client.kubernetes-node', key: KEY } }),
      'a key by itself': keys({ provisioner: KEY as any }),
    },
    passes: {
      'a user': () => rbd(CephCredentials.fromSecret({ ...SECRET, userId: 'kubernetes' })),
      'a user of Rook': () => rbd(CephCredentials.fromSecret({ ...SECRET, userId: 'csi-rbd-provisioner.1' })),
      'a user that is not declared': () => rbd(CephCredentials.fromSecret(SECRET)),
    },
  },
  CEPH081: {
    trips: {
      'no key': keys({ provisioner: { userId: 'kubernetes' } as any }),
      'an empty key': keys({ provisioner: { userId: 'kubernetes', key: '' } }),
      'a number': keys({ provisioner: { userId: 'kubernetes', key: 1 as any } }),
      'a placeholder': keys({ provisioner: { userId: 'kubernetes', key: '<Ceph auth key corresponding to the userID above>' } }),
      'a key with a line break': keys({ provisioner: { userId: 'kubernetes', key: `${KEY}\n` } }),
      'a key that is encoded once more': keys({ provisioner: { userId: 'kubernetes', key: Buffer.from(KEY).toString('base64') } }),
      'a key that was cut off': keys({ provisioner: { userId: 'kubernetes', key: KEY.slice(0, 36) } }),
      'base64 of something else': keys({ provisioner: { userId: 'kubernetes', key: Buffer.alloc(28, 7).toString('base64') } }),
      'the key of a node': keys({ node: { userId: 'kubernetes-node', key: 'secret' } }),
    },
    passes: {
      'a key': () => rbd(CephCredentials.fromKeys({ provisioner: USER })),
    },
  },
  CEPH082: {
    trips: {
      'two users in one Secret': nowhere(() => CephCredentials.fromSecrets({ provisioner: { ...SECRET, userId: 'kubernetes' }, node: { ...SECRET, userId: 'kubernetes-node' } })),
      'a passphrase for one of them in one Secret': nowhere(() => CephCredentials.fromSecrets({ provisioner: SECRET, node: { ...SECRET, encryptionPassphrase: true } })),
      'two keys of one user': keys({ node: { ...USER, key: OTHER_KEY } }),
      'two contents of one Secret': () => {
        const scope = cephChart();
        const storage = rbd(CephCredentials.fromKeys({ provisioner: USER, namespace: 'ceph' }), scope);
        return new CephRbdStorage(scope, 'Second', {
          cluster: CLUSTER, driver: storage.driver, pool: 'second', credentials: CephCredentials.fromKeys({ provisioner: { userId: 'other', key: OTHER_KEY }, namespace: 'ceph' }),
        });
      },
    },
    passes: {
      'two Secrets': () => rbd(CephCredentials.fromSecrets({ provisioner: SECRET, node: NODE })),
      'one user for both': () => rbd(CephCredentials.fromKeys({ provisioner: USER, node: USER })),
      'credentials that are the same, made twice': () => {
        const scope = cephChart();
        const storage = rbd(CephCredentials.fromKeys({ provisioner: USER, namespace: 'ceph' }), scope);
        return new CephRbdStorage(scope, 'Second', { cluster: CLUSTER, driver: storage.driver, pool: 'second', credentials: CephCredentials.fromKeys({ provisioner: USER, namespace: 'ceph' }) });
      },
    },
  },
  CEPH083: {
    trips: {
      'the passphrase of the examples': keys({ encryptionPassphrase: 'test_passphrase' }),
      'a passphrase that everybody tries first': keys({ encryptionPassphrase: 'ChangeMe' }),
      'an empty passphrase': keys({ encryptionPassphrase: '' }),
      'a short passphrase': keys({ encryptionPassphrase: 'geheim' }),
      'whether there is one': keys({ encryptionPassphrase: true as any }),
    },
    passes: {
      'a passphrase': () => rbd(CephCredentials.fromKeys({ provisioner: USER, encryptionPassphrase: 'q8Zt0o1KpYdVbN5cF7hJ' })),
    },
  },
  CEPH084: {
    trips: {
      'drivers in two namespaces': () => {
        const scope = cephChart();
        const credentials = CephCredentials.fromKeys({ provisioner: USER });
        rbd(credentials, scope);
        return new CephFsStorage(scope, 'Fs', { cluster: CLUSTER, credentials, fsName: 'cephfs' });
      },
      'a driver whose namespace is not known': () => new CephRbdStorage(cephChart(), 'Rbd', {
        cluster: CephCluster.existing('ceph'), driver: CsiDriver.fromDriverName('rbd.csi.ceph.com'), pool: 'kubernetes', credentials: CephCredentials.fromKeys({ provisioner: USER }),
      }),
      'nobody who uses it': nowhere(() => CephCredentials.fromKeys({ provisioner: USER }).node),
    },
    passes: {
      'drivers in two namespaces, and a third for the Secret': () => {
        const scope = cephChart();
        const credentials = CephCredentials.fromKeys({ provisioner: USER, namespace: 'ceph' });
        rbd(credentials, scope);
        return new CephFsStorage(scope, 'Fs', { cluster: CLUSTER, credentials, fsName: 'cephfs' });
      },
      'one driver': () => rbd(CephCredentials.fromKeys({ provisioner: USER })),
    },
  },
  CEPH085: {
    trips: {
      'a key': () => new CephRbdStorage(cephChart(), 'Rbd', { cluster: CLUSTER, pool: 'kubernetes', credentials: CephCredentials.fromKeys({ provisioner: USER }) }),
    },
    passes: {
      'a key, acknowledged': () => rbd(CephCredentials.fromKeys({ provisioner: USER })),
      'a Secret': () => rbd(CephCredentials.fromSecret(SECRET)),
    },
  },
  CEPH086: {
    trips: {
      'commands for a user that is not declared': asked({}, credentials => credentials.authCommands()),
      'commands that would take from the administrator': asked({ userId: 'admin' }, credentials => credentials.authCommands()),
      'commands for nobody': nowhere(() => CephCredentials.fromSecret({ ...SECRET, userId: 'kubernetes' }).authCommands()),
      'preparation for nobody': nowhere(() => CephCredentials.fromSecret(SECRET).prepareCommands()),
    },
    passes: {
      'commands for a user': () => {
        const credentials = CephCredentials.fromSecret({ ...SECRET, userId: 'kubernetes' });
        const storage = rbd(credentials);
        credentials.authCommands();
        return storage;
      },
      'preparation, for which no user is needed': () => {
        const credentials = CephCredentials.fromSecret(SECRET);
        const storage = rbd(credentials);
        credentials.prepareCommands();
        return storage;
      },
    },
  },
  CEPH087: {
    trips: {
      'a key that the kernel does not know': () => rbd(CephCredentials.fromKeys({ provisioner: { userId: 'kubernetes', key: AES256K } })),
    },
    passes: {
      'a kernel that knows it': () => rbd(CephCredentials.fromKeys({ provisioner: { userId: 'kubernetes', key: AES256K } }), cephChart({ kernel: '7.0' })),
      'a kernel that is not declared': () => rbd(CephCredentials.fromKeys({ provisioner: { userId: 'kubernetes', key: AES256K } }), cephChart()),
      'the key of a provisioner, who maps nothing': () => rbd(CephCredentials.fromKeys({ provisioner: { userId: 'kubernetes', key: AES256K }, node: { userId: 'kubernetes-node', key: KEY } })),
    },
  },
};
