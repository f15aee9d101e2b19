import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Backend, DATA, NFS_PORT, RECOVERY, RUN } from './backend';
import { GaneshaOptions } from './ganesha-options';
import { GaneshaValues } from './ganesha-values';
import { SCRIPTS } from './program';
import { checkToleration, pullSecrets } from '../csi/pod-extensions';
import { confined, container, resources } from '../csi/pod-parts';
import { checkMetadata, checkSubdomain } from '../manifest/validate';

/** What a pod is told beside its options. */
export interface PodInput {
  readonly labels: Record<string, string>;
  readonly backend: Backend;
  /** A hash of all that it reads at its start: when that changes, it starts anew. */
  readonly configuration: string;
}

const PROBE: k8s.Probe = { exec: { command: ['/bin/bash', `${SCRIPTS}/probe.sh`] }, timeoutSeconds: 10 };
/** Five minutes: a claim's file system may have to be checked, and a name of Gluster looked up. */
const START: k8s.Probe = { ...PROBE, periodSeconds: 3, failureThreshold: 100 };
/** It restarts a server that hangs, and not one that is slow: each restart stops all clients for a grace period. */
const LIVENESS: k8s.Probe = { ...PROBE, periodSeconds: 20, failureThreshold: 6 };
const READINESS: k8s.Probe = { ...PROBE, periodSeconds: 10, failureThreshold: 3 };

/** The pod of a server. */
export function ganeshaPod(scope: Construct, options: GaneshaOptions, values: GaneshaValues, { labels, backend, configuration }: PodInput): k8s.PodTemplateSpec {
  const { nodeSelector = {}, tolerations = [], priorityClassName = 'system-cluster-critical' } = options;
  checkMetadata(scope, nodeSelector);
  checkSubdomain(scope, 'priorityClassName', priorityClassName);
  return {
    metadata: { labels, annotations: { 'cdk8s-storage/configuration': configuration } },
    spec: {
      serviceAccountName: options.name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      priorityClassName,
      nodeSelector: { ...nodeSelector, 'kubernetes.io/os': 'linux' },
      tolerations: [
        ...['not-ready', 'unreachable'].map(key => ({ key: `node.kubernetes.io/${key}`, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: values.failover })),
        ...tolerations.map(toleration => checkToleration(scope, 'tolerations', toleration)),
      ],
      imagePullSecrets: pullSecrets(scope, options.imagePullSecrets),
      securityContext: {
        runAsUser: backend.user,
        runAsGroup: backend.user,
        ...(backend.user === 0 ? {} : { runAsNonRoot: true, fsGroup: backend.user, fsGroupChangePolicy: 'OnRootMismatch' }),
        seccompProfile: { type: backend.seccomp },
      },
      containers: [container({
        name: 'nfs-ganesha',
        image: options.image,
        command: ['/bin/bash', `${SCRIPTS}/start.sh`],
        args: [RECOVERY, ...backend.directories],
        ...(backend.glusterHosts ? { env: [{ name: 'GLUSTER_HOSTS', value: backend.glusterHosts.join(' ') }] } : {}),
        ports: [{ name: 'nfs', containerPort: NFS_PORT, protocol: 'TCP' }],
        startupProbe: START,
        livenessProbe: LIVENESS,
        readinessProbe: READINESS,
        resources: resources(values.memoryRequest, values.memoryLimit, values.cpuRequest),
        securityContext: confined(false, backend.addCapabilities),
        volumeMounts: [
          { name: 'configuration', mountPath: SCRIPTS, readOnly: true },
          { name: 'data', mountPath: DATA },
          { name: 'run', mountPath: RUN },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      })],
      volumes: [
        { name: 'configuration', configMap: { name: options.name } },
        { name: 'data', ...(backend.claimName === undefined ? { emptyDir: {} } : { persistentVolumeClaim: { claimName: backend.claimName } }) },
        { name: 'run', emptyDir: {} },
        { name: 'tmp', emptyDir: {} },
      ],
    },
  };
}
