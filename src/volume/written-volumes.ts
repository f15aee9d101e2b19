import { ApiObject } from 'cdk8s';
import { checkAdmitted } from './pod-security';
import { isWorkload, podSpec, volumesOf, WrittenVolume } from './pod-spec';
import { checkRemoved } from './removed-volumes';
import { isOurs } from '../manifest/emit';
import { clusterChecks } from '../platform/cluster-checks';

/** The volumes in the pods of a workload. */
function mounted(workload: ApiObject): WrittenVolume[] {
  return volumesOf(podSpec(workload.kind, workload.toJson())).map(source => ({ name: `${source.name ?? ''}`, source }));
}

/** VOL033, VOL034 and VOL040, for what the user wrote and what was mounted into it; each workload is rendered once. */
clusterChecks.push(objects => {
  const theirs = objects.filter(object => !isOurs(object));
  const namespaces = new Map(objects.filter(object => object.kind === 'Namespace').map(object => [object.name, object]));
  theirs.filter(object => object.kind === 'PersistentVolume').forEach(object => checkRemoved(object, { name: object.name, source: object.toJson().spec ?? {} }));
  for (const workload of theirs.filter(isWorkload)) {
    for (const volume of mounted(workload)) {
      checkRemoved(workload, volume);
      checkAdmitted(workload, volume, namespaces);
    }
  }
});
