import { FindingLevel } from '../../findings/finding';
import { defineRules } from '../../findings/rule';

const DOCS = 'docs/ceph-users.md';
const CAPABILITIES = 'https://github.com/ceph/ceph-csi/blob/v3.17.1/docs/capabilities.md';

export const CEPH_AUTH_RULES = defineRules('ceph', {
  CEPH080: {
    level: FindingLevel.ERROR,
    check: 'Ceph users are named as Secrets and the ceph command have it',
    message: '{what} {value}: {problem}',
    fix: '{expected}',
    reference: CAPABILITIES,
  },
  CEPH081: {
    level: FindingLevel.ERROR,
    check: 'a key is one that Ceph made',
    message: 'the key of client.{user} is none that Ceph made: {problem}',
    fix: 'take what ceph auth print-key client.{user} prints, as it is',
    reference: 'https://docs.ceph.com/en/latest/rados/operations/user-management/',
  },
  CEPH082: {
    level: FindingLevel.ERROR,
    check: 'a Secret has the key of one Ceph user, and a Ceph user has one key',
    message: '{what} stands for two things: {problem}',
    fix: '{expected}',
    reference: DOCS,
  },
  CEPH083: {
    level: FindingLevel.ERROR,
    check: 'the passphrase of encrypted volumes is nobody else\'s',
    message: 'the encryptionPassphrase {problem}: whoever has a disk could open the volumes on it',
    fix: 'make one that is used nowhere else, and keep a copy of it, because volumes are lost with it: openssl rand -base64 32',
    reference: 'docs/ceph-encryption.md',
  },
  CEPH084: {
    level: FindingLevel.ERROR,
    check: 'it is clear in which namespace the Secrets of Ceph users are written',
    message: 'in which namespace the Secret {secret} is to be written is not clear: {problem}',
    fix: "say it: CephCredentials.fromKeys({ …, namespace: 'ceph' })",
    reference: DOCS,
  },
  CEPH085: {
    level: FindingLevel.WARNING,
    check: 'keys of Ceph are not in Git',
    message: 'the key of client.{user} is written into the manifests: whoever reads the repository, or its history, can read and destroy what client.{user} can',
    fix: "write the Secret {secret} (userID, userKey) another way, such as External Secrets or Sealed Secrets, and use CephCredentials.fromSecret({ name: '{name}', namespace: '{namespace}' }); "
      + 'acknowledge this where nobody else reads the manifests',
    reference: DOCS,
  },
  CEPH086: {
    level: FindingLevel.ERROR,
    check: 'commands for Ceph are asked for once it is known for whom, and for what',
    message: '{problem}',
    fix: '{expected}',
    reference: DOCS,
  },
  CEPH087: {
    level: FindingLevel.WARNING,
    check: 'the kernel of the nodes knows the kind of key that their Ceph user has',
    message: 'the key of client.{user} is of the kind aes256k, which the kernel knows since 7.0, but the platform declares kernel {kernel}: no image could be mapped, no file system mounted',
    fix: 'give the nodes a user whose key is of the kind aes (40 characters), or upgrade them; acknowledge this if their kernel has it',
    reference: 'https://rook.io/docs/rook/v1.21/Storage-Configuration/Advanced/cephx-key-rotation/',
  },
});
