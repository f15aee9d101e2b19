import { column, sorted, tablesOf, total } from './compare';
import { read } from './markdown';
import { clusterVerbs, count, ours } from '../../tools/compare-nfs';

// The numbers of docs/compare/nfs.md that are ours are counted; those of the chart add up.

const PAGE = read('docs/compare/nfs.md');

const tables = () => tablesOf(PAGE);

function table(...head: string[]): string[][] {
  const found = tables().filter(([first]) => first.join('|') === head.join('|'));
  expect(found).toHaveLength(1);
  return found[0].slice(2);
}

const DRIVER = table('resource', 'chart: provisioner role', 'chart: resizer role', 'ours', 'ours, `snapshots: true`');
const CONTROLLER = table('resource', 'chart', 'ours');

describe('permissions', () => {
  test.each([
    ['the driver', DRIVER, 2, 'driver'],
    ['the driver with snapshots', DRIVER, 3, 'driver with snapshots'],
    ['the snapshot-controller', CONTROLLER, 1, 'snapshot-controller'],
  ] as const)('the column of %s is what is synthesized (`npx tsx tools/compare-nfs.ts` prints it)', (_, rows, index, build) => {
    expect(sorted(column(rows, index))).toEqual(sorted(clusterVerbs(ours(build))));
  });

  test.each([['driver', DRIVER, 4], ['snapshot-controller', CONTROLLER, 2]] as const)('the sums of the %s table are right', (_, rows, columns) => {
    for (let index = 0; index < columns; index++) {
      expect(total(rows, index)).toBe(`**${count(column(rows, index))}**`);
    }
  });

  test('the summary has the same numbers', () => {
    const chart = count(column(DRIVER, 0)) + count(column(DRIVER, 1));
    const snapshots = count(column(CONTROLLER, 0));
    const driver = count(clusterVerbs(ours('driver')));
    const withSnapshots = count(clusterVerbs(ours('driver with snapshots')));
    const controller = count(clusterVerbs(ours('snapshot-controller')));
    const share = (part: number, whole: number) => `${Math.round(100 * part / whole)} %`;
    expect(table('install', 'chart', 'ours', 'share')).toEqual([
      ['driver, no snapshots', `${chart}`, `${driver}`, share(driver, chart)],
      ['driver with snapshots', `${chart}`, `${withSnapshots}`, share(withSnapshots, chart)],
      ['with the snapshot-controller', `${chart + snapshots}`, `${withSnapshots + controller}`, share(withSnapshots + controller, chart + snapshots)],
    ]);
  });
});

describe('pods and CRDs', () => {
  /** What the containers of a pod request together, as the page writes it. */
  function requests(kind: string): string {
    const { containers } = ours('driver with snapshots').find(object => object.kind === kind).spec.template.spec;
    const sum = (resource: 'cpu' | 'memory', unit: string) => containers.reduce((all: number, container: any) => all + Number(container.resources.requests[resource].replace(unit, '')), 0) + unit;
    return `${sum('cpu', 'm')} CPU, ${sum('memory', 'Mi')}`;
  }

  test.each([['Deployment', 'requests of the pod, with snapshots'], ['DaemonSet', 'requests of the pod']])('the requests of the %s are added up', (kind, what) => {
    const [row] = tables().flat().filter(([first]) => first === what);
    expect(row[2].replace(', twice', '')).toBe(requests(kind));
  });

  test('the validation rules of the CRDs are counted', () => {
    const crds = ours('snapshot-controller').filter(object => object.kind === 'CustomResourceDefinition');
    expect(PAGE).toContain(`with ${JSON.stringify(crds).split('x-kubernetes-validations').length - 1} \`x-kubernetes-validations\``);
  });
});

test('every difference is better, equal or worse, and what is worse is accepted for a reason', () => {
  const verdicts = tables().filter(([head]) => head[head.length - 1] === '').flatMap(rows => rows.slice(2)).map(row => row[row.length - 1]);
  expect(verdicts.length).toBeGreaterThan(60);
  expect(verdicts.filter(verdict => !/\*\*(better|equal|worse)\*\*|^\[below\]/.test(verdict))).toEqual([]);
  expect(verdicts.filter(verdict => /\*\*worse\*\*/.test(verdict) && verdict.length < 40)).toEqual([]);
});

describe('flags', () => {
  const workloads = ['driver with snapshots', 'snapshot-controller'] as const;
  const containers = workloads.flatMap(build => ours(build)).filter(object => ['Deployment', 'DaemonSet'].includes(object.kind)).flatMap(object => object.spec.template.spec.containers);
  const flagsOf = (image: string) => [...new Set(containers.filter(container => container.image.includes(`/${image}:`)).flatMap(container => container.args.map((arg: string) => arg.split('=')[0])))];
  const name = (cell: string) => /`(--[a-z-]+)/.exec(cell)?.[1];

  test('each flag that the plugin gets by default is marked so in the table of its flags', () => {
    const passed = table('flag', 'default', 'chart', 'ours', '').filter(([, , , cell]) => cell.startsWith('always')).map(([flag]) => name(flag));
    expect(passed.sort()).toEqual(flagsOf('nfsplugin').sort());
  });

  test.each(['csi-provisioner', 'csi-resizer', 'csi-snapshotter', 'csi-node-driver-registrar', 'livenessprobe', 'snapshot-controller'])('each flag of %s is in the table', image => {
    const rows = table('container', 'flag', 'source', 'its default', 'chart', 'ours', '').filter(([container]) => container === image);
    const passed = rows.filter(row => row[5] !== 'not passed').map(([, flag]) => name(flag));
    expect([...new Set(passed)].sort()).toEqual(flagsOf(image).filter(flag => !['--csi-address', '--v'].includes(flag)).sort());
  });
});
