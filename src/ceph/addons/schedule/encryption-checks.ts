import { IConstruct } from 'constructs';
import { fail, report } from '../../../findings/report';
import { CEPH_ADDONS_RULES } from '../rules';

type Parameters = Readonly<Record<string, string>>;

/** CEPH180, by the parameters of a class: what RotateEncryptionKey of ceph-csi does with its volumes. */
export function checkRotates(scope: IConstruct, { encrypted, encryptionKMSID, encryptionType }: Parameters): void {
  const refuse = (problem: string, expected: string) => fail(scope, CEPH_ADDONS_RULES.CEPH180, { problem, expected });
  if (encrypted !== 'true') {
    refuse('they are not encrypted', 'leave it out, or encrypt the class: encryption: { kms }');
  }
  if (encryptionType === 'file') {
    refuse('their files are encrypted, and ceph-csi rotates the keys of whole devices only', 'use a class with RbdEncryptionType.BLOCK, or leave it out');
  }
  if (!encryptionKMSID) {
    refuse(
      'their passphrase is that of the Secret, and ceph-csi would put a new one into the device that it keeps nowhere: with the next mount the data is lost',
      "use a class whose keys are kept by volume: encryption: { kms: CephKms.secretMetadata({ id: 'keys' }) }; to change the passphrase of this one, copy the data into such a class",
    );
  }
}

/** CEPH181, by the parameters of a class, and by a claim. */
export function checkReclaims(scope: IConstruct, { encrypted, encryptionType }: Parameters, claim: { readonly isBlock?: boolean; readonly isShared?: boolean } = {}): void {
  const warn = (problem: string, expected: string) => report(scope, CEPH_ADDONS_RULES.CEPH181, { problem, expected });
  if (encrypted === 'true' && encryptionType !== 'file') {
    warn('the encrypted device does not pass on what the file system frees (ceph-csi#3563), so each job fails while it is mounted', 'leave it out, or acknowledge this where pods are stopped for it');
  } else if (claim.isBlock) {
    warn('what is free of a raw device only its user knows', 'let its user discard what it frees (virtual machines: discard=unmap), and leave this out; or acknowledge this where pods are stopped for it');
  }
}
