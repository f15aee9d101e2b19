import { ApiObject } from 'cdk8s';
import { classText } from './class-code';
import { GLUSTER_LEGACY_RULES } from './rules';
import { csiText, glusterfsText } from './volume-code';
import { addLegacyProvisioner, addProfile } from '../../csi/driver-profile';
import { report } from '../../findings/report';
import { addRemovedKind } from '../../volume/removed-volumes';

const REMOVED = 'it is deprecated since Kubernetes 1.25 and removed in 1.26';
const EXTERNAL_STORAGE = 'its program (external-storage) is given up since 2019';

/** Names of provisioners, some with what was added to them where several were installed; the first that fits counts. */
const PROVISIONERS: readonly (readonly [names: RegExp, why: string])[] = [
  [/^kubernetes\.io\/glusterfs$/, `${REMOVED}, so its claims stay Pending for ever`],
  [/^gluster\.org\/glusterfs-simple$/, `${EXTERNAL_STORAGE}, and the glusterfs volumes that it makes are removed in Kubernetes 1.26`],
  [/^gluster\.org\/glusterfs(-[\w.-]+)?$/, 'no provisioner has this name: those of Gluster were kubernetes.io/glusterfs and gluster.org/glusterfile, and are given up, so its claims stay Pending for ever'],
  [/^gluster\.org\/glusterfile(-[\w.-]+)?$/, `${EXTERNAL_STORAGE}, and heketi, which it needs, since 2023; the glusterfs volumes that it makes are removed in Kubernetes 1.26`],
  [/^gluster\.org\/glusterblock(-[\w.-]+)?$/, `${EXTERNAL_STORAGE}, and heketi, which it needs, since 2023, so its claims stay Pending for ever`],
  [/^org\.gluster\.gluster(fs|virtblock)(-[\w.-]+)?$/, 'its program is given up since 2020 with GlusterD2, which makes its volumes, so its claims stay Pending for ever'],
];
PROVISIONERS.forEach(([names, why]) => addLegacyProvisioner(names, { why, mapping: classText }));

addRemovedKind('glusterfs', { until: 25, why: REMOVED, mapping: glusterfsText });

addProfile('org.gluster.glusterfs', {
  /** GLU090 */
  checkVolume: (scope, { volumeAttributes, readOnly, ...facts }) => {
    const written = ApiObject.isApiObject(scope) ? scope.toJson() : { spec: facts };
    const name = written.metadata?.name ?? '<name>';
    const volume = { name, source: { readOnly }, persistentVolume: written.spec, annotations: written.metadata?.annotations, find: () => undefined };
    report(scope, GLUSTER_LEGACY_RULES.GLU090, { volume: `'${name}'`, driver: 'org.gluster.glusterfs', mapping: csiText(volume, volumeAttributes) });
  },
});
