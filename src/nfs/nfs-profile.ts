import { IConstruct } from 'constructs';
import { checkDefaultOnDelete, checkRelease, checkSubDirRelease } from './driver-checks';
import { MAPPING } from './legacy';
import { checkOptions } from './mount-options';
import { checkHost, checkShare, checkSource, checkSubDir, inHandle, TOKENS } from './paths';
import { checkPermissions } from './permissions';
import { NFS_RULES } from './rules';
import { addProfile, ClaimFacts, ClassFacts, DriverProfile, InlineFacts, VolumeFacts } from '../csi/driver-profile';
import { checkAtSynth, fail, report } from '../findings/report';
import { VOLUME_RULES } from '../volume/rules';

export const NFS_DRIVER_NAME = 'nfs.csi.k8s.io';

const CLASS_KEYS = ['server', 'share', 'subDir', 'onDelete', 'mountPermissions'];
const VOLUME_KEYS = ['server', 'share', 'subDir', 'mountPermissions', 'mountOptions'];
const IGNORED = 'which ignores it in a volume';
const SNAPSHOT_CLASS_KEYS = ['server', 'share', 'mountOptions'];

/** The parameters by the names above: the driver takes them in any case. NFS001 */
function known(scope: IConstruct, parameters: Readonly<Record<string, string>>, keys: readonly string[], consequence: string): Record<string, string | undefined> {
  const result: Record<string, string> = {};
  for (const [key, value] of Object.entries(parameters)) {
    const name = keys.find(candidate => candidate.toLowerCase() === key.toLowerCase());
    if (name === undefined || name in result) {
      fail(scope, NFS_RULES.NFS001, { key, consequence, mapping: MAPPING[key.toLowerCase()] ?? `remove it; the driver knows ${keys.join(', ')}, each once` });
    }
    result[name] = value;
  }
  return result;
}

function checkClass(scope: IConstruct, facts: ClassFacts): void {
  const { server, share, subDir, onDelete, mountPermissions } = known(scope, facts.parameters, CLASS_KEYS, 'which refuses every claim of a class that has it');
  checkHost(scope, server);
  checkShare(scope, share);
  if (facts.mountOptions.includes('ro')) {
    fail(scope, NFS_RULES.NFS012);
  }
  checkOptions(scope, facts.mountOptions);
  checkOnDelete(scope, facts, onDelete);
  if (facts.driver) {
    checkRelease(scope, facts.driver);
    checkDefaultOnDelete(scope, facts.driver, onDelete?.toLowerCase());
    if (facts.reclaimPolicy === 'Delete') {
      checkSubDirRelease(scope, facts.driver, subDir, onDelete?.toLowerCase());
    }
  }
  if (subDir !== undefined) {
    checkUnique(scope, checkSubDir(scope, subDir, TOKENS), facts.reclaimPolicy === 'Delete' ? (onDelete ?? 'delete').toLowerCase() : 'retain');
  }
  if (mountPermissions !== undefined) {
    checkPermissions(scope, mountPermissions);
  }
}

/** NFS008 */
function checkOnDelete(scope: IConstruct, facts: ClassFacts, onDelete: string | undefined): void {
  if (onDelete === undefined) {
    return;
  }
  const problem = !['delete', 'retain', 'archive'].includes(onDelete.toLowerCase()) ? 'the driver knows delete, retain and archive'
    : facts.reclaimPolicy === 'Retain' ? 'with reclaimPolicy Retain the driver is never asked to delete anything, so it has no effect' : undefined;
  if (problem) {
    fail(scope, NFS_RULES.NFS008, { onDelete: `'${onDelete}'`, problem });
  }
}

/** NFS004, NFS005 */
function checkUnique(scope: IConstruct, subDir: string, onDelete: string): void {
  const has = (token: string) => subDir.includes(token);
  const byVolume = has('${pv.metadata.name}');
  // Both names may have '-' in them, so between the two stands something else: a-b/c and a/b-c. A namespace has no '.'.
  const byClaim = has('${pvc.metadata.namespace}') && has('${pvc.metadata.name}')
    && /\}[^$]*[^$a-z0-9-][^$]*\$\{/.test(subDir);
  const unique = byVolume || byClaim;
  const constant = !TOKENS.some(has);
  const consequence = !unique && onDelete !== 'retain' ? 'deleting one of them takes the data of all'
    : !unique && !constant ? "claims of different namespaces would read and write each other's files"
      // A deletion that failed is tried again for hours, and the claim may be back by then.
      : !byVolume && onDelete === 'delete' ? 'a claim that is deleted and created again gets it too, and the late deletion of the first takes its data' : undefined;
  if (consequence) {
    fail(scope, NFS_RULES.NFS004, { subDir, consequence });
  }
  if (onDelete === 'archive' && !byVolume) {
    fail(scope, NFS_RULES.NFS005, { subDir });
  }
}

