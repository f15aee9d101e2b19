import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { grantsOf, userRoles } from './grants';
import { checkOperator } from './operator-checks';
import { operatorDeployment } from './operator-deployment';
import { OPERATOR_RULES } from './rules';
import { StorageOperatorProps } from './storage-operator-props';
import { writeAccount, writeClusterRole, writeOwnRole } from '../csi/account';
import { checkImage } from '../csi/image';
import { networkPolicy, podMonitor } from '../csi/monitoring';
import { extendPods } from '../csi/pod-extensions';
import { disruptionBudget } from '../csi/pod-parts';
import { policyRules } from '../csi/rbac';
import { ServiceAccountReference } from '../csi/service-account-reference';
import { emit } from '../manifest/emit';
import { Namespace } from '../manifest/namespace';
import { checkLabel, checkSubdomain } from '../manifest/validate';
import { Cluster } from '../platform/cluster';
import { objectsOf } from '../platform/cluster-checks';
import { PodSecurityLevel } from '../platform/distribution';
import { NodeCount } from '../platform/node-count';

const NAME = 'storage-operator';
const NONE: ReadonlySet<never> = new Set();

/**
 * Runs a controller of custom resources: its Deployment, account, and roles for exactly what it is declared to watch, to own and to read.
 *
 * The definitions of the kinds are constructs of their own, CustomResource. They have to be on the API server before the first object of them: put them into a
 * chart that is applied first.
 */
export class StorageOperator extends Construct {
  /** The namespace in which it runs. */
  public readonly namespace: string;

  /** The account under which it runs. */
  public readonly serviceAccount: ServiceAccountReference;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  /**
   * @throws OPR050 for options that cannot be; OPR051 for access that RBAC does not know; OPR053 for a kind that another operator reconciles; OPR054 for copies that
   * are not elected; OPR055 for pods that their namespace refuses; OPR056 for a name that is taken; CSI006 for an image that is not pinned; CSI013 for what is wrong of its pods; PLT005 for a kind of another cluster
   */
  public constructor(scope: Construct, id: string, props: StorageOperatorProps) {
    super(scope, id);
    checkOperator(this, props);
    const name = checkLabel(this, 'the name of the operator', props.name ?? NAME);
    Cluster.of(this).claim(this, 'operator', name, OPERATOR_RULES.OPR056);
    const namespace = this.namespace = checkLabel(this, 'the namespace', props.namespace ?? name);
    this.serviceAccount = { name, namespace };
    if (props.createNamespace ?? true) {
      new Namespace(this, 'Namespace', { name: namespace, podSecurity: PodSecurityLevel.RESTRICTED, labels: props.labels, annotations: props.annotations });
    }
    const leaseName = props.leaderElection ?? true ? checkSubdomain(this, 'leaseName', props.leaseName ?? name) : undefined;
    this.writePermissions(props, leaseName);
    this.writeWorkload(name, props, leaseName);
  }

  private writePermissions(props: StorageOperatorProps, leaseName: string | undefined): void {
    const { name, namespace } = this.serviceAccount;
    const { inCluster, inOwnNamespace } = grantsOf(props, leaseName);
    writeAccount(this, name, namespace, props);
    writeClusterRole(this, '', name, policyRules(inCluster, NONE), this.serviceAccount, props);
    if (inOwnNamespace.length > 0) {
      writeOwnRole(this, '', policyRules(inOwnNamespace, NONE), this.serviceAccount, props);
    }
    for (const { resource } of props.userRoles ?? true ? props.watches : []) {
      // Of a kind that is defined elsewhere the roles are there, too.
      for (const role of Construct.isConstruct(resource) ? userRoles(resource, props.aggregateUserRoles ?? true) : []) {
        emit(this, role.metadata.name, k8s.KubeClusterRole.manifest(role), props);
      }
    }
  }

  private writeWorkload(name: string, props: StorageOperatorProps, leaseName: string | undefined): void {
    const { namespace } = this;
    const { nodes, distribution } = Cluster.of(this).platform;
    const { healthPort = 8081, metricsPort = 8080, pod = {}, monitoring } = props;
    const labels = { 'app.kubernetes.io/name': name };
    const replicas = props.replicas ?? (nodes === NodeCount.SINGLE || leaseName === undefined ? 1 : 2);
    const deployment = k8s.KubeDeployment.manifest(operatorDeployment({
      name, namespace, labels, replicas, leaseName, healthPort, metricsPort, pod, distribution,
      image: checkImage(this, 'image', props.image), command: props.command, args: props.args,
    }));
    emit(this, 'Deployment', extendPods(this, 'pod', deployment, 'operator', pod, props.imagePullSecrets ?? []), props);
    if (replicas > 1) {
      emit(this, 'Budget', k8s.KubePodDisruptionBudget.manifest(disruptionBudget(name, namespace, labels)), props);
    }
    if (props.networkPolicy ?? false) {
      emit(this, 'NetworkPolicy', k8s.KubeNetworkPolicy.manifest(networkPolicy({ name, namespace }, labels, [metricsPort])), props);
    }
    if (monitoring) {
      emit(this, 'PodMonitor', podMonitor(this, { name, namespace }, labels, ['metrics'], monitoring), props);
    }
  }
}
