import { readFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, Chart, Size } from 'cdk8s';
import { ClaimTemplate, CsiDriver, StorageClass, VolumeSnapshotClass } from 'cdk8s-storage';

// The storage, by what is known of it: here that of examples/custom-csi-driver. Put the names of yours.
const driver = CsiDriver.fromDriverName('local.csi.example.com', { capabilities: { attach: true, expand: true, snapshot: true, clone: true } });
export const disk = StorageClass.fromStorageClassName('local-disk', { driver, expansion: true });
export const snapshotClass = VolumeSnapshotClass.fromVolumeSnapshotClassName('local-snapshots', { driver });

export const REPLICAS = 3;
export const SIZE = Size.mebibytes(64);
export const data = new ClaimTemplate({ name: 'data', storageClass: disk, size: SIZE });

/** Three ledgers, each with a volume of its own, as a StatefulSet of this name. */
export function ledger(chart: Chart, name: string): ApiObject {
  const labels = { app: name };
  new ApiObject(chart, 'Program', {
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${name}-program` }, data: { 'ledger.js': readFileSync(join(__dirname, 'ledger.js'), 'utf8') },
  });
  new ApiObject(chart, 'Service', {
    apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { clusterIP: 'None', selector: labels, ports: [{ name: 'http', port: 8080 }] },
  });
  const statefulSet = new ApiObject(chart, 'Ledger', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: {
      replicas: REPLICAS,
      serviceName: name,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          terminationGracePeriodSeconds: 10,
          securityContext: { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{
            name: 'ledger',
            image: 'node:22-bookworm-slim',
            command: ['node', '--disable-warning=ExperimentalWarning', '/program/ledger.js'],
            readinessProbe: { httpGet: { path: '/count', port: 8080 }, periodSeconds: 2 },
            resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
            volumeMounts: [{ name: 'program', mountPath: '/program', readOnly: true }],
          }],
          volumes: [{ name: 'program', configMap: { name: `${name}-program` } }],
        },
      },
    },
  });
  data.mountTo(statefulSet, { container: 'ledger', path: '/data' });
  return statefulSet;
}
