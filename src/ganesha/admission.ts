import { Construct } from 'constructs';
import { GANESHA_RULES } from './rules';
import { report } from '../findings/report';
import { enforcedLevel, labelledLevel } from '../manifest/pod-security';
import { Cluster } from '../platform/cluster';
import { clusterChecks } from '../platform/cluster-checks';
import { PodSecurityLevel } from '../platform/distribution';

const ADMISSIONS = 'pods of servers that have to be admitted';
const LEVELS = [PodSecurityLevel.RESTRICTED, PodSecurityLevel.BASELINE, PodSecurityLevel.PRIVILEGED];

interface Admission {
  readonly scope: Construct;
  readonly namespace: string;
  readonly needed: PodSecurityLevel;
}

/** Says which Pod Security level the pods of a construct need. GAN005 */
export function noteAdmission(scope: Construct, namespace: string, needed: PodSecurityLevel): void {
  Cluster.of(scope).join(ADMISSIONS, { scope, namespace, needed });
}

/** GAN005, for their namespaces, whoever wrote them. */
clusterChecks.push((objects, cluster) => {
  const { distribution } = Cluster.of(cluster).platform;
  for (const { scope, namespace, needed } of Cluster.of(cluster).members<Admission>(ADMISSIONS)) {
    const written = objects.find(object => object.kind === 'Namespace' && object.name === namespace);
    const level = enforcedLevel(written, distribution);
    if (LEVELS.indexOf(level) < LEVELS.indexOf(needed)) {
      report(scope, GANESHA_RULES.GAN005, {
        namespace: `'${namespace}'`, level, needed, member: needed.toUpperCase(), origin: labelledLevel(written) ? 'its label' : `the default of ${distribution.name}`,
      });
    }
  }
});
