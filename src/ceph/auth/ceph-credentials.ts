import { keyProblem } from './cephx-key';
import { authCommands, prepareCommands } from './commands';
import { CephAuthCommandsOptions, CephKeysOptions, CephSecretOptions, CephSecretsOptions, CephUserKey, CephUserReference } from './credential-options';
import { makerOf } from './made-elsewhere';
import { CephNeed, needsOf } from './needs';
import { CEPH_AUTH_RULES } from './rules';
import { declareSecrets, namespaceOf } from './written-secrets';
import { SecretReference } from '../../csi/secret-reference';
import { fail } from '../../findings/report';
import { checkLabel, checkSubdomain, shown } from '../../manifest/validate';

interface Users {
  readonly provisioner: CephUserReference;
  readonly node: CephUserReference;
}

/** The Ceph users as which the driver's controller and its node plugin come. Of one Ceph cluster; several storages on it may share them. */
export class CephCredentials {
  /**
   * One Secret for both. Nodes can make and delete volumes then; with `fromSecrets` they cannot.
   *
   * @throws CEPH080 for a user that Ceph would not find; MAN001 for names that no Secret has
   */
  public static fromSecret(options: CephSecretOptions): CephCredentials {
    const user = userOf('the Secret', options);
    return new CephCredentials(() => ({ provisioner: user, node: user }));
  }

  /**
   * A Secret for each.
   *
   * @throws CEPH080 for a user that Ceph would not find; CEPH082 for two users in one Secret; MAN001 for names that no Secret has
   */
  public static fromSecrets(options: CephSecretsOptions): CephCredentials {
    const provisioner = userOf('the provisioner', options?.provisioner);
    const node = userOf('the node', options?.node);
    const same = provisioner.secret.name === node.secret.name && provisioner.secret.namespace === node.secret.namespace;
    if (same && (provisioner.userId !== node.userId || provisioner.encryptionPassphrase !== node.encryptionPassphrase)) {
      refuseTwice(`the Secret '${node.secret.namespace}/${node.secret.name}'`, 'it is said to have one content for the provisioner and another for nodes', 'give nodes a Secret of their own');
    }
    return new CephCredentials(() => ({ provisioner, node }));
  }

  /**
   * Keys that are written into the manifests, and so into Git (CEPH085): for trying it out, or where manifests are encrypted.
   *
   * @throws CEPH080 to CEPH083 for users, keys and passphrases that cannot be used; MAN001 for names that no Secret has
   */
  public static fromKeys(options: CephKeysOptions): CephCredentials {
    const { provisioner, node, secretName = 'ceph-csi', namespace, encryptionPassphrase } = options ?? {} as CephKeysOptions;
    checkKey('the provisioner', provisioner);
    if (node !== undefined) {
      checkKey('the node', node);
      if (node.userId === provisioner.userId && node.key !== provisioner.key) {
        refuseTwice(`client.${node.userId}`, 'it has one key as the provisioner, and another as the node', `take what ceph auth print-key client.${node.userId} prints for both, or leave node out`);
      }
    }
    checkPassphrase(encryptionPassphrase);
    const suffixed = (suffix: string) => node === undefined ? secretName : `${secretName}-${suffix}`;
    const secrets = [
      { ...provisioner, name: suffixed('provisioner'), node: node === undefined, encryptionPassphrase },
      ...(node === undefined ? [] : [{ ...node, name: suffixed('node'), node: true, encryptionPassphrase }]),
    ];
    secrets.forEach(({ name }) => checkSubdomain(undefined, 'the Secret', name));
    if (namespace !== undefined) {
      checkLabel(undefined, 'the namespace of the Secret', namespace);
    }
    const users = secrets.map(({ name, userId }) => (): CephUserReference => ({
      secret: SecretReference.fromName(name, namespaceOf(credentials)), userId, encryptionPassphrase: encryptionPassphrase !== undefined,
    }));
    const credentials = new CephCredentials(() => ({ provisioner: users[0](), node: users[users.length - 1]() }));
    declareSecrets(credentials, secrets, namespace);
    return credentials;
  }

  private constructor(private readonly users: () => Users) {}

  /**
   * The user as which the controller makes and deletes volumes.
   *
   * @throws CEPH084 when it was made from keys without a namespace, and no storage uses it yet
   */
  public get provisioner(): CephUserReference {
    return this.users().provisioner;
  }

  /**
   * The user as which nodes open volumes.
   *
   * @throws CEPH084 when it was made from keys without a namespace, and no storage uses it yet
   */
  public get node(): CephUserReference {
    return this.users().node;
  }

  /**
   * What makes the users in Ceph, each with no more than the storages need that have these credentials so far: call it when all classes are added. One command
   * per user, for the shell of an administrator of Ceph; they print the keys. Run again they change nothing.
   *
   * @throws CEPH086 when a `userId` is not declared, no storage has these credentials, or Rook makes them
   * @see https://docs.ceph.com/en/latest/rados/operations/user-management/
   */
  public authCommands(options: CephAuthCommandsOptions = {}): string[] {
    const needs = this.needs('authCommands');
    const { provisioner, node } = this.users();
    return authCommands({ provisioner: known('provisioner', provisioner), node: known('node', node) }, needs, options?.update ?? false);
  }

