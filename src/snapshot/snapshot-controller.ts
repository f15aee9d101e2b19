import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { claimController } from './presence';
import { SNAPSHOT_RULES } from './rules';
import { writeControllerAccount } from '../csi/account';
import { checkRegistry } from '../csi/image';
import { container, disruptionBudget, logFlag, placement, resources } from '../csi/pod-parts';
import { Grant } from '../csi/rbac';
import { DEFAULT_REGISTRY } from '../csi/sidecars';
import { fail } from '../findings/report';
import { CrdBundle } from '../manifest/crd-bundle';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { Namespace } from '../manifest/namespace';
import { checkLabel } from '../manifest/validate';
import { Cluster } from '../platform/cluster';
import { objectsOf } from '../platform/cluster-checks';
import { PodSecurityLevel } from '../platform/distribution';
import { NodeCount } from '../platform/node-count';

const VERSION = 'v8.6.0';
const CRDS = 'external-snapshotter-v8.6.0.json';
const GROUP = 'snapshot.storage.k8s.io';
const NAME = 'snapshot-controller';
const HTTP_PORT = 8080;

const READ = ['get', 'list', 'watch'];

/** deploy/kubernetes/snapshot-controller/rbac-snapshot-controller.yaml of the same version, less what only group snapshots need and what its code never calls. */
const GRANTS: Grant<never>[] = [
  { group: '', resource: 'persistentvolumes', verbs: READ },
  { group: '', resource: 'persistentvolumeclaims', verbs: [...READ, 'update'] },
  { group: '', resource: 'events', verbs: ['create', 'patch'] },
  { group: GROUP, resource: 'volumesnapshotclasses', verbs: READ },
  { group: GROUP, resource: 'volumesnapshotcontents', verbs: [...READ, 'create', 'patch', 'delete'] },
  { group: GROUP, resource: 'volumesnapshotcontents/status', verbs: ['patch'] },
  { group: GROUP, resource: 'volumesnapshots', verbs: [...READ, 'update', 'patch'] },
  { group: GROUP, resource: 'volumesnapshots/status', verbs: ['update', 'patch'] },
];

/** Properties of a SnapshotController. */
export interface SnapshotControllerProps extends ManifestProps {
  /**
   * Its own namespace.
   *
   * @default snapshot-controller
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is written too.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /**
   * Whether the VolumeSnapshot CRDs are written too. They are protected from pruning: deleting a CRD deletes every snapshot.
   *
   * @default true
   */
  readonly installCrds?: boolean;

  /**
   * The registry (and path) in front of `sig-storage/snapshot-controller`; for mirrors.
   *
   * @default registry.k8s.io
   */
  readonly imageRegistry?: string;
}

/**
 * Installs the VolumeSnapshot CRDs and the snapshot-controller, once per cluster.
 * Drivers bring only their sidecar.
 *
 * The CRDs have to be on the API server before the first VolumeSnapshotClass: put
 * them into a chart that is applied first.
 */
export class SnapshotController extends Construct {
  /**
   * Declares that a snapshot-controller and its CRDs are in the cluster, installed by something else.
   *
   * @param scope any construct of the cluster
   * @throws SNP001 when one is declared or installed already
   */
  public static existing(scope: IConstruct): void {
    claimController(scope);
  }

  /** The namespace in which it runs. */
  public readonly namespace: string;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  /** @throws SNP001 for a second one; SNP002 where the distribution brings one */
  public constructor(scope: Construct, id: string, props: SnapshotControllerProps = {}) {
    super(scope, id);
    const { platform } = Cluster.of(this);
    if (platform.distribution.snapshotController) {
      fail(this, SNAPSHOT_RULES.SNP002, { distribution: platform.distribution.name });
    }
    claimController(this);
    const namespace = this.namespace = checkLabel(this, 'the namespace', props.namespace ?? NAME);
    const metadata = { name: NAME, namespace };
    const labels = { 'app.kubernetes.io/name': NAME };
    const replicas = platform.nodes === NodeCount.SINGLE ? 1 : 2;

    if (props.installCrds ?? true) {
      new CrdBundle(this, 'Crds', { file: CRDS, groups: [GROUP], labels: props.labels, annotations: props.annotations });
    }
    if (props.createNamespace ?? true) {
      new Namespace(this, 'Namespace', { name: namespace, podSecurity: PodSecurityLevel.RESTRICTED, labels: props.labels, annotations: props.annotations });
    }
    writeControllerAccount<never>(this, { name: NAME, namespace, clusterRole: NAME, grants: GRANTS, conditions: new Set() }, props);
    emit(this, 'Deployment', k8s.KubeDeployment.manifest({
      metadata: { ...metadata, labels },
      spec: {
        replicas,
        minReadySeconds: 35, // without its CRDs it gives up after 30 s (--retry-crd-interval-max)
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: this.pod(labels, replicas, checkRegistry(this, props.imageRegistry ?? DEFAULT_REGISTRY)) },
      },
    }), props);
    if (replicas > 1) {
      emit(this, 'Budget', k8s.KubePodDisruptionBudget.manifest(disruptionBudget(NAME, namespace, labels)), props);
    }
  }

  private pod(labels: Record<string, string>, replicas: number, registry: string): k8s.PodSpec {
    return {
      serviceAccountName: NAME,
      automountServiceAccountToken: true,
      ...placement(labels, replicas, false),
      securityContext: { runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [container({
        name: NAME,
        image: `${registry}/sig-storage/${NAME}:${VERSION}`,
        args: ['--leader-election=true', `--http-endpoint=:${HTTP_PORT}`, logFlag],
        ports: [{ name: 'http', containerPort: HTTP_PORT }],
        livenessProbe: {
          httpGet: { path: '/healthz/leader-election', port: k8s.IntOrString.fromString('http') },
          initialDelaySeconds: 10, periodSeconds: 20, timeoutSeconds: 10,
        },
        resources: resources('40Mi', '300Mi'),
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
      })],
    };
  }
}
