import { readFileSync } from 'fs';
import { App, Chart, Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { clusterVerbs, table } from './compare-nfs';
import { CephFsCsiDriver, CephRbdCsiDriver, Distribution, KubernetesVersion, Platform, SnapshotController } from '../src';

// Prints the permission tables of docs/compare/ceph.md. To compare with another release of the charts:
//   helm template ceph-csi-rbd <chart> -n ceph-csi-rbd > rbd.yaml, and the same with cephfs
//   npx tsx tools/compare-ceph.ts rbd.yaml cephfs.yaml

export type Kind = 'rbd' | 'cephfs';

/** Our objects for ceph-csi with snapshots, which the charts have always. */
export function ours(kind: Kind): any[] {
  const app = new App();
  Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });
  const chart = new Chart(app, 'ours');
  SnapshotController.existing(app);
  new { rbd: CephRbdCsiDriver, cephfs: CephFsCsiDriver }[kind](chart, 'Driver', { snapshots: true });
  return Testing.synth(chart);
}

/** The two ClusterRoles of our driver. */
export const ROLES = (kind: Kind) => [`${kind}.csi.ceph.com-controller`, `${kind}.csi.ceph.com-node`];

if (require.main === module) {
  for (const [index, kind] of (['rbd', 'cephfs'] as const).entries()) {
    const chart = parseAllDocuments(readFileSync(process.argv[2 + index], 'utf8')).map(document => document.toJS()).filter(object => object !== null);
    const [controller, node] = ROLES(kind).map(name => clusterVerbs(ours(kind), name));
    console.log(`${table({
      'chart: provisioner': clusterVerbs(chart, `ceph-csi-${kind}-provisioner`), 'chart: nodeplugin': clusterVerbs(chart, `ceph-csi-${kind}-nodeplugin`), 'ours: controller': controller, 'ours: node': node,
    })}\n`);
  }
}
