import { ApiObject, Chart, Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import { AccessMode, ICsiDriver, SecretReference } from '../../src';

/** What tired people type: mostly right, now and then not. */
export function text(right: string[], wrong: string[] = []): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 600, arbitrary: fc.constantFrom(...right) },
    { weight: 2, arbitrary: fc.constantFrom(...right, ...wrong) },
    {
      weight: 1, arbitrary: fc.constantFrom(
        '', ' ', 'Über', 'UPPER', 'a_b', '-a', 'a-', 'a..b', '../x', 'a#b', 'a/b/c', 'a:b', 'x'.repeat(64), 'x'.repeat(254), '${nope}', 'ro', 'a,b', 'a\nb', "a'b", '0', 'null',
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  );
}

/** What goes together, and now and then anything. */
export const mostly = <T>(right: fc.Arbitrary<T>, any: fc.Arbitrary<T>, times = 20): fc.Arbitrary<T> => (
  fc.oneof({ weight: times, arbitrary: right }, { weight: 1, arbitrary: any }));

export const name = text(['data', 'fast', 'web-1', 'nfs.example']);
export const label = text(['storage', 'csi-nfs', 'shop'], ['default']);
export const size = fc.oneof(
  { weight: 50, arbitrary: fc.integer({ min: 1, max: 5000 }).map(amount => Size.mebibytes(amount)) },
  { weight: 50, arbitrary: fc.constant(Size.tebibytes(1)) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1e6, noNaN: true }).map(amount => Size.gibibytes(amount)) },
  { weight: 1, arbitrary: fc.constant(Size.gibibytes(0)) },
);
/** Room for a container; and what it asks for, which is less. */
export const memory = mostly(fc.integer({ min: 100, max: 5000 }).map(amount => Size.mebibytes(amount)), size, 60);
export const leastMemory = mostly(fc.integer({ min: 1, max: 64 }).map(amount => Size.mebibytes(amount)), size, 60);
export const number = (right: fc.Arbitrary<number>) => fc.oneof(
  { weight: 100, arbitrary: right }, { weight: 1, arbitrary: fc.oneof(fc.integer({ min: -2, max: 70000 }), fc.double()) },
);
export const duration = fc.oneof(
  { weight: 60, arbitrary: fc.integer({ min: 60, max: 5000 }).map(seconds => Duration.seconds(seconds)) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 10 ** 9 }).map(amount => Duration.millis(amount)) },
);
export const flag = fc.boolean();
export const dictionary = (keys: fc.Arbitrary<string>, values: fc.Arbitrary<string>) => fc.dictionary(keys, values, { maxKeys: 3, noNullPrototype: true });
export const some = <T, K extends keyof T>(model: { [P in keyof T]: fc.Arbitrary<T[P]> }, requiredKeys: K[]) => fc.record(model, { requiredKeys });
export const labels = dictionary(text(['team', 'example.com/team']), text(['storage', '']));
export const common = { labels, annotations: dictionary(text(['note', 'example.com/note']), text(['anything goes', ''])) };
export const members = <T>(type: Record<string, T>) => fc.constantFrom(...Object.values(type));
export const accessModes = fc.oneof({ weight: 40, arbitrary: members(AccessMode).map(mode => [mode]) }, { weight: 1, arbitrary: fc.array(members(AccessMode), { maxLength: 3 }) });
const mountOption = text(['noatime', 'rsize=65536', 'nodev'], ['hard', 'nfsvers=4.1', 'ro', 'nconnect=4', 'proto=udp', 'sec=krb5p', 'vers=3']);
export const mountOptions = mostly(fc.uniqueArray(mountOption, { maxLength: 3 }), fc.array(mountOption, { maxLength: 3 }));
export const path = text(['/exports', '/exports/k8s', '/'], ['exports', '/exports/', '/a//b']);
export const host = text(['nfs.example.com', '10.0.0.1', 'fd00::1'], ['nfs:2049', 'nfs://nas', '[::1]']);
export const account = fc.record({ name, namespace: label });
export const driverName = text(['csi.example.com', 'disks.example.com', 'files.example.com', 'nfs.csi.k8s.io'], ['kubernetes.io/nfs', 'kubernetes.io/rbd']);
export const parameters = dictionary(
  text(['server', 'share', 'subDir', 'type'], ['onDelete', 'mountPermissions', 'path', 'fsType', 'csi.storage.k8s.io/fstype', 'csi.storage.k8s.io:fstype', 'csiNodeStageSecretName']),
  text(['nfs.example.com', '/exports', 'archive', '0770']),
);
// fromName throws by itself what it finds, so only what it lets pass reaches the constructs.
export const secret = fc.oneof(
  { weight: 30, arbitrary: fc.record({ name: fc.constantFrom('ceph', 'nfs.example'), namespace: fc.constantFrom('storage', 'csi-nfs') }).map(value => SecretReference.fromName(value.name, value.namespace)) },
  {
    weight: 1, arbitrary: fc.record({ name: text(['${pvc.name}', '${volumesnapshot.name}', 'x-${pv.name}'], ['$x', '${pvc.annotations[a]}']), namespace: text(['storage', '${pvc.namespace}']) })
      .map(value => SecretReference.fromTemplate(value.name, value.namespace)),
  },
);

let ids = 0;
export const id = () => `C${ids++}`;
export const resetIds = () => { ids = 0; };

/** One thing added to a chart; several make an app. */
export type Step = (chart: Chart, drivers: ICsiDriver[]) => void;

/** The driver that was added last, or one of its own. */
export const anyDriver = (drivers: ICsiDriver[], make: () => ICsiDriver) => drivers[drivers.length - 1] ?? make();

/** A workload as a user writes it, with one container. */
export function workload(chart: Chart, kind = 'Deployment'): ApiObject {
  return new ApiObject(chart, id(), {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: `app-${ids}`, namespace: 'apps' },
    spec: {
      ...(kind === 'StatefulSet' ? { serviceName: 'app' } : {}),
      selector: { matchLabels: { app: 'a' } },
      template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'main', image: 'busybox:1.36' }] } },
    },
  });
}
