import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkCsi, refuse } from './cluster-checks';
import { checkClusterId, checkNamespace, checkOperator, checkWatched, claimNamespace, rookClusterId, rookCredentials } from './cluster-identity';
import { prepareNamespace } from './cluster-namespace';
import { csiSpec } from './cluster-spec';
import { checkConnection, monitoringSpec } from './external-connection';
import { authCommands, EXTERNAL_USERS, ExternalUser, secretCommands, secretData } from './external-users';
import { withExtra } from './extra-spec';
import { RookExternalCephClusterProps } from './rook-external-ceph-cluster-props';
import { RookRadosNamespaceOptions } from './rook-pool-options';
import { ROOK_CLUSTER_RULES } from './rules';
import { EXTERNAL, RADOS_NAMESPACE } from './shapes';
import { CephBlockPoolRadosNamespace, CephCluster as CephClusterKind, CephFilesystemSubVolumeGroup } from '../../../../imports/ceph.rook.io';
import { report } from '../../../findings/report';
import { emit } from '../../../manifest/emit';
import { freeId, merged } from '../../../manifest/named-child';
import { checkShape } from '../../../manifest/shapes';
import { objectsOf } from '../../../platform/cluster-checks';
import { CephCredentials } from '../../auth/ceph-credentials';
import { CephCluster } from '../../ceph-cluster';

/**
 * A Ceph cluster that runs elsewhere, and that Rook is told of: what `import-external-cluster.sh` of Rook makes in a shell, in Git. Rook then tells the drivers, and follows its monitors.
 *
 * Where nothing but volumes is wanted, CephCluster.external does without Rook.
 * @see https://rook.io/docs/rook/v1.20/CRDs/Cluster/external-cluster/external-cluster/
 */
export class RookExternalCephCluster extends Construct {
  /** The cluster, as drivers are told of it. */
  public readonly cluster: CephCluster;
  /** The users for images: client.csi-rbd-provisioner and client.csi-rbd-node. */
  public readonly rbdCredentials: CephCredentials;
  /** The users for files: client.csi-cephfs-provisioner and client.csi-cephfs-node. */
  public readonly cephFsCredentials: CephCredentials;
  /** The namespace of the cluster. */
  public readonly namespace: string;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  private readonly props: RookExternalCephClusterProps;

  /** @throws CEPH140, CEPH141 for what Rook cannot use; CEPH081 for keys that Ceph did not make; CEPH146, CEPH147, CEPH160 */
  public constructor(scope: Construct, id: string, props: RookExternalCephClusterProps) {
    super(scope, id);
    checkShape(this, '', props, EXTERNAL, ROOK_CLUSTER_RULES.CEPH140);
    checkOperator(this, props.operator);
    this.props = props;
    this.namespace = checkNamespace(this, props.namespace ?? props.operator.namespace);
    checkConnection(this, props);
    checkCsi(this, props.csi ?? {});
    claimNamespace(this, this.namespace);
    checkWatched(this, props.operator, this.namespace);
    prepareNamespace(this, this.namespace, props, true);
    this.writeConnection();
    const { name = this.namespace, extraSpec } = props;
    const manifest = CephClusterKind.manifest({
      metadata: { name, namespace: this.namespace },
      spec: { external: { enable: true }, crashCollector: { disable: true }, csi: csiSpec(props.csi ?? {}), monitoring: monitoringSpec(this, props) },
    });
    emit(this, 'CephCluster', { ...manifest, spec: withExtra(this, manifest.spec, extraSpec) }, props, { holdsData: true });
    this.cluster = this.known({});
    this.rbdCredentials = rookCredentials('rbd', this.namespace, true);
    this.cephFsCredentials = rookCredentials('cephfs', this.namespace, true);
  }

  /**
   * What makes the users in Ceph, with the permissions that Rook's own script gives them, for the shell of an administrator of Ceph. One of volumes may come with fewer:
   * `rbdCredentials.authCommands()` and `cephFsCredentials.authCommands()`, once their storages have their classes.
   */
  public authCommands(): string[] {
    return authCommands();
  }

