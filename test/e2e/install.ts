import { parseAllDocuments } from 'yaml';
import { ready, restarts, sh, DRIVER_NAME, DRIVER_NAMESPACE, field, waitForPod, remove, onDisk, PATIENCE, TOPOLOGY_KEY } from './storage';
import { synthesize } from '../examples/examples';
import { apply, eventually, kubectl } from '../kubectl';

/** The example as its reader applies it: one node, one copy of each controller. */
export function installTests(): void {
  const files = synthesize('custom-csi-driver');
  const objectsOf = (file: string) => parseAllDocuments(files[file]).map(document => document.toJS());
  let before: string[];

  test('the synthesized manifests alone make every pod ready, without a restart', async () => {
    apply(objectsOf('cluster.k8s.yaml'));
    kubectl('wait', '--for=condition=established', '--timeout=60s', 'crd/volumesnapshotclasses.snapshot.storage.k8s.io');
    apply(objectsOf('driver.k8s.yaml'));
    await ready();
    expect(restarts(DRIVER_NAMESPACE) + restarts('snapshot-controller')).toBe(0);
  });

  test('the driver says what its node can take, and where', () => {
    const [node] = JSON.parse(kubectl('get', 'csinodes', '-o', 'json')).items;
    expect(node.spec.drivers.find(({ name }: any) => name === DRIVER_NAME)).toEqual({
      name: DRIVER_NAME, nodeID: expect.any(String), topologyKeys: [TOPOLOGY_KEY], allocatable: { count: 128 },
    });
  });

  test('free space is published for the scheduler, of the Deployment, so that it goes with it', async () => {
    const ofClass = (name: string) => JSON.parse(kubectl('-n', DRIVER_NAMESPACE, 'get', 'csistoragecapacities', '-o', 'json')).items.find((item: any) => item.storageClassName === name);
    await eventually('each class has its capacity', () => ['local-disk', 'local-directory'].every(name => ofClass(name)?.capacity), PATIENCE);
    expect(ofClass('local-disk').metadata.ownerReferences).toMatchObject([{ kind: 'Deployment', name: 'csi-local-controller' }]);
  });

  test('the database of the example runs on its volumes', async () => {
    before = onDisk('volumes');
    apply(objectsOf('database.k8s.yaml'));
    await eventually('the pod is there', () => kubectl('-n', 'database', 'get', 'pods', '-o', 'name') !== '');
    waitForPod('database', 'server-0');
    await eventually('it writes', () => sh('database', 'server-0', 'cat /data/log 2>/dev/null || true') !== '');
    expect(sh('database', 'server-0', 'test -b /dev/scratch && echo block')).toBe('block');
    expect(field('database', 'pvc/data-server-0', '.status.capacity.storage')).toBe('1Gi');
  });

  test('nothing of it is left', async () => {
    await remove('database');
    await eventually('its volumes are gone from the disk', () => onDisk('volumes').every(volume => before.includes(volume)), PATIENCE);
    expect(restarts(DRIVER_NAMESPACE)).toBe(0);
  });
}
