import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ManifestProps } from './manifest-props';
import { protect } from './protection';
import { MANIFEST_RULES } from './rules';
import { checkLabel, checkMetadata, checkSubdomain } from './validate';
import { report } from '../findings/report';
import { clusterChecks, eachRepeated } from '../platform/cluster-checks';
import { Platform } from '../platform/platform';

/** Kinds that have no namespace. cdk8s writes the chart's namespace into them (cdk8s#1558). */
const CLUSTER_SCOPED = new Set([
  'Namespace', 'CustomResourceDefinition', 'ClusterRole', 'ClusterRoleBinding', 'PriorityClass',
  'CSIDriver', 'StorageClass', 'VolumeAttributesClass', 'PersistentVolume', 'VolumeSnapshotClass', 'VolumeGroupSnapshotClass',
  'VolumeSnapshotContent', 'VolumeGroupSnapshotContent', 'SnapshotMetadataService',
  'NetworkFence', 'NetworkFenceClass', 'VolumeReplicationClass', 'VolumeGroupReplicationClass', 'VolumeGroupReplicationContent',
]);

/** cdk8s makes `instanceof` true for every ApiObject, so ours are remembered. */
const ours = new WeakSet<ApiObject>();

/** An object that this library writes. */
class StorageObject extends ApiObject {
  public override toJson(): any {
    const json = super.toJson();
    if (CLUSTER_SCOPED.has(this.kind)) {
      delete json.metadata.namespace;
    }
    return json;
  }
}

/** Whether the object was written by this library, as opposed to by the user beside it. */
export function isOurs(object: ApiObject): boolean {
  return ours.has(object);
}

export interface EmitOptions {
  /** Whether the object holds data, or is needed to reach data, and must outlive a pruning. */
  readonly holdsData?: boolean;
}

/**
 * Writes one object. Everything that the library writes passes here.
 *
 * @param manifest as the `manifest()` of an L1 returns it; the metadata must have a name
 * @param common the labels and annotations that the user gave to the construct
 */
export function emit(scope: Construct, id: string, manifest: any, common: ManifestProps = {}, options: EmitOptions = {}): ApiObject {
  const { gitOps } = Platform.of(scope);
  const { name, namespace } = manifest.metadata;
  checkSubdomain(scope, `the name of the ${manifest.kind}`, name);
  const labels = merge(manifest.metadata.labels, common.labels);
  const given = merge(manifest.metadata.annotations, common.annotations);
  const annotations = options.holdsData ? protect(gitOps, given) : given;
  checkMetadata(scope, labels, annotations);
  const object = new StorageObject(scope, id, { ...manifest, metadata: { ...manifest.metadata, labels, annotations } });
  ours.add(object);
  if (!CLUSTER_SCOPED.has(manifest.kind) && (namespace ?? object.metadata.namespace) !== undefined) {
    checkLabel(scope, `the namespace of the ${manifest.kind}`, namespace ?? object.metadata.namespace);
  }
  return object;
}

function merge(own?: Record<string, string>, given?: Record<string, string>): Record<string, string> | undefined {
  return own || given ? { ...given, ...own } : undefined;
}

/** MAN002, for our objects and those that the user wrote beside them. */
clusterChecks.push(objects => {
  const place = (object: ApiObject) => (CLUSTER_SCOPED.has(object.kind) ? '' : `${object.metadata.namespace ?? 'default'}/`);
  eachRepeated(objects, object => `${object.apiGroup} ${object.kind} ${place(object)}${object.name}`, (object, _, first) => {
    report(object, MANIFEST_RULES.MAN002, { object: `${object.kind} ${place(object)}${object.name}`, first: first.node.path });
  });
});
