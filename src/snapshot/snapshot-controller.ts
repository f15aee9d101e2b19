import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { CONTROLLER_GRANTS, ControllerCondition, GROUP_SNAPSHOT_GROUP, SNAPSHOT_GROUP } from './controller-grants';
import { claimController } from './presence';
import { SNAPSHOT_RULES } from './rules';
import { writeControllerAccount } from '../csi/account';
import { checkImage, checkRegistry, checkTested } from '../csi/image';
import { container, disruptionBudget, logFlag, placement, resources, sidecarImage } from '../csi/pod-parts';
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
const CHANGED_BLOCKS_CRD = { file: 'external-snapshot-metadata-v1.1.0.json', groups: ['cbt.storage.k8s.io'] };
const NAME = 'snapshot-controller';
const HTTP_PORT = 8080;

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

  /**
   * The image, with a tag or digest: a patched or mirrored one. Flags, permissions and CRDs stay those of the release that the library knows (docs/snapshot.md).
   *
   * @default - `<imageRegistry>/sig-storage/snapshot-controller:<tested release>`
   */
  readonly image?: string;

  /**
   * Whether it handles snapshots of several volumes taken at one moment: with their CRDs, its feature gate
   * `CSIVolumeGroupSnapshot`, and the permissions that it takes.
   *
   * @default false
   */
  readonly groupSnapshots?: boolean;

  /**
   * Whether the SnapshotMetadataService CRD is written too, for drivers with the capability `changedBlocks`.
   *
   * @default false
   */
  readonly changedBlocks?: boolean;
}

/** What is known of a snapshot-controller that exists already. */
export interface ExistingSnapshotControllerOptions {
  /**
   * Whether `groupsnapshot.storage.k8s.io/v1` is served and the controller runs with the feature gate `CSIVolumeGroupSnapshot`.
   * Versions before 8.6 do not serve it.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly groupSnapshots?: boolean;

  /**
   * Whether `cbt.storage.k8s.io/v1beta1` is served.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly changedBlocks?: boolean;
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
   * Declares that a snapshot-controller and its CRDs are in the cluster, installed by something else. Where the distribution
   * brings one, this is needed only to say more of it.
   *
   * @param scope any construct of the cluster
   * @param options what is known of it
   * @throws SNP001 when one is declared or installed already
   */
  public static existing(scope: IConstruct, options: ExistingSnapshotControllerOptions = {}): void {
    claimController(scope, { groupSnapshots: options?.groupSnapshots, changedBlocks: options?.changedBlocks });
  }

  /** The namespace in which it runs. */
  public readonly namespace: string;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  /** @throws SNP001 for a second one; SNP002 where the distribution brings one; CSI006 for an image or registry that nodes cannot pull */
  public constructor(scope: Construct, id: string, props: SnapshotControllerProps = {}) {
    super(scope, id);
    const { platform } = Cluster.of(this);
    if (platform.distribution.snapshotController) {
      fail(this, SNAPSHOT_RULES.SNP002, { distribution: platform.distribution.name });
    }
    const groupSnapshots = props.groupSnapshots ?? false;
    claimController(this, { groupSnapshots, changedBlocks: props.changedBlocks ?? false });
    const namespace = this.namespace = checkLabel(this, 'the namespace', props.namespace ?? NAME);
    const image = this.imageOf(props);
    const metadata = { name: NAME, namespace };
    const labels = { 'app.kubernetes.io/name': NAME };
    const replicas = platform.nodes === NodeCount.SINGLE ? 1 : 2;

    if (props.installCrds ?? true) {
      new CrdBundle(this, 'Crds', { file: CRDS, groups: [SNAPSHOT_GROUP, ...(groupSnapshots ? [GROUP_SNAPSHOT_GROUP] : [])], labels: props.labels, annotations: props.annotations });
    }
    if (props.changedBlocks) {
      new CrdBundle(this, 'ChangedBlocksCrd', { ...CHANGED_BLOCKS_CRD, labels: props.labels, annotations: props.annotations });
    }
    if (props.createNamespace ?? true) {
      new Namespace(this, 'Namespace', { name: namespace, podSecurity: PodSecurityLevel.RESTRICTED, labels: props.labels, annotations: props.annotations });
    }
    const conditions = new Set<ControllerCondition>(groupSnapshots ? ['groupSnapshot'] : []);
    writeControllerAccount(this, { name: NAME, namespace, clusterRole: NAME, grants: CONTROLLER_GRANTS, conditions }, props);
    emit(this, 'Deployment', k8s.KubeDeployment.manifest({
      metadata: { ...metadata, labels },
      spec: {
        replicas,
        minReadySeconds: 35, // without its CRDs it gives up after 30 s (--retry-crd-interval-max)
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: this.pod(labels, replicas, groupSnapshots, image) },
      },
    }), props);
    if (replicas > 1) {
      emit(this, 'Budget', k8s.KubePodDisruptionBudget.manifest(disruptionBudget(NAME, namespace, labels)), props);
    }
  }

  /** CSI006, CSI016 */
  private imageOf({ image, imageRegistry }: SnapshotControllerProps): string {
    const registry = checkRegistry(this, imageRegistry ?? DEFAULT_REGISTRY);
    if (image !== undefined) {
      checkImage(this, 'image', image);
      checkTested(this, NAME, image, VERSION);
    }
    return sidecarImage(registry, { image: NAME, version: VERSION }, { image });
  }

  private pod(labels: Record<string, string>, replicas: number, groupSnapshots: boolean, image: string): k8s.PodSpec {
    return {
      serviceAccountName: NAME,
      automountServiceAccountToken: true,
      ...placement(labels, replicas, false),
      securityContext: { runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [container({
        name: NAME,
        image,
        // The gate is said either way: v8.7 has it on by itself.
        args: ['--leader-election=true', `--http-endpoint=:${HTTP_PORT}`, `--feature-gates=CSIVolumeGroupSnapshot=${groupSnapshots}`, logFlag()],
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
