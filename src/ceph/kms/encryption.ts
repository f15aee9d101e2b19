import { IConstruct } from 'constructs';
import { CephFsEncryption } from './ceph-fs-encryption';
import { CephKms } from './ceph-kms';
import { CephKmsProvider } from './ceph-kms-provider';
import { kmsFacts } from './kms-facts';
import { kmsNeeds, takesPassphrase } from './kms-needs';
import { RbdEncryption, RbdEncryptionCipher, RbdEncryptionIntegrity, RbdEncryptionType } from './rbd-encryption';
import { CEPH_KMS_RULES } from './rules';
import { isBefore } from '../../csi/release';
import { checkAtSynth, fail, report, unchecked } from '../../findings/report';
import { Rule } from '../../findings/rule';
import { shown } from '../../manifest/validate';
import { Platform } from '../../platform/platform';

/** What is known of a class beside its encryption. What is missing is not known, and not checked. */
export interface EncryptionContext {
  /** Whether the Secrets of the class have the key `encryptionPassphrase`. */
  readonly credentials?: { readonly provisioner: { readonly encryptionPassphrase?: boolean }; readonly node: { readonly encryptionPassphrase?: boolean } };
  readonly expansion?: boolean;
  readonly fsType?: string;
  readonly volumeMode?: string;
  readonly mounter?: string;
  /** The release of ceph-csi. */
  readonly version?: string;
  readonly clusterId?: string;
}

const KEY_SIZES = [256, 512];
const SECTOR_SIZES = [512, 1024, 2048, 4096];
const CEPHFS_KERNEL = '6.6';

/** What only newer releases of ceph-csi do, and what older ones do instead. */
const SINCE: { readonly what: string; readonly since: string; readonly consequence: string; readonly applies: (encryption: RbdEncryption) => boolean }[] = [
  { what: 'a cipher', since: 'v3.16.0', consequence: 'it would pass over it and use the default', applies: ({ cipher }) => cipher !== undefined },
  {
    what: 'localCryptography of KMIP', since: 'v3.17.0', consequence: 'it would let the server encrypt, which the server may not do',
    applies: ({ kms }) => kms !== undefined && kmsFacts(kms)?.values.localCryptography === true,
  },
  {
    what: 'Azure Key Vault', since: 'v3.11.0', consequence: 'it does not know such a key management system',
    applies: ({ kms }) => kms?.provider === CephKmsProvider.AZURE_KEY_VAULT,
  },
];

/** What an encryption adds to the parameters of an RBD class. CEPH065 to CEPH069, CEPH071 to CEPH073 */
export function rbdEncryptionParameters(scope: IConstruct, encryption: RbdEncryption | undefined, context: EncryptionContext): Record<string, string> {
  if (encryption === undefined || encryption === null) {
    return {};
  }
  checkObject(scope, encryption);
  const given = withoutNothing(encryption);
  const { kms, type, cipher, keySize, sectorSize, integrity } = given;
  checkOptions(scope, given);
  checkKeys(scope, kms, context);
  if (type === RbdEncryptionType.FILE) {
    const { fsType, volumeMode } = context;
    if (volumeMode === 'Block') {
      fail(scope, CEPH_KMS_RULES.CEPH067, { what: 'the volumes are block devices (volumeMode Block)', able: 'ext4', expected: 'use RbdEncryptionType.BLOCK' });
    }
    if (fsType !== undefined && fsType !== 'ext4') {
      fail(scope, CEPH_KMS_RULES.CEPH067, { what: `the class has the fsType ${shown(fsType)}`, able: 'ext4', expected: 'leave fsType out, or use RbdEncryptionType.BLOCK' });
    }
    checkFiles(scope, kms, ', or RbdEncryptionType.BLOCK');
  }
  if (integrity !== undefined) {
    if (context.expansion) {
      fail(scope, CEPH_KMS_RULES.CEPH069);
    }
    report(scope, CEPH_KMS_RULES.CEPH073);
  }
  checkRelease(scope, given, context.version);
  return texts({
    encrypted: true, encryptionType: type, encryptionKMSID: kms?.id,
    encryptionCipher: cipher, encryptionKeySize: keySize, encryptionSectorSize: sectorSize, integrityMode: integrity,
  });
}

/** What an encryption adds to the parameters of a CephFS class. CEPH065 to CEPH068, CEPH070 to CEPH072 */
export function cephFsEncryptionParameters(scope: IConstruct, encryption: CephFsEncryption | undefined, context: EncryptionContext): Record<string, string> {
  if (encryption === undefined || encryption === null) {
    return {};
  }
  checkObject(scope, encryption);
  const given = withoutNothing(encryption);
  checkOptions(scope, given);
  checkKeys(scope, given.kms, context);
  if (context.mounter === 'fuse') {
    fail(scope, CEPH_KMS_RULES.CEPH067, { what: 'the class is mounted by ceph-fuse', able: 'the kernel', expected: 'leave the mounter out, or use the kernel' });
  }
  checkFiles(scope, given.kms, '');
  checkRelease(scope, given, context.version);
  const { kernel } = Platform.of(scope);
  if (Platform.of(scope).hasKernel(CEPHFS_KERNEL) === false) {
    report(scope, CEPH_KMS_RULES.CEPH070, { kernel: kernel! });
  } else if (kernel === undefined) {
    leave(scope, CEPH_KMS_RULES.CEPH070, "the nodes' kernel: Platform.set(…, { kernel })");
  }
  return texts({ encrypted: true, encryptionKMSID: given.kms?.id });
}

/** From JavaScript, or from other languages, what is left out may be null. */
function withoutNothing<T extends object>(encryption: T): T {
  return Object.fromEntries(Object.entries(encryption).filter(([, value]) => value !== undefined && value !== null)) as T;
}

