import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkCsi, refuse } from './cluster-checks';
import { checkClusterId, checkMonitoring, checkNamespace, checkOperator, checkWatched, claimNamespace, rookClusterId, rookCredentials } from './cluster-identity';
import { csiSpec } from './cluster-spec';
import { authCommands, EXTERNAL_USERS, ExternalUser, secretCommands, secretData } from './external-users';
import { withExtra } from './extra-spec';
import { RookExternalCephClusterProps } from './rook-external-ceph-cluster-props';
import { RookRadosNamespaceOptions } from './rook-pool-options';
import { ROOK_CLUSTER_RULES } from './rules';
import { EXTERNAL, RADOS_NAMESPACE } from './shapes';
import { CephBlockPoolRadosNamespace, CephCluster as CephClusterKind, CephFilesystemSubVolumeGroup } from '../../../../imports/ceph.rook.io';
import { fail, report } from '../../../findings/report';
import { emit } from '../../../manifest/emit';
import { freeId, merged } from '../../../manifest/named-child';
import { Namespace } from '../../../manifest/namespace';
import { checkShape } from '../../../manifest/shapes';
import { shown } from '../../../manifest/validate';
import { objectsOf } from '../../../platform/cluster-checks';
import { CephCredentials } from '../../auth/ceph-credentials';
import { keyProblem } from '../../auth/cephx-key';
import { CEPH_AUTH_RULES } from '../../auth/rules';
import { CephCluster } from '../../ceph-cluster';
import { writeClusterAccounts } from '../operator/cluster-accounts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ENDPOINT = /^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\]):(3300|6789|[1-9]\d{0,4})$/;

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
    this.checkConnection();
    checkCsi(this, props.csi ?? {});
    claimNamespace(this, this.namespace);
    checkWatched(this, props.operator, this.namespace);
    if (props.monitoring) {
      checkMonitoring(this, props.operator);
    }
    this.prepareNamespace();
    this.writeConnection();
    const { name = this.namespace, extraSpec } = props;
    const manifest = CephClusterKind.manifest({
      metadata: { name, namespace: this.namespace },
      spec: { external: { enable: true }, crashCollector: { disable: true }, csi: csiSpec(props.csi ?? {}), monitoring: this.monitoring() },
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

  /** CEPH081, CEPH141 */
  private checkConnection(): void {
    const { fsid, monitors, keys } = this.props;
    if (typeof fsid !== 'string' || !UUID.test(fsid)) {
      refuse(this, 'fsid', fsid, 'it is no fsid', "what ceph fsid prints, such as 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8'");
    }
    const entries = Object.entries(monitors ?? {});
    if (entries.length === 0) {
      refuse(this, 'monitors', monitors && undefined, 'there are none', "by their names: monitors: { a: '10.0.0.1:3300' } (ceph mon dump)");
    }
    for (const [name, endpoint] of entries) {
      if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(name) || !ENDPOINT.test(endpoint)) {
        refuse(this, `the monitor '${name}'`, endpoint, 'it is no monitor by its name, with host and port', "write each as name: 'host:port', such as a: '10.0.0.1:3300' (msgr v2) or '10.0.0.1:6789' (v1)");
      }
    }
    const ports = new Set(entries.map(([, endpoint]) => endpoint.endsWith(':3300')));
    if (ports.size > 1) {
      refuse(this, 'monitors', entries.map(([, endpoint]) => endpoint).join(','), 'Rook speaks msgr v2 to all as soon as one has port 3300', 'give all of them port 3300');
    }
    if (keys && keys.healthChecker === undefined) {
      refuse(this, 'keys.healthChecker', undefined, 'it is missing, and without it Rook asks nothing', 'add what ceph auth print-key client.healthchecker prints, or leave keys out');
    }
    for (const { key, user } of EXTERNAL_USERS) {
      const given = keys?.[key];
      const problem = given === undefined ? undefined : keyProblem(given);
      if (problem) {
        fail(this, CEPH_AUTH_RULES.CEPH081, { user, problem });
      }
    }
  }

  private prepareNamespace(): void {
    const { labels, annotations, createNamespace = true, operator } = this.props;
    if (this.namespace === operator.namespace) {
      return;
    }
    if (createNamespace) {
      new Namespace(this, 'Namespace', { name: this.namespace, holdsData: true, labels, annotations });
    }
    writeClusterAccounts(new Construct(this, 'Accounts'), this.namespace, operator.namespace, { labels, annotations });
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

  private monitoring(): any {
    const { monitoring } = this.props;
    if (!monitoring) {
      return undefined;
    }
    const { endpoints = [], port, interval } = monitoring;
    const seconds = interval?.toSeconds({ integral: false });
    const wrong = endpoints.find(ip => !/^(\d{1,3}(\.\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*)$/.test(ip));
    if (endpoints.length === 0 || wrong !== undefined) {
      refuse(this, 'monitoring.endpoints', wrong, 'they are no addresses of managers', "as ceph mgr dump has them: endpoints: ['10.0.0.1']");
    }
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
      refuse(this, 'monitoring.port', port, 'it is no port', 'leave it out for 9283');
    }
    if (seconds !== undefined && !(Number.isInteger(seconds) && seconds > 0)) {
      refuse(this, 'monitoring.interval', `${shown(seconds)} seconds`, 'Prometheus asks every so many whole seconds', 'monitoring: { …, interval: Duration.seconds(30) }');
    }
    return { enabled: true, externalMgrEndpoints: endpoints.map(ip => ({ ip })), externalMgrPrometheusPort: port, interval: seconds === undefined ? undefined : `${seconds}s` };
  }

  private known(part: { readonly clusterId?: string; readonly radosNamespace?: string; readonly subvolumeGroup?: string }): CephCluster {
    const { operator, release } = this.props;
    return CephCluster.rook({ namespace: this.namespace, operatorNamespace: operator.namespace, release, ...part });
  }
}
