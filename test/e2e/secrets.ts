import { ApiObject, App, Chart, Size, Testing } from 'cdk8s';
import { deploy, DRIVER_NAME, DRIVER_NAMESPACE, field, remove, volumeOf, PATIENCE } from './storage';
import { CsiDriver, Distribution, KubernetesVersion, Namespace, PersistentVolumeClaim, Platform, SecretReference, StorageClass } from '../../src';
import { apply, eventually, kubectl } from '../kubectl';

const NS = 'e2e-secrets';
export const SECRET_NAMESPACE = 'e2e-credentials';
const SIZE = Size.mebibytes(16);

/** A class in a repository of its own: all that it knows of the driver is its name and the account of its controller. */
function classChart(): object[] {
  const app = new App();
  Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });
  const chart = new Chart(app, 'classes');
  new Namespace(chart, 'Namespace', { name: SECRET_NAMESPACE });
  new ApiObject(chart, 'Secret', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'credentials', namespace: SECRET_NAMESPACE }, stringData: { user: 'test' } });
  const driver = CsiDriver.fromDriverName(DRIVER_NAME, {
    capabilities: { attach: true, expand: true }, controllerServiceAccount: { name: 'csi-local-controller', namespace: DRIVER_NAMESPACE },
  });
  new StorageClass(chart, 'Class', { name: 'e2e-secret', driver, secrets: { provisioner: SecretReference.fromName('credentials', SECRET_NAMESPACE) } });
  return Testing.synth(chart);
}

export function secretTests(): void {
  const manifests = classChart();
  const isGrant = ({ kind }: any) => kind === 'Role' || kind === 'RoleBinding';
  const claim = (name: string) => deploy(NS, chart => {
    new PersistentVolumeClaim(chart, 'Claim', { name, storageClass: StorageClass.fromStorageClassName('e2e-secret', { driver: CsiDriver.fromDriverName(DRIVER_NAME) }), size: SIZE });
  });
  afterAll(async () => {
    apply(manifests);
    await remove(NS);
    kubectl('delete', 'storageclass', 'e2e-secret');
    kubectl('delete', 'namespace', SECRET_NAMESPACE, `--timeout=${PATIENCE}s`);
  });

  test('without its Role the driver is refused the Secret, and the claim says so', async () => {
    apply(manifests.filter(manifest => !isGrant(manifest)));
    claim('refused');
    const events = () => kubectl('-n', NS, 'get', 'events', '-o', 'jsonpath={.items[*].message}');
    await eventually('the claim tells why', () => /secrets "credentials" is forbidden/.test(events()), PATIENCE);
    expect(field(NS, 'pvc/refused', '.status.phase')).toBe('Pending');
  });

  test('with the Role of the class it reads that Secret, and the claim is bound', async () => {
    apply(manifests);
    claim('granted');
    await volumeOf(NS, 'granted');
  });

  test('and no other one', () => {
    const may = (verb: string, secret: string) => {
      try {
        return kubectl('auth', 'can-i', verb, secret, '-n', SECRET_NAMESPACE, '--as', `system:serviceaccount:${DRIVER_NAMESPACE}:csi-local-controller`).trim();
      } catch (error) {
        return /^no/m.exec((error as Error).message)?.[0];
      }
    };
    expect([may('get', 'secrets/credentials'), may('get', 'secrets/other'), may('list', 'secrets')]).toEqual(['yes', 'no', 'no']);
  });
}
