import { readFileSync } from 'fs';
import { App, Chart, Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { clusterVerbs, table, Verbs } from './compare-nfs';
import { Distribution, KadaluOperator, KubernetesVersion, Platform } from '../src';

// Prints the permission tables of docs/compare/gluster.md. To compare with another release of Kadalu's manifests:
//   cat manifests/kadalu-operator.yaml manifests/csi-nodeplugin.yaml > kadalu.yaml
//   npx tsx tools/compare-gluster.ts kadalu.yaml

/** Our objects for Kadalu. */
export function ours(): any[] {
  const app = new App();
  Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });
  const chart = new Chart(app, 'ours');
  new KadaluOperator(chart, 'Kadalu');
  return Testing.synth(chart);
}

/** What the ClusterRole of the operator, and that of the provisioner, grant. */
export const ROLES = ['kadalu-operator', 'kadalu-csi-provisioner'];

/** What Roles grant within the namespace. */
export const ownVerbs = (objects: readonly any[]): Verbs => clusterVerbs(objects.filter(({ kind }) => kind === 'Role').map(role => ({ ...role, kind: 'ClusterRole' })));

if (require.main === module) {
  const theirs = parseAllDocuments(readFileSync(process.argv[2], 'utf8')).map(document => document.toJS()).filter(object => object !== null);
  const sidecars = theirs.filter(({ metadata }) => /^kadalu-csi-external-/.test(metadata.name));
  console.log(table({
    'upstream: operator': clusterVerbs(theirs, 'kadalu-operator'), 'upstream: provisioner': clusterVerbs(sidecars), 'upstream: node plugin': clusterVerbs(theirs, 'kadalu-csi-nodeplugin'),
    'ours: operator': clusterVerbs(ours(), ROLES[0]), 'ours: provisioner': clusterVerbs(ours(), ROLES[1]),
  }));
  console.log();
  console.log(table({ upstream: ownVerbs(theirs), ours: ownVerbs(ours()) }));
}
