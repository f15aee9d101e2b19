import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { ADDONS_GRANTS, ADDONS_GROUP, ADDONS_OWN_GRANTS, AddonsCondition, REPLICATION_GROUP } from './controller-grants';
import { CsiAddonsControllerProps, ExistingCsiAddonsControllerOptions } from './csi-addons-controller-props';
import { CsiAddonsSchedulePrecedence } from './csi-addons-schedule-precedence';
import { claimAddons } from './presence';
import { writeControllerAccount } from '../../../csi/account';
import { checkImage, checkRegistry, checkTested } from '../../../csi/image';
import { pullSecrets } from '../../../csi/pod-extensions';
import { container, disruptionBudget, fieldVariable, placement, resources, unprivileged } from '../../../csi/pod-parts';
import { CrdBundle } from '../../../manifest/crd-bundle';
import { emit } from '../../../manifest/emit';
import { Namespace } from '../../../manifest/namespace';
import { all, ANY, checkShape, DURATION, FLAG, listOf, oneOf, spelled, TEXT } from '../../../manifest/shapes';
import { checkLabel } from '../../../manifest/validate';
import { Cluster } from '../../../platform/cluster';
import { objectsOf } from '../../../platform/cluster-checks';
import { PodSecurityLevel } from '../../../platform/distribution';
import { NodeCount } from '../../../platform/node-count';
import { CEPH_ADDONS_RULES } from '../rules';
import { count, seconds } from '../values';

const VERSION = 'v0.14.0';
const NAMESPACE = 'csi-addons-system';
const NAME = 'csi-addons-controller-manager';
const HEALTH_PORT = 8081;

const PROPS = spelled({
  ...all(TEXT, 'namespace', 'imageRegistry', 'image'),
  ...all(FLAG, 'createNamespace', 'installCrds'),
  ...all(ANY, 'labels', 'annotations', 'maxConcurrentReconciles'),
  imagePullSecrets: listOf(TEXT),
  schedulePrecedence: oneOf(CsiAddonsSchedulePrecedence),
  reclaimSpaceTimeout: DURATION,
});
const EXISTING = spelled({ namespace: TEXT, schedulePrecedence: oneOf(CsiAddonsSchedulePrecedence) });

/**
 * Installs the CRDs and the controller of csi-addons, once per cluster: what it does is asked of sidecars that drivers have with `csiAddons: true`.
 *
 * Put it into a chart that is applied first: its CRDs have to be on the API server before schedules, classes, and drivers with its sidecar.
 * @see https://github.com/csi-addons/kubernetes-csi-addons
 */
export class CsiAddonsController extends Construct {
  /**
   * Declares that a csi-addons controller and its CRDs are in the cluster, installed by something else.
   *
   * @param scope any construct of the cluster
   * @param options what is known of it
   * @throws CEPH170 when one is declared or installed already
   */
  public static existing(scope: IConstruct, options: ExistingCsiAddonsControllerOptions = {}): void {
    checkShape(scope, 'the options', options ?? {}, EXISTING, CEPH_ADDONS_RULES.CEPH174);
    const { namespace = NAMESPACE, schedulePrecedence } = options ?? {};
    claimAddons(scope, { namespace: checkLabel(scope, 'the namespace', namespace), schedulePrecedence });
  }

  /** The namespace in which it runs. */
  public readonly namespace: string;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  /** @throws CEPH170 for a second one; CEPH174 for values that cannot be; CSI006 for an image or registry that nodes cannot pull */
  public constructor(scope: Construct, id: string, props: CsiAddonsControllerProps = {}) {
    super(scope, id);
    checkShape(this, 'the controller', props, PROPS, CEPH_ADDONS_RULES.CEPH174);
    const { platform } = Cluster.of(this);
    const { schedulePrecedence = CsiAddonsSchedulePrecedence.STORAGE_CLASS, labels, annotations } = props;
    const namespace = this.namespace = checkLabel(this, 'the namespace', props.namespace ?? NAMESPACE);
    claimAddons(this, { namespace, schedulePrecedence });
    const registry = checkRegistry(this, props.imageRegistry ?? 'quay.io');
    checkTested(this, 'k8s-controller', props.image, VERSION);
    const image = checkImage(this, 'image', props.image ?? `${registry}/csiaddons/k8s-controller:${VERSION}`);
    const selector = { 'app.kubernetes.io/name': NAME };
    const replicas = platform.nodes === NodeCount.SINGLE ? 1 : 2;

    if (props.installCrds ?? true) {
      new CrdBundle(this, 'Crds', { file: 'csi-addons-v0.14.0.json', groups: [ADDONS_GROUP, REPLICATION_GROUP], labels, annotations });
    }
    if (props.createNamespace ?? true) {
      new Namespace(this, 'Namespace', { name: namespace, podSecurity: PodSecurityLevel.RESTRICTED, labels, annotations });
    }
    const conditions = new Set<AddonsCondition>(platform.distribution.privilegedClusterRole === undefined ? [] : ['ownerReferences']);
    writeControllerAccount(this, { name: NAME, namespace, clusterRole: NAME, grants: ADDONS_GRANTS, ownGrants: ADDONS_OWN_GRANTS, conditions }, props);
    emit(this, 'Deployment', k8s.KubeDeployment.manifest({
      metadata: { name: NAME, namespace, labels: selector },
      spec: {
        replicas,
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: selector },
          spec: {
            serviceAccountName: NAME,
            automountServiceAccountToken: true,
            ...placement(selector, replicas, false),
            securityContext: unprivileged(platform.distribution),
            imagePullSecrets: pullSecrets(this, props.imagePullSecrets),
            containers: [container({ ...this.manager(props, schedulePrecedence), image })],
          },
        },
      },
    }), props);
    if (replicas > 1) {
      emit(this, 'Budget', k8s.KubePodDisruptionBudget.manifest(disruptionBudget(NAME, namespace, selector)), props);
    }
  }

  /** It reads a ConfigMap as well, but only at its start: flags restart it when they change. */
  private manager({ reclaimSpaceTimeout, maxConcurrentReconciles }: CsiAddonsControllerProps, schedulePrecedence: CsiAddonsSchedulePrecedence): k8s.Container {
    const timeout = seconds(this, 'reclaimSpaceTimeout', reclaimSpaceTimeout, 1, 24 * 60 * 60);
    const reconciles = count(this, 'maxConcurrentReconciles', maxConcurrentReconciles, 1, 1000);
    return {
      name: 'manager',
      args: [
        '--namespace=$(POD_NAMESPACE)',
        '--leader-elect=true',
        `--health-probe-bind-address=:${HEALTH_PORT}`,
        `--schedule-precedence=${schedulePrecedence}`,
        ...(timeout === undefined ? [] : [`--reclaim-space-timeout=${timeout}s`]),
        ...(reconciles === undefined ? [] : [`--max-concurrent-reconciles=${reconciles}`]),
      ],
      env: [fieldVariable('POD_NAMESPACE', 'metadata.namespace')],
      ports: [{ name: 'health', containerPort: HEALTH_PORT }],
      livenessProbe: { httpGet: { path: '/healthz', port: k8s.IntOrString.fromString('health') }, initialDelaySeconds: 15, periodSeconds: 20 },
      readinessProbe: { httpGet: { path: '/readyz', port: k8s.IntOrString.fromString('health') }, initialDelaySeconds: 5, periodSeconds: 10 },
      resources: resources('64Mi', '512Mi'),
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
    };
  }
}