  /**
   * What makes, in Ceph, what has to be there before the first volume: initialized pools, RADOS namespaces, groups of subvolumes. Pools and file systems
   * themselves are yours to make. Run again the commands change nothing.
   *
   * @throws CEPH086 when no storage has these credentials, or Rook makes them
   */
  public prepareCommands(): string[] {
    return prepareCommands(this.needs('prepareCommands'));
  }

  private needs(method: string): CephNeed[] {
    const maker = makerOf(this);
    if (maker !== undefined) {
      fail(undefined, CEPH_AUTH_RULES.CEPH086, { problem: `${method}() is asked of credentials that are none of yours to make: ${maker}`, expected: `leave ${method}() out` });
    }
    const needs = needsOf(this);
    if (needs.length === 0) {
      fail(undefined, CEPH_AUTH_RULES.CEPH086, {
        problem: `${method}() is asked before any storage has these credentials: what their users need is not known`,
        expected: 'call it after new CephRbdStorage(…, { credentials }) or CephFsStorage, and when their classes are added',
      });
    }
    return needs;
  }
}

function known(role: string, { userId, secret }: CephUserReference): string {
  if (userId === 'admin' || userId?.startsWith('bootstrap-')) {
    fail(undefined, CEPH_AUTH_RULES.CEPH086, {
      problem: `client.${userId} is a user of Ceph itself: these commands would take from it what its administrator needs`,
      expected: `make a user for the ${role}: userId: 'kubernetes-${role}', with a Secret of its own`,
    });
  }
  return userId ?? fail(undefined, CEPH_AUTH_RULES.CEPH086, {
    problem: `which Ceph user the Secret '${secret.namespace}/${secret.name}' of the ${role} has is not declared, so no command can name it`,
    expected: `declare it: { name: '${secret.name}', namespace: '${secret.namespace}', userId: 'kubernetes-${role}' }`,
  });
}

function refuse(what: string, value: unknown, problem: string, expected: string): never {
  return fail(undefined, CEPH_AUTH_RULES.CEPH080, { what, value: shown(value), problem, expected });
}

function refuseTwice(what: string, problem: string, expected: string): never {
  return fail(undefined, CEPH_AUTH_RULES.CEPH082, { what, problem, expected });
}

/** CEPH080 */
function checkUser(userId: string): string {
  if (typeof userId !== 'string' || !/^[A-Za-z0-9_.@-]+$/.test(userId)) {
    refuse('the userId', userId, "it is no name of letters, digits, '-', '_', '.' and '@'", "such as 'kubernetes-node', for the user client.kubernetes-node");
  }
  if (userId.startsWith('client.')) {
    refuse('the userId', userId, 'ceph-csi puts client. before it by itself, and Ceph would not find the user', `leave it out: '${userId.replace(/^(client\.)+/, '')}'`);
  }
  return userId;
}

function userOf(what: string, options: CephSecretOptions): CephUserReference {
  if (typeof options !== 'object' || options === null) {
    refuse(what, options, 'it is no Secret', "name it: { name: 'ceph-csi', namespace: 'ceph' }");
  }
  const { name, namespace, userId, encryptionPassphrase = false } = options;
  if (typeof encryptionPassphrase !== 'boolean') {
    refuse('encryptionPassphrase of', name, 'it only says whether the Secret has one', 'write true, and put the passphrase into the Secret under encryptionPassphrase');
  }
  return { secret: SecretReference.fromName(name, namespace), userId: userId === undefined ? undefined : checkUser(userId), encryptionPassphrase };
}

/** CEPH080, CEPH081 */
function checkKey(what: string, user: CephUserKey): void {
  if (typeof user !== 'object' || user === null) {
    // A text may be the key itself, which no message tells.
    refuse(what, typeof user === 'string' ? {} : user, 'it is no user with a key', "write { userId: 'kubernetes', key: 'AQ…==' } (ceph auth print-key client.kubernetes)");
  }
  const problem = keyProblem(user.key);
  checkUser(user.userId);
  if (problem) {
    fail(undefined, CEPH_AUTH_RULES.CEPH081, { user: user.userId, problem });
  }
}

/** Passphrases of examples. */
const EXAMPLES = ['test_passphrase', 'passphrase', 'password', 'changeme', 'secret'];
const SHORT = 12;

/** CEPH083. It never tells the passphrase, unless everybody knows it. */
function checkPassphrase(passphrase?: string): void {
  const problem = passphrase === undefined ? undefined
    : typeof passphrase !== 'string' ? `is ${shown(passphrase)}, no text`
      : EXAMPLES.includes(passphrase.toLowerCase()) ? `'${passphrase}' is that of an example`
        : passphrase.length < SHORT ? `has fewer than ${SHORT} characters` : undefined;
  if (problem) {
    fail(undefined, CEPH_AUTH_RULES.CEPH083, { problem });
  }
}
