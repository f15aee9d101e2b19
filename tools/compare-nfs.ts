import { readFileSync } from 'fs';
import { App, Chart, Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { Distribution, KubernetesVersion, NfsCsiDriver, Platform, SnapshotController } from '../src';

// Prints the permission tables of docs/compare/nfs.md. To compare with another release of the chart:
//   helm template csi-driver-nfs <chart> -n kube-system --set externalSnapshotter.enabled=true > chart.yaml
//   npx tsx tools/compare-nfs.ts chart.yaml

const ORDER = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

/** What the ClusterRoles among some objects grant: verbs by resource. */
export type Verbs = ReadonlyMap<string, readonly string[]>;

/** The sum of one ClusterRole, or of all: each verb on each resource in each API group, as often as it is written. */
export function clusterVerbs(objects: readonly any[], name?: string): Verbs {
  const found = new Map<string, string[]>();
  for (const role of objects.filter(object => object.kind === 'ClusterRole' && (name === undefined || object.metadata.name === name))) {
    for (const { apiGroups, resources, verbs } of role.rules) {
      for (const group of apiGroups) {
        for (const resource of resources) {
          const key = group === '' ? resource : `${resource}.${group}`;
          found.set(key, [...found.get(key) ?? [], ...verbs]);
        }
      }
    }
  }
  return found;
}

/** How many verbs that are. */
export const count = (verbs: Verbs) => [...verbs.values()].reduce((sum, list) => sum + list.length, 0);

/** Our objects for csi-driver-nfs. */
export function ours(build: 'driver' | 'driver with snapshots' | 'snapshot-controller'): any[] {
  const app = new App();
  Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });
  const chart = new Chart(app, 'ours');
  if (build === 'snapshot-controller') {
    new SnapshotController(chart, 'SnapshotController');
  } else {
    SnapshotController.existing(app);
    new NfsCsiDriver(chart, 'Driver', { snapshots: build === 'driver with snapshots' });
  }
  return Testing.synth(chart);
}

/** A table with a row for each resource and a column for each source. */
export function table(columns: Readonly<Record<string, Verbs>>): string {
  const cell = (verbs: readonly string[] = []) => [...verbs].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)).join(' ');
  const resources = [...new Set(Object.values(columns).flatMap(verbs => [...verbs.keys()]))].sort();
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`.replace(/ {2,}/g, ' ');
  return [
    row(['resource', ...Object.keys(columns)]),
    row(['---', ...Object.keys(columns).map(() => '---')]),
    ...resources.map(resource => row([resource, ...Object.values(columns).map(verbs => cell(verbs.get(resource)))])),
    row(['**verbs**', ...Object.values(columns).map(verbs => `**${count(verbs)}**`)]),
  ].join('\n');
}

if (require.main === module) {
  const chart = parseAllDocuments(readFileSync(process.argv[2], 'utf8')).map(document => document.toJS()).filter(object => object !== null);
  console.log(table({
    'chart: provisioner role': clusterVerbs(chart, 'nfs-external-provisioner-role'),
    'chart: resizer role': clusterVerbs(chart, 'nfs-external-resizer-role'),
    'ours': clusterVerbs(ours('driver')),
    'ours, `snapshots: true`': clusterVerbs(ours('driver with snapshots')),
  }));
  console.log();
  console.log(table({ chart: clusterVerbs(chart, 'snapshot-controller-runner'), ours: clusterVerbs(ours('snapshot-controller')) }));
}
