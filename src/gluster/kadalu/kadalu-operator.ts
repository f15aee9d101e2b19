import { ApiObject, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ExistingKadaluOperatorOptions } from './existing-kadalu-operator-options';
import { OPERATOR_GRANTS, OPERATOR_OWN_GRANTS, PROVISIONER_GRANTS } from './grants';
import { KADALU_NAMESPACE } from './kadalu-brick';
import { KadaluOperatorProps, KadaluPodOptions } from './kadalu-operator-props';
import { KADALU_DRIVER_NAME } from './kadalu-profile';
import { NODE_PLUGIN, NODE_PLUGIN_CONTAINER, nodePlugin } from './node-plugin';
import { OPERATOR, operatorDeployment } from './operator-deployment';
import { bindRole, writeClusterRole, writeOwnRole } from '../../csi/account';
import { CsiCapabilities } from '../../csi/capabilities';
import { containerResources } from '../../csi/container-resources';
import { CsiDriver } from '../../csi/csi-driver';
import { NodeUpdateStrategy } from '../../csi/csi-driver-props';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { checkImage, checkRegistry } from '../../csi/image';
import { DRIVERS } from '../../csi/installed';
import { extendPods } from '../../csi/pod-extensions';
import { sidecarImage } from '../../csi/pod-parts';
import { policyRules } from '../../csi/rbac';
import { isBefore, releaseNumber } from '../../csi/release';
import { CSI_RULES } from '../../csi/rules';
import { ServiceAccountReference } from '../../csi/service-account-reference';
import { POD } from '../../csi/shapes';
import { DEFAULT_REGISTRY, REGISTRAR } from '../../csi/sidecars';
import { fail, report } from '../../findings/report';
import { CrdBundle } from '../../manifest/crd-bundle';
import { withDefaults } from '../../manifest/defaults';
import { emit } from '../../manifest/emit';
import { Namespace } from '../../manifest/namespace';
import { all, checkShape, FLAG, listOf, oneOf, struct, TEXT } from '../../manifest/shapes';
import { checkSubdomain, shown } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { objectsOf } from '../../platform/cluster-checks';
import { PodSecurityLevel } from '../../platform/distribution';
import { GLUSTER_RULES } from '../rules';

const VERSION = '1.2.0';
const PROVISIONER = 'kadalu-csi-provisioner';
const SERVER = 'kadalu-server-sa';
const CAPABILITIES: CsiCapabilities = { expand: true, block: true, multiNodeWriter: true };
const NONE: ReadonlySet<never> = new Set();
const PROPS = struct({
  ...all(TEXT, 'version', 'imageRegistry', 'repository'),
  ...all(FLAG, 'createNamespace', 'installCrds', 'verbose'),
  images: struct(all(TEXT, 'operator', 'nodePlugin', 'registrar')),
  imagePullSecrets: listOf(TEXT),
  operator: struct(POD),
  nodePlugin: struct({ ...POD, updateStrategy: oneOf(NodeUpdateStrategy) }),
});

/** GLU055 */
function checkVersion(scope: Construct | undefined, version: string): string {
  if (releaseNumber(version) === undefined || version.startsWith('v')) {
    fail(scope, GLUSTER_RULES.GLU055, { version: shown(version) });
  }
  return version;
}

/**
 * Installs Kadalu: its CRD, operator and node plugin. The operator then writes the CSIDriver object, the provisioner, and for each pool its bricks.
 *
 * Put it into a chart of its own: its CRD has to be on the API server before the first pool.
 * @see https://github.com/kadalu/kadalu
 */
export class KadaluOperator extends Construct implements ICsiDriver {
  /**
   * A Kadalu that is installed already: by its manifests, its chart, or another repository.
   *
   * @param options what is known of it
   * @throws GLU014 when it runs in a namespace in which it does not work; GLU055 for a version that is no release
   */
  public static existing(options: ExistingKadaluOperatorOptions = {}): ICsiDriver {
    checkShape(undefined, 'the operator', options, struct(all(TEXT, 'version', 'namespace')), GLUSTER_RULES.GLU041);
    const { version, namespace = KADALU_NAMESPACE } = options;
    if (namespace !== KADALU_NAMESPACE) {
      fail(undefined, GLUSTER_RULES.GLU014, { namespace: shown(namespace) });
    }
    return CsiDriver.fromDriverName(KADALU_DRIVER_NAME, {
      version: version === undefined ? undefined : checkVersion(undefined, version),
      capabilities: CAPABILITIES,
      controllerServiceAccount: { name: PROVISIONER, namespace },
      nodeServiceAccount: { name: NODE_PLUGIN, namespace },
    });
  }

  public readonly driverName: string = KADALU_DRIVER_NAME;
  public readonly version?: string;
  public readonly capabilities?: CsiCapabilities = CAPABILITIES;
  public readonly controllerServiceAccount?: ServiceAccountReference = { name: PROVISIONER, namespace: KADALU_NAMESPACE };
  public readonly nodeServiceAccount?: ServiceAccountReference = { name: NODE_PLUGIN, namespace: KADALU_NAMESPACE };

  /** The namespace in which it runs: always kadalu. */
  public readonly namespace: string = KADALU_NAMESPACE;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  private readonly props: KadaluOperatorProps;

