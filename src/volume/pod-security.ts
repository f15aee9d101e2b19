import { ApiObject } from 'cdk8s';
import { nameOf, WrittenVolume } from './pod-spec';
import { VOLUME_RULES } from './rules';
import { report, unchecked } from '../findings/report';
import { enforcedLevel, RESTRICTED_VOLUMES } from '../manifest/pod-security';
import { PodSecurityLevel } from '../platform/distribution';
import { Platform } from '../platform/platform';

/** What to do about a volume that is refused, where there is better advice than a claim. */
const INSTEAD: Readonly<Record<string, string>> = {
  hostPath: 'mount a claim, or an emptyDir for scratch space; if its pods have to see their node, put it into a namespace of its own with podSecurity: PodSecurityLevel.PRIVILEGED',
  nfs: 'mount a claim: new PersistentVolumeClaim(…) with volume: nfs.addStaticVolume(…); or give the namespace podSecurity: PodSecurityLevel.BASELINE',
};

/** VOL040, for a volume of a workload. @param namespaces those that are written in its cluster, by name */
export function checkAdmitted(workload: ApiObject, { name, source }: WrittenVolume, namespaces: ReadonlyMap<string, ApiObject>): void {
  const kind = Object.keys(source).find(key => key !== 'name');
  if (kind === undefined || RESTRICTED_VOLUMES.includes(kind)) {
    return;
  }
  const namespace = namespaces.get(workload.metadata.namespace ?? '');
  if (!namespace) {
    unchecked(workload, VOLUME_RULES.VOL040, `the Pod Security level of the namespace of ${nameOf(workload)}`);
    return;
  }
  const level = enforcedLevel(namespace, Platform.of(workload).distribution);
  if (level === PodSecurityLevel.RESTRICTED || (level === PodSecurityLevel.BASELINE && kind === 'hostPath')) {
    report(workload, VOLUME_RULES.VOL040, {
      kind, level, volume: name, object: nameOf(workload), namespace: `'${namespace.name}'`, instead: INSTEAD[kind] ?? 'mount a claim, or give the namespace podSecurity: PodSecurityLevel.BASELINE',
    });
  }
}
