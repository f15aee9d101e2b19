import { ApiClient } from './api-client';
import { StoredSnapshot } from './snapshots';

/** Says what becomes of the snapshot in the storage system when its object goes: `Retain` while it is to survive its namespace, `Delete` before it is pruned. */
export async function setDeletionPolicy(api: ApiClient, { namespace, name, uid, content }: StoredSnapshot, deletionPolicy: 'Retain' | 'Delete'): Promise<void> {
  const path = `/apis/snapshot.storage.k8s.io/v1/volumesnapshotcontents/${content}`;
  const { metadata, spec } = await api.request('GET', path);
  // Whoever may write the status of a snapshot must not reach the contents of others by us.
  if (spec.volumeSnapshotRef?.uid !== uid) {
    throw new Error(`the VolumeSnapshotContent ${content} is not that of ${namespace}/${name}`);
  }
  if (spec.deletionPolicy !== deletionPolicy) {
    await api.request('PATCH', path, { body: { metadata: { resourceVersion: metadata.resourceVersion }, spec: { deletionPolicy } }, contentType: 'application/merge-patch+json' });
  }
}
