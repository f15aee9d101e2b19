import { ApiClient, ApiError } from './api-client';
import { Snapshot } from '../retention';
import { LABEL, MANAGER, MEMBERS, RunnerConfig } from '../runner-config';

/** What a driver says of the time is believed if it is neither of the future nor of before there were any. */
const LATE = 3_600_000;
const FIRST = Date.UTC(2000);

/** VolumeSnapshot or VolumeGroupSnapshot: they differ in little else. */
export interface SnapshotKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
}

export const SINGLE: SnapshotKind = { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshot', plural: 'volumesnapshots' };
export const GROUP: SnapshotKind = { apiVersion: 'groupsnapshot.storage.k8s.io/v1', kind: 'VolumeGroupSnapshot', plural: 'volumegroupsnapshots' };

/** What is needed of a snapshot that is there. */
export interface StoredSnapshot extends Snapshot {
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion?: string;
  /** Whose history it belongs to: the UID of its claim; '' for a group. */
  readonly owner: string;
  readonly run: string;
  /** Whether the moment that it shows is past. */
  readonly cut: boolean;
  readonly error?: string;
  readonly content?: string;
  /** Whether it is not known that the application was frozen all the time. */
  readonly unconfirmed: boolean;
  /** Of a group: the UIDs of its claims. */
  readonly members: readonly string[];
}

/** What a new snapshot is made with. */
export interface NewSnapshot {
  readonly namespace: string;
  readonly name: string;
  readonly owner: string;
  readonly run: string;
  readonly spec: object;
  readonly unconfirmed: boolean;
  readonly members: readonly string[];
}

/** The snapshots of one policy, on the API server. */
export class SnapshotStore {
  public readonly kind: SnapshotKind;

  public constructor(private readonly api: ApiClient, private readonly config: RunnerConfig, private readonly policyNamespace: string) {
    this.kind = config.group === undefined ? SINGLE : GROUP;
  }

  /** Those that are not being deleted, of one run or all. */
  public list(namespace: string | undefined, run?: string): Promise<StoredSnapshot[]> {
    const wanted = run === undefined ? this.ownership() : { ...this.ownership(), [LABEL.run]: run };
    const labelSelector = Object.entries(wanted).map(([label, value]) => `${label}=${value}`).join(',');
    return this.api.list(this.path(namespace), { labelSelector }, item => this.read(item));
  }

  /** Creates one, unless it is there already. */
  public async create({ namespace, name, owner, run, spec, unconfirmed, members }: NewSnapshot): Promise<void> {
    const labels = {
      ...this.config.labels, ...this.ownership(), [LABEL.run]: run, ...(owner ? { [LABEL.claimUid]: owner } : {}), ...(unconfirmed ? { [LABEL.unconfirmed]: 'true' } : {}),
    };
    const annotations = this.kind === GROUP ? { [MEMBERS]: members.join(',') } : undefined;
    const { apiVersion, kind } = this.kind;
    try {
      await this.api.request('POST', this.path(namespace), { body: { apiVersion, kind, metadata: { namespace, name, labels, annotations }, spec } });
    } catch (problem) {
      if (!(problem instanceof ApiError && problem.reason === 'AlreadyExists')) {
        throw problem;
      }
    }
  }

  /** Says that it is what was promised. */
  public async confirm(namespace: string, name: string): Promise<void> {
    const body = { metadata: { labels: { [LABEL.unconfirmed]: null } } };
    await this.api.request('PATCH', `${this.path(namespace)}/${name}`, { body, contentType: 'application/merge-patch+json' });
  }

  /** Deletes it as it was seen, and says whether it is gone: one that somebody changed since, such as to hold it, stays. */
  public async delete({ namespace, name, uid, resourceVersion }: StoredSnapshot): Promise<boolean> {
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid, resourceVersion } };
    try {
      await this.api.request('DELETE', `${this.path(namespace)}/${name}`, { body });
    } catch (problem) {
      if (!(problem instanceof ApiError && (problem.status === 404 || problem.status === 409))) {
        throw problem;
      }
      return problem.status === 404 || !await this.isThere(namespace, name, uid);
    }
    return true;
  }

  /** A deletion whose answer was lost is refused when it is sent again. */
  private async isThere(namespace: string, name: string, uid: string): Promise<boolean> {
    const found = await this.api.list(this.path(namespace), { fieldSelector: `metadata.name=${name}` }, item => this.read(item));
    return found.some(snapshot => snapshot.uid === uid);
  }

  private ownership(): Record<string, string> {
    return { [LABEL.managedBy]: MANAGER, [LABEL.policy]: this.config.policy, [LABEL.policyNamespace]: this.policyNamespace };
  }

  private path(namespace: string | undefined): string {
    return `/apis/${this.kind.apiVersion}/${namespace === undefined ? '' : `namespaces/${namespace}/`}${this.kind.plural}`;
  }

  private read({ metadata, status = {} }: any): StoredSnapshot | undefined {
    const owner = this.kind === GROUP ? '' : metadata.labels[LABEL.claimUid];
    if (owner === undefined || metadata.deletionTimestamp !== undefined) {
      return undefined;
    }
    const made = Date.parse(metadata.creationTimestamp);
    const taken = Date.parse(status.creationTime);
    const unconfirmed = metadata.labels[LABEL.unconfirmed] === 'true';
    return {
      namespace: metadata.namespace,
      name: metadata.name,
      uid: metadata.uid,
      resourceVersion: metadata.resourceVersion,
      owner,
      run: metadata.labels[LABEL.run],
      time: taken > FIRST && taken < made + LATE ? taken : made,
      state: unconfirmed ? 'failed' : status.readyToUse === true ? 'ready' : status.error ? 'failed' : 'pending',
      failedAt: unconfirmed ? made : Date.parse(status.error?.time) || undefined,
      unconfirmed,
      members: metadata.annotations?.[MEMBERS]?.split(',') ?? [],
      held: metadata.labels[LABEL.hold] === 'true' ? `label ${LABEL.hold}` : undefined,
      cut: Boolean(status.creationTime) || status.readyToUse === true,
      error: status.readyToUse === true ? undefined : status.error && (status.error.message ?? 'the driver does not say why'),
      content: this.config.surviveNamespaceDeletion ? status.boundVolumeSnapshotContentName : undefined,
    };
  }
}
