import { SNAPSHOT_RULES } from './rules';
import { SecretTokens } from '../csi/secret-reference';
import { Rule } from '../findings/rule';

/** A Secret of a class: the reserved parameters that name it, and the tokens that are resolved in them. */
export interface SecretRow<Property extends string> {
  readonly property: Property;
  readonly key: string;
  readonly tokens: SecretTokens;
}

/** What the two kinds of snapshot class differ by. */
export interface ClassKind<Property extends string> {
  readonly kind: string;
  readonly capability: 'snapshot' | 'groupSnapshot';
  /** The rule that the driver has the capability. */
  readonly incapable: Rule;
  /** The annotation of the default class. */
  readonly defaultMark: string;
  readonly secrets: readonly SecretRow<Property>[];
}

const CONTENT = 'volumesnapshotcontent.name';
const NAMESPACE = 'volumesnapshot.namespace';
const GROUP_CONTENT = 'volumegroupsnapshotcontent.name';

/** Tokens as GetSecretReference in pkg/utils/util.go of external-snapshotter resolves them; whoever lists does not know the VolumeSnapshot. */
export const SNAPSHOT_CLASS: ClassKind<'snapshotter' | 'snapshotterList'> = {
  kind: 'VolumeSnapshotClass',
  capability: 'snapshot',
  incapable: SNAPSHOT_RULES.SNP004,
  defaultMark: 'snapshot.storage.kubernetes.io/is-default-class',
  secrets: [
    { property: 'snapshotter', key: 'snapshotter', tokens: { name: [CONTENT, NAMESPACE, 'volumesnapshot.name'], namespace: [CONTENT, NAMESPACE] } },
    { property: 'snapshotterList', key: 'snapshotter-list', tokens: { name: [CONTENT], namespace: [CONTENT] } },
  ],
};

/**
 * The snapshot-controller resolves the Secret of `groupSnapshotter` again for each member, then without the VolumeGroupSnapshot
 * (getGroupSnapshotSecret): with its name or namespace in a token, no group snapshot would ever be ready.
 */
export const GROUP_SNAPSHOT_CLASS: ClassKind<'groupSnapshotter' | 'groupSnapshotterGet'> = {
  kind: 'VolumeGroupSnapshotClass',
  capability: 'groupSnapshot',
  incapable: SNAPSHOT_RULES.SNP008,
  defaultMark: 'groupsnapshot.storage.kubernetes.io/is-default-class',
  secrets: [
    { property: 'groupSnapshotter', key: 'group-snapshotter', tokens: { name: [GROUP_CONTENT], namespace: [GROUP_CONTENT] } },
    { property: 'groupSnapshotterGet', key: 'group-snapshotter-get', tokens: { name: [GROUP_CONTENT], namespace: [GROUP_CONTENT] } },
  ],
};