/** How a volume is mounted; returns all of its options. */
function checkMount(scope: IConstruct, attributes: Record<string, string | undefined>, mountOptions: readonly string[]): string[] {
  if (attributes.mountPermissions !== undefined) {
    checkPermissions(scope, attributes.mountPermissions);
  }
  const options = [...mountOptions, ...(attributes.mountOptions ? attributes.mountOptions.split(',') : [])];
  checkOptions(scope, options);
  return options;
}

/** A volume in a pod has no handle, and the driver ignores what it does not know: of what the user wrote himself that is no error. */
function checkInline(scope: IConstruct, { volumeAttributes, isTyped }: InlineFacts): void {
  const attributes = isTyped ? known(scope, volumeAttributes, VOLUME_KEYS, IGNORED)
    : Object.fromEntries(VOLUME_KEYS.map(name => [name, Object.entries(volumeAttributes).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]]));
  checkSource(scope, attributes.server, attributes.share, attributes.subDir);
  checkMount(scope, attributes, []);
}

function checkVolume(scope: IConstruct, facts: VolumeFacts): void {
  const attributes = known(scope, facts.volumeAttributes, VOLUME_KEYS, IGNORED);
  const host = checkHost(scope, attributes.server);
  const path = inHandle(checkShare(scope, attributes.share));
  const directory = attributes.subDir === undefined ? '' : checkSubDir(scope, attributes.subDir);
  const options = checkMount(scope, attributes, facts.mountOptions);
  const [server, share, subDir, , onDelete, ...rest] = facts.volumeHandle.split('#');
  const problem = facts.reclaimPolicy !== 'Retain' ? `its reclaimPolicy is ${facts.reclaimPolicy}, so deleting the claim deletes what it shows`
    : onDelete?.toLowerCase() !== 'retain' || rest.length > 0 ? "its handle does not end with '#retain', so the driver would delete what it shows once its reclaimPolicy is changed"
      : server !== host || share !== path || subDir !== directory ? 'its handle names another server or directory than its attributes, so snapshots would be taken of something else' : undefined;
  if (problem) {
    fail(scope, NFS_RULES.NFS009, { handle: `'${facts.volumeHandle}'`, problem });
  }
  if (facts.readOnly) {
    fail(scope, VOLUME_RULES.VOL007, { driver: `'${NFS_DRIVER_NAME}'` });
  }
  checkModes(scope, facts, () => options.includes('ro'));
}

/** NFS018, NFS112. @param isReadOnly is asked when the app is complete */
function checkModes(scope: IConstruct, facts: Pick<ClaimFacts, 'accessModes' | 'volumeMode'>, isReadOnly: () => boolean): void {
  if (facts.volumeMode === 'Block') {
    fail(scope, NFS_RULES.NFS018);
  }
  if (facts.accessModes.every(mode => mode === 'ReadOnlyMany')) {
    checkAtSynth(scope, () => {
      if (!isReadOnly()) {
        report(scope, NFS_RULES.NFS112);
      }
    });
  }
}

/** What is known of everything that names csi-driver-nfs, whoever wrote it. */
export const NFS_PROFILE: DriverProfile = {
  idmappedMounts: false, // the kernel has none for NFS (N21)
  expandsBySecret: false, // it only answers
  freezable: false, // velero#2042
  servable: false,
  checkClass,
  checkVolume,
  checkInline,
  checkClaim: (scope, facts) => checkModes(scope, facts, facts.isMountedReadOnly),
  checkSnapshotClass: (scope, parameters) => {
    const { server, share, mountOptions } = known(scope, parameters, SNAPSHOT_CLASS_KEYS, 'which refuses every snapshot of a class that has it');
    if (server !== undefined) {
      checkHost(scope, server);
    }
    if (share !== undefined) {
      checkShare(scope, share);
    }
    const options = mountOptions?.split(',') ?? [];
    if (options.includes('ro')) {
      fail(scope, NFS_RULES.NFS012);
    }
    checkOptions(scope, options);
  },
};

addProfile(NFS_DRIVER_NAME, NFS_PROFILE);
