import { storageResource } from '../../examples/storage-operator/storage-resource';
import { GitOpsTool, SchemaField } from '../../src';
import { re2Problem } from '../../src/operator/custom-resource/schema/re2';
import { apply, deleteAndWait, kubectl, proxy, refusal } from '../kubectl';
import { kind, rules as ruled, schemaOf } from '../operator/kinds';
import { PATTERNS } from '../operator/patterns';
import { definitionOf, REFUSED } from '../operator/refused';
import { code, one, testChart } from '../support';

// The definitions of kinds, and what is said against them, on an API server.

jest.setTimeout(300_000);

const NAMESPACE = 'custom-resources';
const CRD = 'storages.storage.example.com';
let server: { readonly url: string; close(): void };

const definition = () => {
  const chart = testChart({ gitOps: GitOpsTool.NONE });
  storageResource(chart);
  return one(chart, 'CustomResourceDefinition');
};

/** What the server has against a definition; undefined where it takes it. */
async function answer(object: any): Promise<string | undefined> {
  const response = await fetch(`${server.url}/apis/apiextensions.k8s.io/v1/customresourcedefinitions?dryRun=All&fieldValidation=Strict`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(object),
  });
  return response.ok ? undefined : (await response.json() as { message: string }).message;
}

beforeAll(async () => {
  server = await proxy();
});

afterAll(() => server.close());

describe('what is a finding', () => {
  test.each(Object.entries(REFUSED))('%s, is refused by the API server', async (_, { code: expected, props, raw, says }) => {
    expect(code(() => kind(props))).toBe(expected);
    expect(await answer(raw)).toMatch(says);
  });

  test.each(PATTERNS)('the pattern %s is taken by both, or by neither', async pattern => {
    const refused = await answer(definitionOf({ type: 'object', properties: { a: { type: 'string', pattern } } }));
    expect([pattern, re2Problem(pattern) === undefined]).toEqual([pattern, refused === undefined]);
  });

  /** The longest list for which a rule is no finding; each of its texts has up to `length` characters. */
  const fields = (maxItems: number, maxLength: number) => ({ a: SchemaField.list(SchemaField.string({ maxLength }), { maxItems }), b: SchemaField.string({ maxLength }) });
  const longest = (rule: string, length: number) => {
    let [taken, refused] = [0, 2 ** 31];
    while (refused - taken > 1) {
      const middle = Math.floor((taken + refused) / 2);
      [taken, refused] = code(() => ruled(fields(middle, length), rule)) === undefined ? [middle, refused] : [taken, middle];
    }
    return taken;
  };
  const COSTLY = [
    "self.a.all(x, x != '')", 'self.a.all(x, x == self.b)', 'self.a.all(x, x.contains(self.b))', "self.a.all(x, x.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$'))", 'self.a.all(x, self.a.exists_one(y, x == y))',
    "self.a.map(x, x + self.b).exists(y, y.startsWith('a'))", 'self.a.filter(x, x.size() > 3).size() > 2', 'self.a.all(x, x in self.a)', 'self.a == oldSelf.a', 'self.b in self.a', "self.a.join(',').size() > 3",
    "self.a.all(x, x.split(',').all(y, y != ''))", "self.a.all(x, x.replace('a', self.b) != '')", 'self.a.all(x, self.a.all(y, self.a.all(z, x != y || y != z)))', 'self.a.all(x, isQuantity(x) && quantity(x).isGreaterThan(quantity(self.b)))',
    'sets.contains(self.a, [self.b])', 'sets.equivalent(self.a, self.a)', "(self.a + [self.b]).all(x, x != '')", 'self.a.filter(x, x != self.b).all(x, x.lowerAscii() == x)', 'self.a.isSorted()', 'sets.intersects(self.a, self.a)',
    "self.a.all(x, x.find('[0-9]+') == '')", 'self.a.distinct().size() > 3', 'self.a.sort().size() > 3', 'self.a.reverse().size() > 3', 'self.a.all(i, x, i < 3 || x != self.b)', 'self.a.transformList(i, x, x + x).all(x, x != self.b)', 'self.a.all(x, self.a.indexOf(x) == self.a.lastIndexOf(x))',
  ];

  test.each(COSTLY.flatMap(rule => [5, 250].map(length => [rule, length] as const)))('%s, of texts of %d, is taken as far as it is no finding, and not much further', async (rule, length) => {
    const items = longest(rule, length);
    expect(items).toBeGreaterThan(0);
    const { spec } = schemaOf(ruled(fields(items, length), rule)).properties;
    const raw = (maxItems: number) => definitionOf({ ...spec, properties: { ...spec.properties, a: { ...spec.properties.a, maxItems } } });
    expect(await answer(raw(items))).toBeUndefined();
    if (items < 2 ** 30) {
      expect(await answer(raw(items * 20))).toMatch(/exceeds budget/);
    }
  });
});

