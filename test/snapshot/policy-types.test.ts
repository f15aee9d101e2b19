import { Duration, Size } from 'cdk8s';
import { claim, daily, driverOf, policyChart } from './policies';
import { ClaimSelector, Findings, Schedule, SnapshotEngine, SnapshotPolicy, SnapshotPolicyProps } from '../../src';
import { thrown } from '../support';

// What TypeScript would not compile, from JavaScript and from values that are not set: a finding, or what the API server takes.

/** Every property once, but for classes that exclude each other. A function, because one of them is put wrong in each copy. */
const everyProp = (): SnapshotPolicyProps => ({
  name: 'nightly',
  namespace: 'shop',
  labels: { team: 'storage' },
  annotations: { note: 'a' },
  schedule: Schedule.daily({ hour: 2 }),
  claims: ClaimSelector.of(claim()),
  snapshotClasses: [daily(), daily(driverOf('other.example.com'), 'other')],
  namespaces: ['shop'],
  allNamespaces: false,
  retention: {
    last: 3, hourly: 0, daily: 7, weekly: 4, monthly: 6, yearly: 1, within: Duration.days(2), maxAge: Duration.days(300), minAge: Duration.hours(1), minReady: 2,
    failedAfter: Duration.days(1), orphanedAfter: Duration.days(90),
  },
  hooks: [{ freeze: 'sync', thaw: 'true', podLabels: { app: 'db' }, container: 'db', timeout: Duration.seconds(5), optional: true }],
  readyTimeout: Duration.minutes(5),
  runTimeout: Duration.hours(1),
  maxParallel: 2,
  jitter: Duration.minutes(1),
  maxPending: 2,
  startingDeadline: Duration.minutes(10),
  suspend: false,
  snapshotLabels: { tier: 'one' },
  surviveNamespaceDeletion: true,
  alerts: { labels: { release: 'prometheus' }, alertLabels: { team: 'storage' }, slack: Duration.hours(1) },
  image: 'node:22.1.0',
  imagePullSecrets: ['mirror'],
  memoryLimit: Size.mebibytes(256),
  nodeSelector: { pool: 'storage' },
  tolerations: [{ key: 'a', operator: 'Equal', value: 'v', effect: 'NoSchedule' }],
  engine: SnapshotEngine.embedded(),
});

const isPlain = (value: any) => Array.isArray(value) || Object.getPrototypeOf(value ?? 0) === Object.prototype;
const pathsOf = (value: any, path: string[] = []): string[][] => (
  isPlain(value) ? Object.keys(value).flatMap(key => [[...path, key], ...pathsOf(value[key], [...path, key])]) : []);

function withWrong(path: string[], wrong: unknown): any {
  const props: any = everyProp();
  path.slice(0, -1).reduce((value, key) => value[key], props)[path[path.length - 1]] = wrong;
  return props;
}

const build = (props: SnapshotPolicyProps) => new SnapshotPolicy(policyChart(), 'Policy', props);

test('with every property right there is no finding', () => {
  expect(Findings.of(build(everyProp())).list()).toEqual([]);
});

test.each(pathsOf(everyProp()).map(path => [path.join('.'), path]))('%s of another type ends in a finding that says so, or in what the API server takes', (_, path) => {
  for (const wrong of [undefined, null, NaN, '', 5, 'x y', [], {}, true, [null], [undefined], { a: undefined }]) {
    let written: unknown;
    const finding = thrown(() => {
      const built = build(withWrong(path, wrong));
      Findings.of(built).list();
      written = built.apiObjects.map(each => each.toJson()).filter(({ kind }) => kind !== 'ConfigMap');
    });
    expect(finding?.message ?? JSON.stringify(written)).not.toMatch(/undefined|\[object|\bnull\b/);
  }
});