function texts(parameters: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined).map(([key, value]) => [key, `${value}`]));
}

function leave(scope: IConstruct, rule: Rule, missing: string): void {
  checkAtSynth(scope, () => unchecked(scope, rule, missing));
}

/** CEPH065 */
function refuse(scope: IConstruct, option: string, problem: string, expected: string): never {
  return fail(scope, CEPH_KMS_RULES.CEPH065, { option, problem, expected });
}

function checkObject(scope: IConstruct, encryption: unknown): void {
  if (typeof encryption !== 'object' || Array.isArray(encryption)) {
    refuse(scope, shown(encryption), 'it does not say how', "write encryption: { kms: CephKms.vault({ id: 'vault', address: 'https://vault.example.com' }) }, or leave it out");
  }
}

/** CEPH065 */
function checkOptions(scope: IConstruct, { kms, type, cipher, keySize, sectorSize, integrity }: RbdEncryption): void {
  const tuning = Object.entries({ cipher, keySize, sectorSize, integrity }).find(([, value]) => value !== undefined)?.[0] ?? '';
  const among = (values: object, value: unknown) => value === undefined || Object.values(values).includes(value);
  const rows: readonly (readonly [boolean, string, string, string])[] = [
    [kms !== undefined && !(kms instanceof CephKms), `kms ${shown(kms)}`, 'it is no CephKms', "use CephKms.vault({ id: 'vault', address }) or CephKms.existing('vault')"],
    [!among(RbdEncryptionType, type), `type ${shown(type)}`, 'there is no such type', 'use RbdEncryptionType.BLOCK or FILE'],
    [!among(RbdEncryptionCipher, cipher), `cipher ${shown(cipher)}`, 'ceph-csi allows no such cipher', 'use RbdEncryptionCipher.AES_XTS_PLAIN64, or leave it out'],
    [!among(RbdEncryptionIntegrity, integrity), `integrity ${shown(integrity)}`, 'there is no such mode', 'use RbdEncryptionIntegrity.HMAC_SHA256, or leave it out'],
    [!among(KEY_SIZES, keySize), `keySize ${shown(keySize)}`, 'XTS splits a key in two halves, and AES has keys of 128 and 256 bits', 'write 512 or 256, or leave it out for 512'],
    [!among(SECTOR_SIZES, sectorSize), `sectorSize ${shown(sectorSize)}`, 'it is no power of two from 512 to 4096', 'write 4096, or leave it out'],
    [type === RbdEncryptionType.FILE && tuning !== '', tuning, 'it is for encrypted devices, but ext4 encrypts files in its own way', 'leave it out, or use RbdEncryptionType.BLOCK'],
    [tuning !== '' && cipher === undefined, tuning, 'ceph-csi passes over it where no cipher is given', 'add cipher: RbdEncryptionCipher.AES_XTS_PLAIN64, which is the one that is used by default'],
    [/-random$/.test(`${cipher}`) && integrity === undefined, `cipher '${cipher}'`, 'its random initialization vectors are kept by dm-integrity, without which there is no room for them',
      'add integrity: RbdEncryptionIntegrity.HMAC_SHA256, or use RbdEncryptionCipher.AES_XTS_PLAIN64'],
  ];
  const [, option, problem, expected] = rows.find(([applies]) => applies) ?? [];
  if (option !== undefined) {
    refuse(scope, option, problem!, expected!);
  }
}

/** CEPH066, CEPH072 */
function checkKeys(scope: IConstruct, kms: CephKms | undefined, { credentials, clusterId }: EncryptionContext): void {
  if (kms?.provider === CephKmsProvider.AZURE_KEY_VAULT && clusterId !== undefined && !/^[0-9A-Za-z-]+$/.test(clusterId)) {
    fail(scope, CEPH_KMS_RULES.CEPH072, { id: kms.id, clusterId });
  }
  if (kms !== undefined && !takesPassphrase(kms)) {
    return;
  }
  if (credentials === undefined) {
    leave(scope, CEPH_KMS_RULES.CEPH066, 'whether the Secrets of the class have an encryptionPassphrase');
    return;
  }
  const without = (['provisioner', 'node'] as const).filter(role => credentials[role]?.encryptionPassphrase !== true);
  if (without.length > 0) {
    const who = without.map(role => (role === 'node' ? 'the nodes' : 'the provisioner')).join(' and that of ');
    fail(scope, CEPH_KMS_RULES.CEPH066, {
      what: kms ? `the key management system '${kms.id}' without a secretName` : 'encryption without a key management system', lacking: `that of ${who} is not declared to have it`,
    });
  }
}

/** CEPH068 */
function checkFiles(scope: IConstruct, kms: CephKms | undefined, alternative: string): void {
  const able = kms === undefined ? true : kmsNeeds(kms, '').fileEncryption;
  if (able === false) {
    fail(scope, CEPH_KMS_RULES.CEPH068, { id: kms!.id, provider: kms!.provider!, alternative });
  }
  if (able === undefined) {
    leave(scope, CEPH_KMS_RULES.CEPH068, `the kind of the key management system '${kms!.id}': CephKms.existing('${kms!.id}', { provider })`);
  }
}

/** CEPH071 */
function checkRelease(scope: IConstruct, encryption: RbdEncryption, version: string | undefined): void {
  for (const { what, since, consequence } of SINCE.filter(({ applies }) => applies(encryption))) {
    const before = isBefore(version, since);
    if (before) {
      fail(scope, CEPH_KMS_RULES.CEPH071, { what, since, consequence, version: version! });
    }
    if (before === undefined) {
      leave(scope, CEPH_KMS_RULES.CEPH071, `the driver's release, which ${what} needs to be ${since}`);
    }
  }
}