  /** @throws CSI003 for a second one; CSI006 for images that nodes cannot pull; CSI013 for what is wrong of its pods; GLU041, GLU055 */
  public constructor(scope: Construct, id: string, props: KadaluOperatorProps = {}) {
    super(scope, id);
    checkShape(this, 'the operator', props, PROPS, GLUSTER_RULES.GLU041);
    this.props = props;
    const cluster = Cluster.of(this);
    cluster.claim(this, 'driver', `'${KADALU_DRIVER_NAME}'`, CSI_RULES.CSI003);
    cluster.join(DRIVERS, this);
    const version = this.version = checkVersion(this, props.version ?? VERSION);
    if (version !== VERSION) {
      report(this, GLUSTER_RULES.GLU052, { version, tested: VERSION });
    }
    const registry = checkRegistry(this, props.imageRegistry ?? 'docker.io');
    const repository = checkRegistry(this, props.repository ?? 'kadalu');
    const { kubeletDirectory, seLinux, privilegedClusterRole } = cluster.platform.distribution;
    const image = (what: 'operator' | 'nodePlugin', name: string) => checkImage(this, `images.${what}`, props.images?.[what] ?? `${registry}/${repository}/${name}:${version}`);
    const common = { version, kubeletDirectory, verbose: props.verbose ?? false };

    if (props.installCrds ?? true) {
      new CrdBundle(this, 'Crds', { file: 'kadalu-1.2.0.json', groups: ['kadalu-operator.storage'], labels: props.labels, annotations: props.annotations });
    }
    if (props.createNamespace ?? true) {
      new Namespace(this, 'Namespace', { name: KADALU_NAMESPACE, podSecurity: PodSecurityLevel.PRIVILEGED, holdsData: true, labels: props.labels, annotations: props.annotations });
    }
    this.writeAccounts(privilegedClusterRole);
    const operator = withDefaults({ memoryRequest: Size.mebibytes(64), memoryLimit: Size.mebibytes(512) }, props.operator);
    this.writePods('operator', 'Operator', OPERATOR, operator, k8s.KubeDeployment.manifest(operatorDeployment({
      ...common, image: image('operator', 'kadalu-operator'), registry, repository, resources: containerResources(this, 'operator', operator, CSI_RULES.CSI013), options: operator,
    })));
    const node = withDefaults({ memoryRequest: Size.mebibytes(128), updateStrategy: NodeUpdateStrategy.ON_DELETE }, props.nodePlugin);
    this.writePods('nodePlugin', 'NodePlugin', NODE_PLUGIN_CONTAINER, node, k8s.KubeDaemonSet.manifest(nodePlugin({
      ...common, image: image('nodePlugin', 'kadalu-csi'), seLinux, resources: containerResources(this, 'nodePlugin', node, CSI_RULES.CSI013), updateStrategy: node.updateStrategy,
      registrarImage: checkImage(this, 'images.registrar', sidecarImage(DEFAULT_REGISTRY, REGISTRAR, { image: props.images?.registrar })),
    })));
  }

  private writePods(what: string, id: string, container: string, options: KadaluPodOptions, workload: any): void {
    // The clients of all mounts run in the node plugin.
    emit(this, id, extendPods(this, what, workload, container, options, this.props.imagePullSecrets ?? []), this.props, { holdsData: what === 'nodePlugin' });
  }

  /** Accounts, and what they may do. */
  private writeAccounts(privilegedClusterRole?: string): void {
    const { props } = this;
    const namespace = KADALU_NAMESPACE;
    const imagePullSecrets = props.imagePullSecrets?.map(name => ({ name: checkSubdomain(this, 'imagePullSecrets', name) }));
    for (const name of [OPERATOR, PROVISIONER, SERVER, NODE_PLUGIN]) {
      emit(this, `${name}-account`, k8s.KubeServiceAccount.manifest({
        metadata: { name, namespace },
        // The operator's StatefulSet of the provisioner asks for no token, but its sidecars need one.
        ...(name === PROVISIONER ? {} : { automountServiceAccountToken: false }),
        imagePullSecrets,
      }), props, { holdsData: name === NODE_PLUGIN || name === SERVER });
    }
    writeClusterRole(this, 'Operator', OPERATOR, policyRules(OPERATOR_GRANTS, NONE), { name: OPERATOR, namespace }, props);
    writeOwnRole(this, 'Operator', policyRules(OPERATOR_OWN_GRANTS, NONE), { name: OPERATOR, namespace }, props);
    writeClusterRole(this, 'Provisioner', PROVISIONER, policyRules(PROVISIONER_GRANTS, NONE), { name: PROVISIONER, namespace }, props);
    bindRole(this, 'PrivilegedRoleBinding', privilegedClusterRole, { name: 'kadalu-privileged', namespace, accounts: [OPERATOR, PROVISIONER, SERVER, NODE_PLUGIN] }, props);
  }
}

/** Whether a Kadalu has a fault that was read in 1.2.0; `undefined` where its release is not known. */
export function isAsRead(driver: ICsiDriver): boolean | undefined {
  return isBefore(driver.version, '1.2.1');
}
