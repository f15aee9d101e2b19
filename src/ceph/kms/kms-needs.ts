import { IConstruct } from 'constructs';
import { CephKms } from './ceph-kms';
import { CephKmsProvider } from './ceph-kms-provider';
import { kmsFacts } from './kms-facts';
import { KMS_PROVIDERS, KmsGrant, KmsProvider, KmsValues } from './kms-providers';
import { CEPH_KMS_RULES } from './rules';
import { fail, report } from '../../findings/report';
import { shown } from '../../manifest/validate';

/** What the controller and the node plugin of a driver need for a key management system: both open it. */
export interface KmsNeeds {
  /** Secrets that they read by their names. */
  readonly secrets: { readonly name: string; readonly namespace: string }[];
  /** What they do in the namespaces of all claims, and in the cluster. */
  readonly grants: KmsGrant[];
  /** Whether they need a token for the audience `ceph-csi-kms` at /run/secrets/tokens/oidc-token. */
  readonly oidcToken: boolean;
  /** Whether files can be encrypted with it; `undefined` where its kind is not declared. */
  readonly fileEncryption?: boolean;
}

/** Its entry in the configuration of the driver; nothing where the driver knows it already. */
export function kmsEntry(kms: CephKms): Record<string, unknown> | undefined {
  const facts = kmsFacts(kms);
  if (!facts) {
    return undefined;
  }
  const entry: Record<string, unknown> = { encryptionKMSType: facts.provider };
  for (const [name, { key, form, otherwise }] of Object.entries(KMS_PROVIDERS[facts.provider].settings)) {
    const value = facts.values[name];
    if (key !== undefined && (value ?? otherwise) !== undefined) {
      entry[key] = value === undefined ? otherwise : form.written?.(value) ?? value;
    }
  }
  return entry;
}

export function kmsNeeds(kms: CephKms, driverNamespace: string): KmsNeeds {
  const facts = kmsFacts(kms);
  const values: KmsValues = facts?.values ?? {};
  const { driverSecret, grants, oidcToken = false }: Partial<KmsProvider> = facts ? KMS_PROVIDERS[facts.provider] : {};
  const name = values.secretName ?? driverSecret;
  const namespace = driverSecret === undefined ? values.secretNamespace : driverNamespace;
  return {
    secrets: name !== undefined && namespace !== undefined ? [{ name, namespace }] : [],
    grants: grants?.(values) ?? [],
    oidcToken,
    // Of one that the driver knows already the kind may be declared, and nothing else.
    fileEncryption: kms.provider && KMS_PROVIDERS[kms.provider].fileEncryption,
  };
}

/** Whether its passphrase is in the Secrets of the class. */
export function takesPassphrase(kms: CephKms): boolean {
  const { provider, values } = kmsFacts(kms) ?? {};
  return provider === CephKmsProvider.SECRET_METADATA && values?.secretName === undefined;
}

/** `config.json` of the key management systems of a driver that is installed here. CEPH060 to CEPH064 */
export function kmsConfiguration(scope: IConstruct, systems: readonly CephKms[] = []): string {
  const entries = new Map<string, Record<string, unknown>>();
  if (!Array.isArray(systems) || systems.some(kms => !(kms instanceof CephKms))) {
    const stranger = Array.isArray(systems) ? systems.find(kms => !(kms instanceof CephKms)) : systems;
    fail(scope, CEPH_KMS_RULES.CEPH060, {
      what: 'the key management system', value: shown(stranger), problem: 'it is no list of CephKms', expected: "write kms: [CephKms.vault({ id: 'vault', address: 'https://vault.example.com' })]",
    });
  }
  for (const kms of systems) {
    const entry = kmsEntry(kms);
    const other = entries.get(kms.id);
    if (!entry) {
      fail(scope, CEPH_KMS_RULES.CEPH062, { id: kms.id });
    }
    if (other && JSON.stringify(other) !== JSON.stringify(entry)) {
      fail(scope, CEPH_KMS_RULES.CEPH061, { id: kms.id });
    }
    if (!other) {
      entries.set(kms.id, entry!);
      warn(scope, kms);
    }
  }
  return `${JSON.stringify(Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1))), undefined, 2)}\n`;
}

/** CEPH063, CEPH064 */
function warn(scope: IConstruct, kms: CephKms): void {
  const { id } = kms;
  const { provider, values } = kmsFacts(kms)!;
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string' && value.startsWith('http://')) {
      report(scope, CEPH_KMS_RULES.CEPH063, { id, setting: `the ${name} '${value}'`, expected: 'use https://' });
    }
  }
  if (values.caVerify === false) {
    report(scope, CEPH_KMS_RULES.CEPH063, {
      id, setting: 'caVerify false', expected: `leave it out, and give the certificate of its authority: ${'caSecretKey' in KMS_PROVIDERS[provider].settings ? 'caSecretKey' : 'caSecretName'}`,
    });
  }
  const grants = KMS_PROVIDERS[provider].grants?.(values).filter(({ names }) => names.length > 0) ?? [];
  if (grants.length > 0) {
    const what = grants.map(({ resource, verbs, names }) => `${verbs.join(', ')} ${resource} ${names.map(name => `'${name}'`).join(', ')}`).join('; ');
    report(scope, CEPH_KMS_RULES.CEPH064, {
      id, what, expected: 'secretNamespace' in KMS_PROVIDERS[provider].settings ? 'give it a secretNamespace' : 'use one whose credentials are those of the driver, such as CephKms.vault',
    });
  }
}
