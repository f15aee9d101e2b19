import { readFileSync } from 'fs';
import { Size, SizeRoundingBehavior } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Reach } from './claim-filter';
import { malformed } from './policy-types';
import { RunTimes } from './run-times';
import { CONTENT_GRANTS, RUNNER_GRANTS, RunnerCondition } from './runner-grants';
import { SnapshotPolicyProps } from './snapshot-policy-props';
import { writeAccount } from '../../csi/account';
import { checkImage } from '../../csi/image';
import { checkToleration, pullSecrets } from '../../csi/pod-extensions';
import { confined, container, fieldVariable, resources, unprivileged } from '../../csi/pod-parts';
import { Grant, policyRules, RBAC } from '../../csi/rbac';
import { contentHash } from '../../manifest/content-hash';
import { emit } from '../../manifest/emit';
import { packageFile } from '../../manifest/package-file';
import { checkMetadata, quantity } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { KubernetesVersion } from '../../platform/kubernetes-version';
import { RunnerConfig } from '../../runtime/runner-config';

const IMAGE = 'docker.io/library/node:22-bookworm-slim';
const PROGRAM = 'snapshot-runner.js';
const CONFIG = 'policy.json';
const DIRECTORY = '/policy';
const CONTENT_HASH = 'cdk8s-storage/content-hash';
const CONFIG_MAP_BYTES = 1024 * 1024;
const LEAST_MEMORY = 128;
/** Of the memory limit; the rest is for what Node.js has beside the heap of the program. */
const HEAP = 0.6;
const THAW_SECONDS = 120;
const WEEK = 7 * 24 * 3600;
/** By these the runner tells a second pod of one Job from another run. */
const JOB_LABELS = { RUN: 'job-name', RUN_UID: 'controller-uid' };

/** What the CronJob of a policy is made of; checked. */
export interface RunnerParts {
  readonly name: string;
  readonly reach: Reach;
  readonly config: RunnerConfig;
  readonly times: RunTimes;
}

let program: string | undefined;

/** Read when first needed: most apps never need it. */
function programText(): string {
  return program ??= readFileSync(packageFile('imports', 'runtime', PROGRAM), 'utf8');
}

/** Writes the CronJob, what it runs, and what it is granted. None of these hold data: snapshots are not owned by them. */
export function writeRunner(scope: Construct, { name, reach, config, times }: RunnerParts, props: SnapshotPolicyProps): void {
  const data = { [PROGRAM]: programText(), [CONFIG]: `${JSON.stringify(config, null, 2)}\n` };
  const bytes = Object.values(data).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > CONFIG_MAP_BYTES) {
    malformed(scope, 'claims', `${config.claims.names?.length} by name`, 'that is more than a ConfigMap holds', "select them by labels: ClaimSelector.labels({ 'example.com/protected': 'true' })");
  }
  writeAccount(scope, name, reach.own, props);
  writePermissions(scope, name, reach, config, props);
  emit(scope, 'ConfigMap', k8s.KubeConfigMap.manifest({ metadata: { name, namespace: reach.own }, data }), props);
  const labels = { 'app.kubernetes.io/name': 'snapshot-policy', 'app.kubernetes.io/instance': config.policy };
  const hash = contentHash(data);
  emit(scope, 'CronJob', k8s.KubeCronJob.manifest({
    metadata: { name, namespace: reach.own, labels },
    spec: {
      schedule: props.schedule.expression,
      timeZone: props.schedule.timeZone,
      suspend: props.suspend ?? false,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: times.startingDeadline,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: {
          backoffLimit: 1,
          activeDeadlineSeconds: times.run,
          ttlSecondsAfterFinished: WEEK,
          template: { metadata: { labels, annotations: { [CONTENT_HASH]: hash } }, spec: podOf(scope, name, props) },
        },
      },
    },
  }), props);
}

