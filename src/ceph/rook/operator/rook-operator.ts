import { ApiObject, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { noteOperator, OPERATOR_ACCOUNT, writeClusterAccounts } from './cluster-accounts';
import { ExistingRookOperatorOptions } from './existing-rook-operator-options';
import { OPERATOR_GRANTS, OPERATOR_OWN_GRANTS, RookFeature } from './grants';
import { checkNamespaces, checkProps, EXISTING, VERSION } from './operator-checks';
import { OPERATOR, operatorDeployment } from './operator-deployment';
import { RookOperatorProps } from './rook-operator-props';
import { ROOK_OPERATOR_RULES } from './rules';
import { CONFIG_MAP, operatorFeatures, operatorSettings, operatorVariables } from './settings';
import { bindRole, writeAccount, writeClusterRole, writeOwnRole } from '../../../csi/account';
import { containerResources } from '../../../csi/container-resources';
import { checkImage, checkRegistry, tagOf } from '../../../csi/image';
import { extendPods } from '../../../csi/pod-extensions';
import { policyRules } from '../../../csi/rbac';
import { report } from '../../../findings/report';
import { CrdBundle } from '../../../manifest/crd-bundle';
import { withDefaults } from '../../../manifest/defaults';
import { emit } from '../../../manifest/emit';
import { Namespace } from '../../../manifest/namespace';
import { checkShape } from '../../../manifest/shapes';
import { checkLabel } from '../../../manifest/validate';
import { Cluster } from '../../../platform/cluster';
import { objectsOf } from '../../../platform/cluster-checks';
import { PodSecurityLevel } from '../../../platform/distribution';
import { CephCsiOperator } from '../../operator/ceph-csi-operator';
import { IRookOperator } from '../i-rook-operator';

const NAMESPACE = 'rook-ceph';
/** The commands of Ceph that it runs are in it too. */
const RESOURCES = { memoryRequest: Size.mebibytes(128), memoryLimit: Size.mebibytes(512), cpuRequest: '200m' };

/**
 * Installs the operator of Rook: its definitions, its program, and exactly what that may do. It has permissions in its own namespace only, where its Ceph cluster is; of the whole
 * Kubernetes cluster it reads nodes, names of volumes and classes.
 *
 * Put it into a chart of its own: its definitions have to be on the API server before the first Ceph cluster.
 * @see https://rook.io/docs/rook/v1.20/
 */
export class RookOperator extends Construct implements IRookOperator {
  /**
   * An operator that is installed already: by its chart, its manifests, or another repository.
   *
   * @param options what is known of it
   * @throws CEPH130 for what has another type
   */
  public static existing(options: ExistingRookOperatorOptions = {}): IRookOperator {
    checkShape(undefined, 'the operator', options, EXISTING, ROOK_OPERATOR_RULES.CEPH130);
    const { namespace = NAMESPACE, watchesAllNamespaces } = options;
    return { namespace: checkLabel(undefined, 'the namespace of the operator', namespace), watchesAllNamespaces };
  }

  public readonly namespace: string;
  public readonly watchesAllNamespaces?: boolean;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  private readonly features: ReadonlySet<RookFeature>;

  /** @throws CEPH130, CEPH138 for values that cannot be; CEPH131 for a second one of a namespace; CEPH136 for an object store; CEPH105 for a second ceph-csi-operator; CSI006 for an image that nodes cannot pull; CSI013 for what is wrong of its pod */
  public constructor(scope: Construct, id: string, props: RookOperatorProps = {}) {
    super(scope, id);
    checkProps(this, props);
    const { distribution } = Cluster.of(this).platform;
    const namespace = this.namespace = checkLabel(this, 'the namespace of the operator', props.namespace ?? NAMESPACE);
    const clusterNamespaces = checkNamespaces(this, namespace, props.clusterNamespaces);
    const features = this.features = operatorFeatures({ ...props, clusterNamespaces }, distribution);
    this.watchesAllNamespaces = features.has('allNamespaces');
    const image = this.imageOf(props);
    const { labels, annotations, imagePullSecrets = [], pod = {} } = props;
    const workload = k8s.KubeDeployment.manifest(operatorDeployment({
      namespace, image, distribution, metricsPort: props.metricsPort, resources: containerResources(this, 'pod', withDefaults(RESOURCES, pod), ROOK_OPERATOR_RULES.CEPH138), variables: operatorVariables(this, props, features, distribution),
    }));
    const settings = operatorSettings(this, props, features);
    noteOperator(this, { scope: this, namespace, clusterNamespaces, features, imagePullSecrets, prepared: new Set() });

    if (props.installCrds ?? true) {
      new CrdBundle(this, 'Crds', { file: 'rook-v1.20.6.json', groups: ['ceph.rook.io', ...(features.has('objectStorage') ? ['objectbucket.io'] : [])], labels, annotations });
    }
    if (props.createNamespace ?? true) {
      new Namespace(this, 'Namespace', { name: namespace, podSecurity: PodSecurityLevel.PRIVILEGED, holdsData: true, labels, annotations });
    }
    this.writeAccounts(props);
    emit(this, 'Config', k8s.KubeConfigMap.manifest({ metadata: { name: CONFIG_MAP, namespace }, data: settings }), props);
    if (props.csiOperator ?? true) {
      new CephCsiOperator(this, 'CsiOperator', { namespace, createNamespace: false, imageRegistry: props.imageRegistry, imagePullSecrets, labels, annotations });
    }
    emit(this, 'Operator', extendPods(this, 'pod', workload, OPERATOR, pod, imagePullSecrets), props);
  }

  /** CEPH132 */
  private imageOf({ image, imageRegistry }: RookOperatorProps): string {
    const registry = checkRegistry(this, imageRegistry ?? 'docker.io');
    const tag = image === undefined ? VERSION : tagOf(checkImage(this, 'image', image));
    if (tag !== undefined && tag !== VERSION) {
      report(this, ROOK_OPERATOR_RULES.CEPH132, { tag, tested: VERSION });
    }
    return image ?? `${registry}/rook/ceph:${VERSION}`;
  }

  /** Accounts, and what they may do. */
  private writeAccounts(props: RookOperatorProps): void {
    const { namespace, features } = this;
    const account = { name: OPERATOR_ACCOUNT, namespace };
    if (props.discoveryDaemon) {
      // It runs as the operator, and does not ask for its token by itself.
      emit(this, `${OPERATOR_ACCOUNT}-account`, k8s.KubeServiceAccount.manifest({ metadata: account, imagePullSecrets: props.imagePullSecrets?.map(name => ({ name })) }), props);
      const { privilegedClusterRole } = Cluster.of(this).platform.distribution;
      bindRole(this, 'DiscoveryRoleBinding', privilegedClusterRole, { name: 'rook-discover-privileged', namespace, accounts: [OPERATOR_ACCOUNT] }, props);
    } else {
      writeAccount(this, OPERATOR_ACCOUNT, namespace, props);
    }
    writeClusterRole(this, 'Operator', `${namespace}-system`, policyRules(OPERATOR_GRANTS, features), account, props);
    writeOwnRole(this, 'Operator', policyRules(OPERATOR_OWN_GRANTS, features), account, props);
    writeClusterAccounts(this, namespace, namespace, props);
  }
}
