import { ApiClient, ApiError } from './api-client';
import { StoredSnapshot } from './snapshots';

/** Says what becomes of the snapshot in the storage system when its object goes: `Retain` while it is to survive its namespace, `Delete` before it is pruned. */
export async function setDeletionPolicy(api: ApiClient, { namespace, name, uid, content }: StoredSnapshot, deletionPolicy: 'Retain' | 'Delete'): Promise<void> {
  const path = `/apis/snapshot.storage.k8s.io/v1/volumesnapshotcontents/${encodeURIComponent(content!)}`;
  const found = await api.request('GET', path).catch(problem => {
    if (deletionPolicy === 'Retain' || !(problem instanceof ApiError && problem.status === 404)) {
      throw problem;
    }
  });
  if (found === undefined) {
    return; // gone already
  }
  const { metadata, spec } = found;
  // Whoever may write the status of a snapshot must not reach the contents of others by us.
  if (spec.volumeSnapshotRef?.uid !== uid) {
    throw new Error(`the VolumeSnapshotContent ${content} is not that of ${namespace}/${name}`);
  }
  if (spec.deletionPolicy !== deletionPolicy) {
    await api.request('PATCH', path, { body: { metadata: { resourceVersion: metadata.resourceVersion }, spec: { deletionPolicy } }, contentType: 'application/merge-patch+json' });
  }
}

/** The snapshots, by their UIDs, whose contents go with their namespace. */
export async function mortal(api: ApiClient): Promise<Set<string>> {
  const uids = await api.list('/apis/snapshot.storage.k8s.io/v1/volumesnapshotcontents', {}, ({ spec }): string | undefined => (
    spec.deletionPolicy === 'Retain' ? undefined : spec.volumeSnapshotRef?.uid));
  return new Set(uids);
}