function writePermissions(scope: Construct, name: string, { own, namespaces }: Reach, config: RunnerConfig, props: SnapshotPolicyProps): void {
  const { kubernetes } = Cluster.of(scope).platform;
  const subjects = [{ kind: 'ServiceAccount', name, namespace: own }];
  // Elsewhere, and in the cluster, there may be policies of that name from other namespaces.
  const fullName = `${name}.${own}`;
  const conditions = new Set<RunnerCondition>([
    ...(config.hooks.length > 0 ? ['hooks' as const, config.group ? 'groupFrozen' as const : 'singleFrozen' as const] : []),
    ...(config.hooks.length > 0 && kubernetes.isAtLeast(KubernetesVersion.V1_35) ? ['execCreates' as const] : []),
    config.group ? 'group' : 'single',
  ]);
  for (const namespace of namespaces ?? []) {
    const metadata = { name: namespace === own ? name : fullName, namespace };
    emit(scope, `Role-${namespace}`, k8s.KubeRole.manifest({ metadata, rules: policyRules(RUNNER_GRANTS, conditions) }), props);
    emit(scope, `RoleBinding-${namespace}`, k8s.KubeRoleBinding.manifest({ metadata, roleRef: { apiGroup: RBAC, kind: 'Role', name: metadata.name }, subjects }), props);
  }
  const inCluster: Grant<RunnerCondition>[] = [...(namespaces ? [] : RUNNER_GRANTS), ...(config.surviveNamespaceDeletion ? CONTENT_GRANTS : [])];
  if (inCluster.length > 0) {
    const metadata = { name: fullName };
    emit(scope, 'ClusterRole', k8s.KubeClusterRole.manifest({ metadata, rules: policyRules(inCluster, conditions) }), props);
    emit(scope, 'ClusterRoleBinding', k8s.KubeClusterRoleBinding.manifest({ metadata, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: fullName }, subjects }), props);
  }
}

/** From JavaScript, null is what was left out. */
function withoutNull<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as T;
}

/** SNP035, CSI006, CSI013, MAN001, MAN003, MAN004 */
function podOf(scope: Construct, name: string, props: SnapshotPolicyProps): k8s.PodSpec {
  const { tolerations } = props;
  const nodeSelector = props.nodeSelector ?? {};
  const memoryLimit = props.memoryLimit ?? Size.mebibytes(256);
  const limit = quantity(scope, 'memoryLimit', memoryLimit);
  const mebibytes = memoryLimit.toMebibytes({ rounding: SizeRoundingBehavior.FLOOR });
  if (mebibytes < LEAST_MEMORY) {
    malformed(scope, 'memoryLimit', limit, 'Node.js would not have enough of it', `at least Size.mebibytes(${LEAST_MEMORY}), or leave it out for 256`);
  }
  checkMetadata(scope, nodeSelector);
  return {
    serviceAccountName: name,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    restartPolicy: 'Never',
    // To thaw, which a signal does not shorten.
    terminationGracePeriodSeconds: props.hooks && props.hooks.length > 0 ? THAW_SECONDS : undefined,
    nodeSelector: { ...nodeSelector, 'kubernetes.io/os': 'linux' },
    tolerations: tolerations?.map(toleration => checkToleration(scope, 'tolerations', withoutNull(toleration))),
    imagePullSecrets: pullSecrets(scope, props.imagePullSecrets ?? undefined),
    securityContext: unprivileged(Cluster.of(scope).platform.distribution),
    containers: [container({
      name: 'runner',
      image: checkImage(scope, 'image', props.image ?? IMAGE),
      command: ['node', `--max-old-space-size=${Math.floor(mebibytes * HEAP)}`, `${DIRECTORY}/${PROGRAM}`, `${DIRECTORY}/${CONFIG}`],
      env: [
        // Node.js trusts the API server by it.
        { name: 'NODE_EXTRA_CA_CERTS', value: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' },
        fieldVariable('NAMESPACE', 'metadata.namespace'),
        ...Object.entries(JOB_LABELS).map(([variable, label]) => ({ name: variable, valueFrom: { fieldRef: { fieldPath: `metadata.labels['batch.kubernetes.io/${label}']` } } })),
      ],
      resources: resources('64Mi', limit),
      securityContext: confined(),
      volumeMounts: [{ name: 'policy', mountPath: DIRECTORY, readOnly: true }],
    })],
    volumes: [{ name: 'policy', configMap: { name } }],
  };
}
