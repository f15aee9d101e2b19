import { rmSync } from 'fs';
import { ApiObject, App, Chart, Duration, Size, Testing } from 'cdk8s';
import { Distribution, KubernetesVersion, NfsServer, NfsServerAlias, NfsServerDeploymentOptions, Platform, StorageClass } from '../../../src';
import { eventually, kubectl, refusal, run } from '../../kubectl';
import { Nfs4Client } from '../../servers/nfs4';
import { field, PATIENCE, sh } from '../storage';

export const NS = 'e2e-nfs';
const IMAGE = 'registry.example.com/storage/nfs-ganesha:4.3';
const CLIENT_IMAGE = 'registry.example.com/storage/nfs-client:2';
const CLASS = 'e2e-nfs';
/** Where the claims lie, on this machine, which is the node. */
export const CLAIMS = '/var/lib/e2e-nfs';
const LEASE = 15;
const GRACE = 20;

/** A server as its user writes it, with a volume in a directory of the node: what it needs of a claim is a file system. */
export function server(name: string, options: Partial<NfsServerDeploymentOptions> = {}): object[] {
  const chart = chartOf();
  NfsServer.deploy(chart, 'Server', {
    name,
    namespace: NS,
    image: IMAGE,
    clients: ['10.88.0.0/16'], // the node and its pods
    minorVersions: [0, 1, 2], // libnfs has 4.0
    leaseLifetime: Duration.seconds(LEASE),
    gracePeriod: Duration.seconds(GRACE),
    exports: exported(),
    storage: { storageClass: StorageClass.fromStorageClassName(CLASS), size: Size.gibibytes(1) },
    ...options,
  });
  new ApiObject(chart, 'Volume', {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `e2e-nfs-${name}` },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: CLASS,
      claimRef: { namespace: NS, name: `${name}-data` },
      hostPath: { path: `${CLAIMS}/${name}`, type: 'DirectoryOrCreate' },
    },
  });
  return Testing.synth(chart);
}

export const exported = (...more: NfsServerDeploymentOptions['exports']): NfsServerDeploymentOptions['exports'] => [
  { name: 'shared' }, { name: 'published', readOnly: true }, ...more,
];

export function alias(name: string, target: { externalName?: string; addresses?: string[] }): object[] {
  const chart = chartOf();
  new NfsServerAlias(chart, 'Alias', { name, namespace: NS, ...target });
  return Testing.synth(chart);
}

function chartOf(): Chart {
  const app = new App();
  Platform.set(app, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA });
  return new Chart(app, 'chart');
}

/** A pod with the tools of libnfs: NFSv4.0 in user space. */
export function clientPod(): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'client', namespace: NS },
    spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'main', image: CLIENT_IMAGE, command: ['sleep', '1000000'] }] },
  };
}

export const inClient = (script: string) => sh(NS, 'client', script);

/** Waits until the pod is the one that was applied, and ready. */
export async function serving(name: string): Promise<void> {
  await eventually(`${name} is ready`, () => {
    const { metadata, status } = JSON.parse(kubectl('-n', NS, 'get', `statefulset/${name}`, '-o', 'json'));
    return status.observedGeneration === metadata.generation && status.updatedReplicas === 1 && status.readyReplicas === 1 && status.currentRevision === status.updateRevision;
  }, PATIENCE);
}

export const podIp = (name: string) => field(NS, `pod/${name}-0`, '.status.podIP');
export const serviceIp = (name: string) => field(NS, `service/${name}`, '.spec.clusterIP');

/** A client that comes back by itself: what it asks is asked until it is answered. */
export async function persistently<T>(what: string, host: string, ask: (client: Nfs4Client) => Promise<T>): Promise<T> {
  const limit = Date.now() + PATIENCE * 1000;
  for (;;) {
    let client: Nfs4Client | undefined;
    try {
      // Where the pod was, nobody answers, until the Service leads to the next.
      client = await Nfs4Client.connect(host, { patience: 2 });
      return await ask(client);
    } catch (error) {
      if (!/closed|ECONN|no answer|EHOST|GRACE/.test(`${(error as Error).message}`) || Date.now() > limit) {
        throw new Error(`${what}: ${(error as Error).message}`);
      }
      await new Promise(resolve => setTimeout(resolve, 500));
    } finally {
      client?.close();
    }
  }
}

export function cleanUp(): void {
  kubectl('delete', 'namespace', NS, '--ignore-not-found', `--timeout=${PATIENCE}s`);
  kubectl('delete', 'pv', 'e2e-nfs-files', 'e2e-nfs-copy', '--ignore-not-found', `--timeout=${PATIENCE}s`);
  refusal(() => run('umount', [`${CLAIMS}/copy`]));
  rmSync(CLAIMS, { recursive: true, force: true });
}
