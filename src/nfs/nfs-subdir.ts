import { IConstruct } from 'constructs';
import { NfsStorageClassOptions, NfsSubdirParameters, WhenDeleted } from './nfs-storage-props';
import { NFS_RULES } from './rules';
import { fail } from '../findings/report';

/** What the old provisioner filled in, and what the driver does. */
const TOKENS: Record<string, string> = { namespace: '${pvc.metadata.namespace}', name: '${pvc.metadata.name}' };

const DEFAULT_DIRECTORY = '${pvc.metadata.namespace}-${pvc.metadata.name}-${pv.metadata.name}';

/** As Go's ParseBool takes them. */
const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True'];
const FALSE = ['0', 'f', 'F', 'false', 'FALSE', 'False'];

/**
 * What the parameters of nfs-subdir-external-provisioner v4.0.2 are for csi-driver-nfs. NFS127
 *
 * @see https://github.com/kubernetes-sigs/nfs-subdir-external-provisioner/blob/v4.0.2/cmd/nfs-subdir-external-provisioner/provisioner.go
 */
export function translate(
  scope: IConstruct, storageClass: string, old: NfsSubdirParameters, given: NfsStorageClassOptions,
): { readonly subDir: string; readonly whenDeleted: WhenDeleted } {
  const refuse: Refuse = (what, problem, expected) => fail(scope, NFS_RULES.NFS127, { storageClass: `'${storageClass}'`, what, problem, expected });
  const subDir = directory(old.pathPattern, refuse);
  const whenDeleted = deletion(old, refuse);
  if (given.subDir !== undefined && given.subDir !== subDir) {
    refuse(`subDir '${given.subDir}'`, `migrateFrom says '${subDir}'`, 'leave subDir out to keep the directories of old, or leave migrateFrom out and write subDir and whenDeleted');
  }
  // KEEP_VOLUME is a reclaimPolicy, of which the parameters say nothing.
  if (given.whenDeleted !== undefined && given.whenDeleted !== whenDeleted && given.whenDeleted !== WhenDeleted.KEEP_VOLUME) {
    refuse(`whenDeleted '${given.whenDeleted}'`, `migrateFrom says '${whenDeleted}'`, 'leave whenDeleted out to do as before, or leave migrateFrom out and write subDir and whenDeleted');
  }
  return { subDir, whenDeleted: given.whenDeleted ?? whenDeleted };
}

type Refuse = (what: string, problem: string, expected: string) => never;

/** The old provisioner cleaned paths: slashes at the ends, double ones and '.' had no meaning. */
function directory(pathPattern: string | undefined, refuse: Refuse): string {
  if (!pathPattern) {
    return DEFAULT_DIRECTORY;
  }
  const what = `pathPattern '${pathPattern}'`;
  if (/\$\{(pvc?)\.metadata/.test(pathPattern)) {
    refuse(what, 'it has tokens of csi-driver-nfs, which the old provisioner took for text', 'leave migrateFrom: { pathPattern } out and give it as subDir');
  }
  const translated = pathPattern.replace(/\$\{\.PVC\.(.*?)\}/g, (token, name: string) => TOKENS[name] ?? (
    /^(labels|annotations)\./.test(name)
      ? refuse(what, `csi-driver-nfs is told no ${name.split('.')[0]} of a claim, so nothing fills in ${token}`, 'replace it by ${.PVC.name} or by text, one class for each value')
      : refuse(what, `the old provisioner put nothing in the place of ${token}`, `remove ${token}, or write \${.PVC.namespace} or \${.PVC.name}`)));
  const cleaned = translated.split('/').filter(part => part !== '' && part !== '.').join('/');
  return cleaned === '' ? refuse(what, 'it is the share itself, the same for all claims', 'write a directory of its own for each claim: ${.PVC.namespace}/${.PVC.name}') : cleaned;
}

/** `onDelete` wins if it is one of two words; else `archiveOnDelete` decides, and archives by default. */
function deletion({ onDelete, archiveOnDelete }: NfsSubdirParameters, refuse: Refuse): WhenDeleted {
  if (onDelete === 'delete' || onDelete === 'retain') {
    return onDelete === 'delete' ? WhenDeleted.DELETE : WhenDeleted.KEEP_DATA;
  }
  if (archiveOnDelete !== undefined && ![...TRUE, ...FALSE].includes(archiveOnDelete)) {
    refuse(`archiveOnDelete '${archiveOnDelete}'`, 'the old provisioner could not read it either, and deleted nothing', "write 'true' or 'false'");
  }
  return archiveOnDelete !== undefined && FALSE.includes(archiveOnDelete) ? WhenDeleted.DELETE : WhenDeleted.ARCHIVE;
}