  /** What writes the Secrets that `keys` would, for a shell that reaches both Kubernetes and Ceph: nothing of it comes into Git. */
  public secretCommands(): string[] {
    return secretCommands({ namespace: this.namespace, fsid: this.props.fsid });
  }

  /**
   * Tells Rook of a RADOS namespace that is there (`rbd namespace create`), with a clusterID of its own. A CephRbdStorage takes what it gives as `cluster`.
   *
   * @param pool the pool that it is in
   * @param name its name
   * @throws CEPH141 for a clusterId that cannot be; MAN002
   */
  public addRadosNamespace(pool: string, name: string, options: RookRadosNamespaceOptions = {}): CephCluster {
    const clusterId = this.partOf('pool', pool, 'block', name, options);
    const spec = { blockPoolName: pool, clusterId };
    const id = freeId(this, `CephBlockPoolRadosNamespace-${name}`, 'CephBlockPoolRadosNamespace', name);
    emit(this, id, CephBlockPoolRadosNamespace.manifest({ metadata: { name, namespace: this.namespace }, spec }), merged(this.props, options), { holdsData: true });
    return this.known({ clusterId, radosNamespace: name });
  }

  /**
   * Tells Rook of a group of subvolumes that is there (`ceph fs subvolumegroup create`), with a clusterID of its own. A CephFsStorage takes what it gives as `cluster`.
   *
   * @param filesystem the file system that it is in
   * @param name its name
   * @throws CEPH141 for a clusterId that cannot be; MAN002
   */
  public addSubvolumeGroup(filesystem: string, name: string, options: RookRadosNamespaceOptions = {}): CephCluster {
    const clusterId = this.partOf('file system', filesystem, 'file', name, options);
    const id = freeId(this, `CephFilesystemSubVolumeGroup-${name}`, 'CephFilesystemSubVolumeGroup', name);
    const spec = { filesystemName: filesystem, clusterId };
    emit(this, id, CephFilesystemSubVolumeGroup.manifest({ metadata: { name, namespace: this.namespace }, spec }), merged(this.props, options), { holdsData: true });
    return this.known({ clusterId, subvolumeGroup: name });
  }

  /** CEPH140, CEPH141: the clusterID of a part of the cluster. */
  private partOf(what: string, whole: string, kind: string, name: string, options: RookRadosNamespaceOptions): string {
    checkShape(this, `the part '${name}'`, options, RADOS_NAMESPACE, ROOK_CLUSTER_RULES.CEPH140);
    if (typeof whole !== 'string' || !/^[A-Za-z0-9_.-]+$/.test(whole)) {
      refuse(this, `the ${what}`, whole, 'it is no name', "such as 'kubernetes'");
    }
    return checkClusterId(this, options.clusterId ?? rookClusterId(`${this.namespace}-${whole}-${kind}-${name}`));
  }

  /** What Rook looks for before anything else. CEPH161 */
  private writeConnection(): void {
    const { keys, monitors, fsid } = this.props;
    const { namespace } = this;
    const written = EXTERNAL_USERS.filter(({ key }) => keys?.[key] !== undefined);
    const write = (user: ExternalUser) => emit(this, user.secret, k8s.KubeSecret.manifest({
      metadata: { name: user.secret, namespace }, type: 'kubernetes.io/rook', stringData: secretData(user, { namespace, fsid }, keys![user.key]!),
    }), this.props, { holdsData: true });
    written.forEach(write);
    if (written.length > 0) {
      report(this, ROOK_CLUSTER_RULES.CEPH161, { secrets: written.map(({ secret }) => secret).join(', ') });
    }
    const data = Object.entries(monitors).map(([name, endpoint]) => `${name}=${endpoint}`).join(',');
    emit(this, 'Monitors', k8s.KubeConfigMap.manifest({ metadata: { name: 'rook-ceph-mon-endpoints', namespace }, data: { data, mapping: '{}', maxMonId: '2' } }), this.props, { holdsData: true });
  }

  private known(part: { readonly clusterId?: string; readonly radosNamespace?: string; readonly subvolumeGroup?: string }): CephCluster {
    const { operator, release } = this.props;
    return CephCluster.rook({ namespace: this.namespace, operatorNamespace: operator.namespace, release, ...part });
  }
}
