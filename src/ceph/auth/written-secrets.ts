import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { keyKind } from './cephx-key';
import { CEPH_AUTH_RULES } from './rules';
import { checkAtSynth, fail, report, unchecked } from '../../findings/report';
import { emit } from '../../manifest/emit';
import { ManifestProps } from '../../manifest/manifest-props';
import { Cluster } from '../../platform/cluster';
import { Platform } from '../../platform/platform';

/** A Secret that is written from a key. */
export interface WrittenSecret {
  readonly name: string;
  readonly userId: string;
  readonly key: string;
  readonly encryptionPassphrase?: string;
  /** Whether nodes come as this user. */
  readonly node: boolean;
}

/** The Secrets of some credentials, and where they are written: as was said, or else where the driver is. */
interface Written {
  readonly secrets: readonly WrittenSecret[];
  readonly namespace?: string;
  driverNamespace?: string;
}

const WRITTEN = new WeakMap<object, Written>();

/** The Secrets that were written in a cluster. */
const SECRETS = 'ceph secrets that are written';
const KEY_SINCE = '7.0';

interface Place {
  readonly place: string;
  readonly content: string;
  readonly owner: string;
}

/** Says that the Secrets of some credentials are written, by the first storage that uses them. */
export function declareSecrets(credentials: object, secrets: readonly WrittenSecret[], namespace?: string): void {
  WRITTEN.set(credentials, { secrets, namespace });
}

/** CEPH084 */
export function namespaceOf(credentials: object): string {
  const { secrets, namespace, driverNamespace } = WRITTEN.get(credentials)!;
  return namespace ?? driverNamespace ?? fail(undefined, CEPH_AUTH_RULES.CEPH084, { secret: `'${secrets[0].name}'`, problem: 'no storage uses it yet, whose driver has a namespace' });
}

/**
 * Writes the Secrets of credentials that were made from keys; those of others are there already. CEPH082, CEPH084
 *
 * @param fallback the namespace of the driver, for Secrets that have none
 */
export function writeCredentials(scope: Construct, credentials: object, fallback: string | undefined, common: ManifestProps): void {
  const written = WRITTEN.get(credentials);
  if (!written) {
    return;
  }
  const namespace = home(scope, written, fallback);
  for (const secret of written.secrets) {
    const place = `${namespace}/${secret.name}`;
    const content = JSON.stringify([secret.userId, secret.key, secret.encryptionPassphrase]);
    const known = Cluster.of(scope).members<Place>(SECRETS).find(other => other.place === place);
    if (known && known.content !== content) {
      fail(scope, CEPH_AUTH_RULES.CEPH082, {
        what: `the Secret '${place}'`, problem: `${known.owner} writes it with another content`, expected: 'hand both the same credentials, or give one a secretName of its own',
      });
    }
    if (!known) {
      Cluster.of(scope).join(SECRETS, { place, content, owner: scope.node.path });
      write(scope, secret, namespace, common);
    }
  }
}

/** Where they are written. Those without a namespace have that of the driver, which has to be the same for all that use them. */
function home(scope: Construct, written: Written, fallback: string | undefined): string {
  if (written.namespace !== undefined) {
    return written.namespace;
  }
  const { driverNamespace = fallback } = written;
  if (fallback === undefined || fallback !== driverNamespace) {
    fail(scope, CEPH_AUTH_RULES.CEPH084, {
      secret: `'${written.secrets[0].name}'`,
      problem: fallback === undefined ? 'the driver is installed elsewhere, and its namespace is not declared' : `it is used by drivers in '${driverNamespace}' and '${fallback}'`,
    });
  }
  return written.driverNamespace = fallback;
}

function write(scope: Construct, { name, userId, key, encryptionPassphrase, node }: WrittenSecret, namespace: string, common: ManifestProps): void {
  const stringData = { userID: userId, userKey: key, ...(encryptionPassphrase === undefined ? {} : { encryptionPassphrase }) };
  const manifest = k8s.KubeSecret.manifest({ metadata: { name, namespace }, stringData });
  const secret = emit(scope, `Secret-${name}`, manifest, common, { holdsData: true });
  report(secret, CEPH_AUTH_RULES.CEPH085, { user: userId, secret: `${namespace}/${name}`, name, namespace });
  if (node && keyKind(key) === 'aes256k') {
    const { kernel } = Platform.of(scope);
    if (kernel === undefined) {
      checkAtSynth(secret, () => unchecked(secret, CEPH_AUTH_RULES.CEPH087, "the nodes' kernel: Platform.set(…, { kernel })"));
    } else if (!Platform.of(scope).hasKernel(KEY_SINCE)) {
      report(secret, CEPH_AUTH_RULES.CEPH087, { user: userId, kernel });
    }
  }
}
