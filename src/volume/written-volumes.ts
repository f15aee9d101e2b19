import { ApiObject } from 'cdk8s';
import { checkMappedUsers, Find } from './mapped-users';
import { mountedNames } from './mounting';
import { checkWrittenNfs } from './nfs-source';
import { checkAdmitted } from './pod-security';
import { isWorkload, podSpec, volumesOf, WrittenVolume } from './pod-spec';
import { checkRemoved } from './removed-volumes';
import { profileByName, textMap } from '../csi/driver-profile';
import { attempt } from '../findings/report';
import { isOurs } from '../manifest/emit';
import { clusterChecks } from '../platform/cluster-checks';

/** The volumes in the pods of a workload, those of its claim templates among them. */
function volumes(kind: string, json: any): WrittenVolume[] {
  const templates: any[] = kind === 'StatefulSet' ? [json.spec?.volumeClaimTemplates ?? []].flat() : [];
  return [
    ...volumesOf(podSpec(kind, json)).map(source => ({ name: `${source.name ?? ''}`, source })),
    // A template is to its pods what an ephemeral volume is.
    ...templates.map(template => ({ name: `${template?.metadata?.name ?? ''}`, source: { ephemeral: { volumeClaimTemplate: template } } })),
  ];
}

/** Objects by kind, namespace and name, rendered when they are asked for. */
function finder(objects: readonly ApiObject[]): Find {
  return (kind, name, namespace) => objects.find(object => object.kind === kind && object.name === name && (namespace === undefined || (object.metadata.namespace ?? 'default') === namespace))?.toJson();
}

/** VOL045, VOL032 and the rules of its driver, for a volume that was not mounted by us: those are checked where they are. */
function checkTheirs(workload: ApiObject, volume: WrittenVolume, hostUsers: unknown, find: Find): void {
  const { csi } = volume.source;
  checkWrittenNfs(workload, volume);
  if (csi?.driver) {
    attempt(workload, () => profileByName(workload, csi.driver).checkInline?.(workload, { volumeAttributes: textMap(csi.volumeAttributes), isTyped: false }));
  }
  if (hostUsers === false) {
    checkMappedUsers(workload, volume, find);
  }
}

/** VOL032 to VOL034, VOL040 and VOL045, for what the user wrote and what was mounted into it; each workload is rendered once. */
clusterChecks.push(objects => {
  const theirs = objects.filter(object => !isOurs(object));
  const namespaces = new Map(objects.filter(object => object.kind === 'Namespace').map(object => [object.name, object]));
  const find = finder(objects);
  for (const object of theirs.filter(({ kind }) => kind === 'PersistentVolume')) {
    const volume = { name: object.name, source: object.toJson().spec ?? {} };
    checkRemoved(object, volume, find);
    checkWrittenNfs(object, volume);
  }
  for (const workload of theirs.filter(isWorkload)) {
    const json = workload.toJson();
    const mounted = mountedNames(workload);
    for (const volume of volumes(workload.kind, json)) {
      checkRemoved(workload, volume, find);
      checkAdmitted(workload, volume, namespaces);
      if (!mounted.includes(volume.name)) {
        checkTheirs(workload, volume, podSpec(workload.kind, json).hostUsers, find);
      }
    }
  }
});