describe('objects of the kind Storage', () => {
  const storage = (name: string, fields: object) => ({
    apiVersion: 'storage.example.com/v1', kind: 'Storage', metadata: { name, namespace: NAMESPACE }, spec: { storageClassName: 'fast', size: '1Gi', ...fields },
  });
  /** What the server says against creating it; kubectl is not asked. */
  const created = (fields: object) => refusal(() => apply([storage('data', fields)], '--dry-run=server', '--validate=false'));
  /** What is said against changing one, which is there, into another. */
  const changed = (before: object, after: object) => {
    apply([storage('changed', before)]);
    try {
      return refusal(() => apply([storage('changed', after)], '--dry-run=server'));
    } finally {
      kubectl('delete', 'stg', 'changed', '-n', NAMESPACE);
    }
  };
  /** What is said against a status. */
  const reported = (status: object) => refusal(() => kubectl(
    'patch', 'stg', 'reported', '-n', NAMESPACE, '--subresource=status', '--type=merge', '--dry-run=server', '-p', JSON.stringify({ status }),
  ));

  beforeAll(() => {
    apply([definition(), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }]);
    kubectl('wait', '--for=condition=established', '--timeout=60s', `crd/${CRD}`);
    apply([storage('reported', {})]);
  });

  afterAll(() => {
    deleteAndWait(`crd/${CRD}`, `ns/${NAMESPACE}`);
  });

  const long = (length: number) => 'a'.repeat(length);

  // Per pattern and limit: the field, one value that is taken, and those that are not.
  test.each<[string, unknown, unknown[]]>([
    ['storageClassName', 'fast.example', ['Fast', 'fast_disk', '-fast', 'fast.', '', long(254), 1]],
    ['size', '1Gi', ['1gi', '1 Gi', 'Gi', '', '1GiB', `1${'0'.repeat(32)}`, 1]],
    ['size', '+.5Ti', ['0', '-1Gi', '0.0Gi', '0e3']],
    ['size', '1e3', ['1e1.5', '1E+', '1e']],
    ['accessModes', ['ReadWriteOnce', 'ReadOnlyMany'], [[], ['RWO'], ['ReadWriteOnce', 'ReadWriteOnce']]],
    ['snapshotPolicy', long(42), [long(43), 'a.b', 'A', '-a', '']],
    ['deletionPolicy', 'SnapshotThenDelete', ['Snapshot', '']],
    ['restoreFrom', { snapshotName: 'before' }, [{}, { snapshotName: 'Before' }, { snapshotName: '' }]],
  ])('%s may be %j, and nothing like it', (name, right, wrong) => {
    expect(created({ [name]: right })).toBe('');
    expect(wrong.filter(value => created({ [name]: value }) === '')).toEqual([]);
  });

  test('what is required is asked for, also of an object without a spec', () => {
    const { spec, ...bare } = storage('data', {});
    expect(refusal(() => apply([bare], '--dry-run=server', '--validate=false'))).toContain('spec: Required value');
    expect(created({ size: undefined })).toContain('spec.size: Required value');
  });

  test('a field that is not described is not taken', () => {
    expect(refusal(() => apply([storage('data', { sise: '1Gi' })], '--dry-run=server'))).toMatch(/unknown field "(spec\.)?sise"/);
  });

  test('what is left out has its default', () => {
    const { spec } = JSON.parse(kubectl('get', 'stg', 'reported', '-n', NAMESPACE, '-o', 'json'));
    expect(spec).toEqual({ storageClassName: 'fast', size: '1Gi', accessModes: ['ReadWriteOnce'], deletionPolicy: 'Retain' });
  });

  // Per rule: what is taken, what is not, and what is said.
  test('a size is above zero', () => {
    expect(created({ size: '1' })).toBe('');
    expect(created({ size: '0Gi' })).toContain('has to be above zero');
  });

  test('ReadWriteOncePod goes with no other mode', () => {
    expect(created({ accessModes: ['ReadWriteOncePod'] })).toBe('');
    expect(created({ accessModes: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'] })).toBe('');
    expect(created({ accessModes: ['ReadWriteOnce', 'ReadWriteOncePod'] })).toContain('ReadWriteOncePod goes with no other mode');
  });

  test.each<[string, object, object]>([
    ['storageClassName', { storageClassName: 'fast' }, { storageClassName: 'slow' }],
    ['accessModes', { accessModes: ['ReadWriteOnce'] }, { accessModes: ['ReadWriteMany'] }],
    ['restoreFrom', { restoreFrom: { snapshotName: 'a' } }, { restoreFrom: { snapshotName: 'b' } }],
  ])('%s cannot be changed', (_, before, after) => {
    expect(changed(before, { ...before, size: '2Gi' })).toBe('');
    expect(changed(before, after)).toContain('cannot be changed');
  });

  test('restoreFrom cannot be added or taken away', () => {
    const restored = { restoreFrom: { snapshotName: 'a' } };
    expect(changed(restored, { ...restored, deletionPolicy: 'Delete' })).toBe('');
    expect(changed({}, { deletionPolicy: 'Delete' })).toBe('');
    expect(changed({}, restored)).toContain('cannot be added or taken away');
    expect(changed(restored, {})).toContain('cannot be added or taken away');
  });

  test('the class of the last snapshot is for SnapshotThenDelete', () => {
    expect(created({ snapshotClassName: 'daily', deletionPolicy: 'SnapshotThenDelete' })).toBe('');
    expect(created({ snapshotClassName: 'daily' })).toContain('snapshotClassName is for deletionPolicy SnapshotThenDelete');
    expect(created({ snapshotClassName: 'Daily', deletionPolicy: 'SnapshotThenDelete' })).toContain('should match');
  });

  const condition = { type: 'Ready', status: 'True', reason: 'Bound', message: '', lastTransitionTime: '2026-01-31T12:00:00Z', observedGeneration: 1 };
  test.each<[string, object, object[]]>([
    ['conditions', { conditions: [condition, { ...condition, type: 'example.com/Resized' }] }, [
      { conditions: [condition, condition] }, { conditions: [{ ...condition, status: 'Yes' }] }, { conditions: [{ ...condition, type: 'not ready' }] },
      { conditions: [{ ...condition, reason: '' }] }, { conditions: [{ ...condition, reason: 'two words' }] }, { conditions: [{ ...condition, lastTransitionTime: 'today' }] },
      { conditions: [{ type: 'Ready', status: 'True' }] }, { conditions: [{ ...condition, observedGeneration: -1 }] },
    ]],
    ['times', { lastSnapshotTime: '2026-01-31T12:00:00Z' }, [{ lastSnapshotTime: 'today' }]],
    ['quantities and names', { capacity: '1Gi', claimName: 'data', volumeName: 'pvc-1', finalSnapshotName: 'data-last', observedGeneration: 2 }, [
      { capacity: 'much' }, { claimName: 'Data' }, { volumeName: 'a_b' }, { finalSnapshotName: '' }, { observedGeneration: '2' },
    ]],
  ])('a status has %s', (_, right, wrong) => {
    expect(reported(right)).toBe('');
    expect(wrong.filter(status => reported(status) === '')).toEqual([]);
  });

  test('kubectl shows the columns, by the short name', () => {
    kubectl('patch', 'stg', 'reported', '-n', NAMESPACE, '--subresource=status', '--type=merge', '-p', JSON.stringify({ status: { capacity: '2Gi', conditions: [condition] } }));
    const [headings, row] = kubectl('get', 'stg', '-n', NAMESPACE).split('\n').map(line => line.split(/\s+/));
    expect(headings.filter(heading => heading !== '')).toEqual(['NAME', 'CLASS', 'REQUESTED', 'CAPACITY', 'READY', 'REASON', 'AGE']);
    expect(row.slice(0, 6)).toEqual(['reported', 'fast', '1Gi', '2Gi', 'True', 'Bound']);
  });
});
