import { Duration, Size } from 'cdk8s';
import { AccessMode, CsiDriver, StorageClass, StorageQuota, VolumeAlerts, VolumeAlertsProps } from '../../src';
import { code, one, testChart, thrown, twoClusters, yaml } from '../support';

const web = () => testChart({}, { namespace: 'web' });
const { fromStorageClassName } = StorageClass;

describe('StorageQuota', () => {
  test('limits classes and all of them together, by size and number', () => {
    const chart = web();
    new StorageQuota(chart, 'Quota', {
      name: 'storage',
      size: Size.tebibytes(1),
      claims: 20,
      storageClasses: [
        { storageClass: fromStorageClassName('fast'), size: Size.gibibytes(100), claims: 5 },
        { storageClass: fromStorageClassName('old.example'), claims: 0 },
      ],
    });
    expect(one(chart, 'ResourceQuota')).toEqual({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'storage', namespace: 'web' },
      spec: {
        hard: {
          'requests.storage': '1Ti',
          'persistentvolumeclaims': 20,
          'fast.storageclass.storage.k8s.io/requests.storage': '100Gi',
          'fast.storageclass.storage.k8s.io/persistentvolumeclaims': 5,
          'old.example.storageclass.storage.k8s.io/persistentvolumeclaims': 0,
        },
      },
    });
  });

  test.each<[string, string, () => unknown]>([
    ['a class whose name is too long with what is added', 'MAN001', () => new StorageQuota(web(), 'Quota', { name: 'q', storageClasses: [{ storageClass: fromStorageClassName('a'.repeat(240)), claims: 1 }] })],
    ['a class of another cluster', 'PLT005', () => {
      const [east, west] = twoClusters();
      const storageClass = new StorageClass(east, 'Class', { name: 'fast', driver: CsiDriver.fromDriverName('csi.example.com') });
      return new StorageQuota(west, 'Quota', { name: 'q', storageClasses: [{ storageClass, claims: 1 }] });
    }],
    ['no class', 'VOL037', () => new StorageQuota(web(), 'Quota', { name: 'q', storageClasses: [{ storageClass: undefined as any, claims: 1 }] })],
    ['no number', 'VOL037', () => new StorageQuota(web(), 'Quota', { name: 'q', claims: NaN })],
    ['nothing of a size', 'MAN004', () => new StorageQuota(web(), 'Quota', { name: 'q', size: Size.gibibytes(0) })],
  ])('with %s is %s', (_, expected, build) => {
    expect(code(build)).toBe(expected);
  });
});

describe('VolumeAlerts', () => {
  test('takes a fraction for the percentage that was meant', () => {
    const finding = thrown(() => new VolumeAlerts(testChart(), 'Alerts', { name: 'volumes', warningPercent: 0.85 }));
    expect(finding?.message).toBe('warningPercent is 0.85, but has to be in percent, from 1 and less than criticalPercent (95)');
    expect(finding?.fix).toBe('warningPercent: 85');
  });

  const alerts = (props: Partial<VolumeAlertsProps> = {}) => {
    const chart = web();
    new VolumeAlerts(chart, 'Alerts', { name: 'volumes', ...props });
    return { chart, rules: one(chart, 'PrometheusRule').spec.groups[0].rules as any[] };
  };
  const find = (rules: any[], alert: string, severity = 'warning') => rules.find(rule => rule.alert === alert && rule.labels.severity === severity);

  test('with their defaults, as they are written', () => {
    expect(yaml(alerts().chart)).toMatchSnapshot();
  });

  test('with all that can be said, as they are written', () => {
    expect(yaml(alerts({
      namespace: 'monitoring',
      labels: { release: 'prometheus' },
      namespaces: 'shop|shop-.*',
      claims: 'data-\\d+',
      excludeClaims: '.*"tmp"',
      excludeAccessModes: [AccessMode.READ_WRITE_MANY, AccessMode.READ_ONLY_MANY],
      warningPercent: 70,
      criticalPercent: 99.5,
      fullWithin: Duration.hours(36),
      warningAfter: Duration.seconds(90),
      criticalAfter: Duration.seconds(0),
      fullWithinAfter: Duration.minutes(30),
      alertLabels: { team: 'storage' },
    }).chart)).toMatchSnapshot();
  });

  test('no ratio is divided by zero: a volume without a capacity has none', () => {
    const { rules } = alerts();
    for (const { expr } of rules.filter(rule => rule.expr.includes(' / '))) {
      expect(expr).toMatch(/ \/ \(kubelet_volume_stats_(capacity_bytes|inodes) > 0\)/);
    }
  });

  test('a claim alerts once, however many nodes mount its volume', () => {
    for (const { expr } of alerts().rules) {
      expect(expr).toMatch(/^(max|min) by \(cluster, namespace, persistentvolumeclaim\) \(/);
    }
  });

  test('the pattern of every metric is the same', () => {
    for (const { expr } of alerts({ namespaces: 'shop' }).rules) {
      expect(expr.match(/kubelet_\w+/g)).toHaveLength(expr.match(/kubelet_\w+\{namespace=~"shop"\}/g).length);
    }
  });

  test('what is shared is left out of every alert by its access mode, where asked', () => {
    for (const { expr } of alerts({ excludeAccessModes: [AccessMode.READ_WRITE_MANY] }).rules) {
      expect(expr).toMatch(/\nunless on \(cluster, namespace, persistentvolumeclaim\) kube_persistentvolumeclaim_access_mode\{access_mode=~"ReadWriteMany"\} == 1$/);
    }
    expect(alerts().rules.some(rule => rule.expr.includes('unless'))).toBe(false);
  });

  test('severity is that of the level, and a label of the user\'s own where he gives one', () => {
    expect(alerts().rules.map(rule => rule.labels.severity)).toEqual(['warning', 'critical', 'warning', 'critical', 'warning', 'warning']);
    expect(alerts({ alertLabels: { severity: 'page' } }).rules.map(rule => rule.labels.severity)).toEqual(Array(6).fill('page'));
  });

  test('labels by which a Prometheus selects it are on the object, labels for routing on the alerts', () => {
    const { chart, rules } = alerts({ labels: { release: 'prometheus' }, alertLabels: { team: 'storage' } });
    expect(one(chart, 'PrometheusRule').metadata.labels).toEqual({ release: 'prometheus' });
    expect(rules.every(rule => rule.labels.team === 'storage' && rule.labels.release === undefined)).toBe(true);
  });

  test.each([[Duration.days(2), '2d'], [Duration.hours(36), '36h'], [Duration.seconds(90), '90s'], [Duration.seconds(0), '0s']])('%s is written as Prometheus reads it', (warningAfter, expected) => {
    expect(find(alerts({ warningAfter }).rules, 'VolumeFillingUp').for).toBe(expected);
  });
});
