import { ApiObject, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { CephCsiDriverDefaults, CephCsiOperatorProps } from './ceph-csi-operator-props';
import { ExistingCephCsiOperatorOptions } from './existing-ceph-csi-operator-options';
import { CLUSTER_GRANTS, ELECTION_GRANTS, WATCH_GRANTS } from './grants';
import { CONTAINER, managerDeployment, METRICS_PORT } from './manager';
import { OPERATOR_CONFIG } from './manual-checks';
import { declareOperator, grantNamespace } from './presence';
import { CEPH_OPERATOR_RULES } from './rules';
import { OperatorConfig } from '../../../imports/csi.ceph.io';
import { writeAccount, writeClusterRole, writeOwnRole } from '../../csi/account';
import { containerResources } from '../../csi/container-resources';
import { checkRange, checkSeconds } from '../../csi/fill-parts';
import { checkImage, checkRegistry, checkTested } from '../../csi/image';
import { networkPolicy, podMonitor } from '../../csi/monitoring';
import { extendPods } from '../../csi/pod-extensions';
import { disruptionBudget } from '../../csi/pod-parts';
import { policyRules } from '../../csi/rbac';
import { CSI_RULES } from '../../csi/rules';
import { ServiceAccountReference } from '../../csi/service-account-reference';
import { POD } from '../../csi/shapes';
import { fail } from '../../findings/report';
import { CrdBundle } from '../../manifest/crd-bundle';
import { withDefaults } from '../../manifest/defaults';
import { emit } from '../../manifest/emit';
import { Namespace } from '../../manifest/namespace';
import { all, checkShape, DURATION, FLAG, listOf, mapOf, NUMBER, oneOf, spelled, struct, TEXT } from '../../manifest/shapes';
import { checkLabel, checkSubdomain } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { objectsOf } from '../../platform/cluster-checks';
import { PodSecurityLevel } from '../../platform/distribution';
import { NodeCount } from '../../platform/node-count';

const VERSION = 'v1.0.4';
const CRDS = 'ceph-csi-operator-v1.0.4.json';
const NONE: ReadonlySet<never> = new Set();
const RESOURCES = { memoryRequest: Size.mebibytes(64), memoryLimit: Size.mebibytes(256) };
const IMAGES = ['plugin', 'provisioner', 'attacher', 'resizer', 'snapshotter', 'registrar', 'addons', 'snapshot-metadata'];
const POD_PROPS = ['memoryRequest', 'memoryLimit', 'cpuRequest', 'nodeSelector', 'tolerations', 'priorityClassName', 'podLabels', 'podAnnotations'];
const PROPS = spelled({
  ...all(TEXT, 'namespace', 'name', 'image', 'imageRegistry'),
  ...all(FLAG, 'createNamespace', 'installCrds', 'networkPolicy'),
  ...all(mapOf(TEXT), 'labels', 'annotations'),
  ...all(listOf(TEXT), 'imagePullSecrets', 'watchedNamespaces'),
  podSecurity: oneOf(PodSecurityLevel),
  pod: spelled(Object.fromEntries(Object.entries(POD).filter(([property]) => POD_PROPS.includes(property)))),
  monitoring: struct({ labels: mapOf(TEXT), interval: DURATION }),
  driverDefaults: spelled({ logLevel: NUMBER, operationTimeout: DURATION, images: mapOf(TEXT) }),
});
const EXISTING = spelled({ ...all(TEXT, 'namespace', 'serviceAccountName'), watchedNamespaces: listOf(TEXT) });

/**
 * Installs ceph-csi-operator, which writes the pods of drivers with `deployment: CephDeployment.OPERATOR`. It watches their namespaces, and is granted what it does in
 * exactly those.
 *
 * Put it into a chart of its own: its CRDs have to be on the API server before the first driver.
 * @see https://github.com/ceph/ceph-csi-operator
 */
export class CephCsiOperator extends Construct {
  /**
   * Declares a ceph-csi-operator that is in the cluster already: by Helm, by its manifests, or by another repository.
   *
   * @param scope any construct of the cluster
   * @param options what is known of it
   * @throws CEPH100 for what is no namespace; CEPH105 when one is declared or installed already
   */
  public static existing(scope: IConstruct, options: ExistingCephCsiOperatorOptions): void {
    checkShape(scope, 'the operator', options, EXISTING, CEPH_OPERATOR_RULES.CEPH100);
    const { namespace, serviceAccountName, watchedNamespaces } = options;
    [namespace, ...watchedNamespaces ?? []].forEach(each => checkLabel(scope, 'the namespace of ceph-csi-operator', each));
    const account = serviceAccountName === undefined ? undefined : { name: checkSubdomain(scope, 'serviceAccountName', serviceAccountName), namespace };
    declareOperator(scope, { namespace, account, watched: watchedNamespaces, installed: false });
  }

  /** The namespace in which it runs. */
  public readonly namespace: string;

  /** Its account. */
  public readonly serviceAccount: ServiceAccountReference;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  /** @throws CEPH100 for values of another type; CEPH105 for a second one; CSI006 for an image that nodes cannot pull; CSI013 for what is wrong of its pods */
  public constructor(scope: Construct, id: string, props: CephCsiOperatorProps = {}) {
    super(scope, id);
    checkShape(this, 'the operator', props, PROPS, CEPH_OPERATOR_RULES.CEPH100);
    const { labels, annotations } = props;
    const namespace = this.namespace = checkLabel(this, 'the namespace', props.namespace ?? 'ceph-csi-operator-system');
    const name = checkLabel(this, 'the name of the operator', props.name ?? 'ceph-csi-operator');
    this.serviceAccount = { name, namespace };
    declareOperator(this, { namespace, account: this.serviceAccount, installed: true });
    if (props.installCrds ?? true) {
      new CrdBundle(this, 'Crds', { file: CRDS, groups: ['csi.ceph.io'], labels, annotations });
    }
    if (props.createNamespace ?? true) {
      new Namespace(this, 'Namespace', { name: namespace, podSecurity: props.podSecurity ?? PodSecurityLevel.RESTRICTED, labels, annotations });
    }
    writeAccount(this, name, namespace, props);
    writeClusterRole(this, '', name, policyRules(CLUSTER_GRANTS, NONE), this.serviceAccount, props);
    writeOwnRole(this, '', policyRules([...WATCH_GRANTS, ...ELECTION_GRANTS], NONE), this.serviceAccount, props);
    for (const watched of props.watchedNamespaces ?? []) {
      checkLabel(this, 'watchedNamespaces', watched);
      grantNamespace({ scope: new Construct(this, `Watched-${watched}`), namespace: watched, common: props }, { account: this.serviceAccount });
    }
    if (props.driverDefaults) {
      this.writeDefaults(props.driverDefaults, props);
    }
    this.writePods(name, props);
  }

  private writePods(name: string, props: CephCsiOperatorProps): void {
    const { namespace } = this;
    const { nodes, distribution } = Cluster.of(this).platform;
    const { pod = {}, monitoring, imagePullSecrets = [] } = props;
    const labels = { 'app.kubernetes.io/name': name };
    const replicas = nodes === NodeCount.SINGLE ? 1 : 2;
    checkTested(this, 'ceph-csi-operator', props.image, VERSION);
    const image = checkImage(this, 'image', props.image ?? `${checkRegistry(this, props.imageRegistry ?? 'quay.io')}/cephcsi/ceph-csi-operator:${VERSION}`);
    const deployment = k8s.KubeDeployment.manifest(managerDeployment(this, {
      name, namespace, labels, replicas, image, distribution, metrics: monitoring !== undefined,
      resources: containerResources(this, 'pod', withDefaults(RESOURCES, pod), CSI_RULES.CSI013),
    }));
    emit(this, 'Deployment', extendPods(this, 'pod', deployment, CONTAINER, pod, imagePullSecrets), props);
    if (replicas > 1) {
      emit(this, 'Budget', k8s.KubePodDisruptionBudget.manifest(disruptionBudget(name, namespace, labels)), props);
    }
    if (monitoring) {
      emit(this, 'Monitor', podMonitor(this, { name, namespace }, labels, ['metrics'], monitoring), props);
    }
    if (props.networkPolicy) {
      emit(this, 'NetworkPolicy', k8s.KubeNetworkPolicy.manifest(networkPolicy({ name, namespace }, labels, monitoring ? [METRICS_PORT] : [])), props);
    }
  }

  private writeDefaults({ logLevel, operationTimeout, images = {} }: CephCsiDriverDefaults, common: CephCsiOperatorProps): void {
    const { namespace } = this;
    const unknown = Object.keys(images).find(key => !IMAGES.includes(key));
    if (unknown !== undefined) {
      fail(this, CEPH_OPERATOR_RULES.CEPH100, { what: 'a key of driverDefaults.images', value: `'${unknown}'`, expected: `one of ${IMAGES.join(', ')}`, example: 'leave it out' });
    }
    Object.entries(images).forEach(([key, image]) => checkImage(this, `driverDefaults.images.${key}`, image));
    const imageSet = Object.keys(images).length > 0 ? { name: 'ceph-csi-operator-images' } : undefined;
    if (imageSet) {
      emit(this, 'Images', k8s.KubeConfigMap.manifest({ metadata: { ...imageSet, namespace }, data: { ...images } }), common);
    }
    emit(this, 'Config', OperatorConfig.manifest({
      metadata: { name: OPERATOR_CONFIG, namespace },
      spec: {
        driverSpecDefaults: {
          log: logLevel === undefined ? undefined : { verbosity: checkRange(this, 'driverDefaults.logLevel', logLevel, 0, 5) },
          grpcTimeout: operationTimeout && checkSeconds(this, 'driverDefaults.operationTimeout', operationTimeout, 1),
          imageSet,
        },
      },
    }), common);
  }
}
