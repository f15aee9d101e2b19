import { Construct } from 'constructs';
import { BACKUP_RULES } from './rules';
import { report } from '../../findings/report';
import { Cluster } from '../../platform/cluster';
import { clusterChecks } from '../../platform/cluster-checks';

const CRD = 'volumepopulators.populator.storage.k8s.io';
const POPULATED = 'restores that fill claims';

interface Populated {
  readonly scope: Construct;
  readonly declared: boolean;
}

/** Notes what fills claims by a populator. @param declared whether the CRD is said to be there */
export function notePopulated(scope: Construct, declared: boolean): void {
  Cluster.of(scope).join(POPULATED, { scope, declared });
}

/** SNP063 */
clusterChecks.push((objects, cluster) => {
  const needy = Cluster.of(cluster).members<Populated>(POPULATED).filter(({ declared }) => !declared);
  if (needy.length > 0 && !objects.some(object => object.kind === 'CustomResourceDefinition' && object.name === CRD)) {
    needy.forEach(({ scope }) => report(scope, BACKUP_RULES.SNP063));
  }
});
