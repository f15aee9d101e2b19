import { FindingLevel } from '../../findings/finding';
import { defineRules } from '../../findings/rule';

const SOURCE = 'https://github.com/ceph/ceph-csi/blob/v3.17.1';
const RBD = SOURCE + '/docs/rbd/deploy.md';
const DOCS = 'docs/ceph-encryption.md';

export const CEPH_KMS_RULES = defineRules('ceph', {
  CEPH060: {
    level: FindingLevel.ERROR,
    check: 'a key management system has every setting that ceph-csi wants of it, in the form that it reads',
    message: '{what} {value}: {problem}',
    fix: '{expected}',
    reference: SOURCE + '/internal/kms',
  },
  CEPH061: {
    level: FindingLevel.ERROR,
    check: 'an id names one key management system of a driver',
    message: "two key management systems of the driver have the id '{id}', with different settings: one of them would be lost, and with it the keys of its volumes",
    fix: 'give one of them another id, before it has volumes',
    reference: DOCS,
  },
  CEPH062: {
    level: FindingLevel.ERROR,
    check: 'a driver that is installed here is told all of its key management systems',
    message: "of the key management system '{id}' only the id is known, but the configuration of the driver is written here: its volumes could not be opened",
    fix: "describe it: CephKms.vault({ id: '{id}', address }) or another factory; CephKms.existing is for drivers that are installed elsewhere",
    reference: DOCS,
  },
  CEPH063: {
    level: FindingLevel.WARNING,
    check: 'the way to a key management system is encrypted and its server verified',
    message: "the key management system '{id}' has {setting}: whoever is between it and the nodes gets the keys of all volumes",
    fix: '{expected}; acknowledge this for tests',
    reference: DOCS,
  },
  CEPH064: {
    level: FindingLevel.WARNING,
    check: 'a driver is let into the namespaces of all tenants only where somebody knows of it',
    message: "the key management system '{id}' has its credentials in the namespaces of the claims: the accounts of the driver may {what} in every namespace",
    fix: '{expected}, or acknowledge this',
    reference: DOCS,
  },
  CEPH065: {
    level: FindingLevel.ERROR,
    check: 'options of encryption exist and go together',
    message: 'encryption: {option}: {problem}',
    fix: '{expected}',
    reference: RBD,
  },
  CEPH066: {
    level: FindingLevel.ERROR,
    check: 'an encrypted class has keys: a key management system, or a passphrase in both Secrets',
    message: '{what} takes the passphrase encryptionPassphrase from the Secrets of the class, but {lacking}: every volume would fail to be created or mounted',
    fix: "add it there (openssl rand -base64 32) and declare it: encryptionPassphrase: true, or use a key management system: encryption: { kms: CephKms.vault({ id: 'vault', address }) }",
    reference: RBD,
  },
  CEPH067: {
    level: FindingLevel.ERROR,
    check: 'files are encrypted by a file system that can do so',
    message: '{what}, but files are encrypted only by {able}: every mount would fail',
    fix: '{expected}',
    reference: DOCS,
  },
  CEPH068: {
    level: FindingLevel.ERROR,
    check: 'files are encrypted with a key management system that hands out a key',
    message: "the key management system '{id}' ({provider}) only encrypts keys, which this release of ceph-csi cannot keep for encrypted files: every volume would fail to be created",
    fix: 'use one that keeps keys or a passphrase: CephKms.vault, vaultTokens, vaultTenantServiceAccount, azureKeyVault or secretMetadata{alternative}',
    reference: 'https://github.com/ceph/ceph-csi/issues/6324',
  },
  CEPH069: {
    level: FindingLevel.ERROR,
    check: 'a volume that is protected by integrity is not to be enlarged',
    message: 'the class allows expansion, but a volume with integrity cannot be enlarged: each attempt would fail on the node',
    fix: 'leave expansion out of the class, or integrity out of its encryption',
    reference: RBD,
  },
  CEPH070: {
    level: FindingLevel.WARNING,
    check: 'the kernel of the nodes encrypts files of CephFS',
    message: 'CephFS encrypts files since Linux 6.6, but the platform declares kernel {kernel}: unless the distribution has it earlier, no volume can be mounted',
    fix: "upgrade the nodes and declare it: Platform.set(…, { kernel: '6.6' }); acknowledge this if the distribution has it earlier",
    reference: SOURCE + '/docs/cephfs/deploy.md',
  },
  CEPH071: {
    level: FindingLevel.ERROR,
    check: 'the release of ceph-csi knows the encryption that is asked for',
    message: '{what} needs ceph-csi {since}, but the driver is declared as {version}: {consequence}',
    fix: 'upgrade the driver and declare it, or leave it out',
    reference: DOCS,
  },
  CEPH072: {
    level: FindingLevel.ERROR,
    check: 'Azure Key Vault can name the keys of the volumes',
    message: "the clusterId '{clusterId}' is a part of the name of each key, but Azure Key Vault ('{id}') takes letters, digits and '-' only: every volume would fail to be created",
    fix: 'use a clusterId such as the fsid of the Ceph cluster (ceph fsid), or another key management system',
    reference: 'https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates',
  },
  CEPH073: {
    level: FindingLevel.WARNING,
    check: 'a volume with integrity is small enough to be prepared in time',
    message: 'a volume with integrity is written from end to end when it is first mounted, and ceph-csi gives that up after 150 seconds: a large one can never be mounted',
    fix: 'try it with the largest volume that will be claimed, then acknowledge this; or leave integrity out',
    reference: DOCS,
  },
});
