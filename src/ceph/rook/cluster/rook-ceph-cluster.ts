import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { blockPoolSpec, filesystemSpec, poolNames } from './added-specs';
import { checkClass, checkCsi, checkDirectory, checkHaste, checkKernel, checkRelease } from './cluster-checks';
import { checkClusterId, checkNamespace, checkOperator, checkWatched, claimDirectory, claimNamespace, installed, rookClusterId, rookCredentials } from './cluster-identity';
import { prepareNamespace } from './cluster-namespace';
import { clusterSpec } from './cluster-spec';
import { withExtra } from './extra-spec';
import { checkFailureDomain, checkFailureDomains } from './failure-domains';
import { Mirrored, Mirrors } from './mirrors';
import { Place, notePlace } from './places';
import { MIRROR as MIRROR_DAEMON, placementOf, resourcesOf } from './pod-spec';
import { refusePool } from './pool-spec';
import { RookCephClusterProps } from './rook-ceph-cluster-props';
import { RookFilesystemOptions, RookSubvolumeGroupOptions } from './rook-filesystem-options';
import { RookMirrorOptions } from './rook-mirror-options';
import { RookBlockPoolOptions, RookPoolOptions, RookRadosNamespaceOptions } from './rook-pool-options';
import { ROOK_CLUSTER_RULES } from './rules';
import { BLOCK_POOL, CLUSTER, FILESYSTEM, MIRROR, RADOS_NAMESPACE, SUBVOLUME_GROUP } from './shapes';
import { checkStorage } from './storage-checks';
import { partsOf, StorageParts } from './storage-parts';
import {
  CephBlockPool, CephBlockPoolRadosNamespace, CephCluster as CephClusterKind, CephFilesystem, CephFilesystemMirror, CephFilesystemSubVolumeGroup,
  CephFilesystemSubVolumeGroupSpecQuota, CephRbdMirror,
} from '../../../../imports/ceph.rook.io';
import { checkImage } from '../../../csi/image';
import { checkAtSynth, fail, report } from '../../../findings/report';
import { emit } from '../../../manifest/emit';
import { ManifestProps } from '../../../manifest/manifest-props';
import { freeId, merged } from '../../../manifest/named-child';
import { checkShape, Shape } from '../../../manifest/shapes';
import { checkSubdomain, quantity, shown } from '../../../manifest/validate';
import { Cluster } from '../../../platform/cluster';
import { objectsOf } from '../../../platform/cluster-checks';
import { NodeCount } from '../../../platform/node-count';
import { CephCredentials } from '../../auth/ceph-credentials';
import { CephCluster } from '../../ceph-cluster';
import { writeMonitoringAccess } from '../operator/cluster-accounts';

const IMAGE = 'quay.io/ceph/ceph:v20.2.4';
const DATA_DIRECTORY = '/var/lib/rook';

/**
 * A Ceph cluster that Rook builds on disks of this Kubernetes cluster, with its pools and file systems. `cluster` and the credentials go to CephRbdStorage and CephFsStorage.
 *
 * Stretched clusters and object stores are not written.
 * @see https://rook.io/docs/rook/v1.20/CRDs/Cluster/ceph-cluster-crd/
 */
export class RookCephCluster extends Construct {
  /** The cluster, as drivers are told of it. */
  public readonly cluster: CephCluster;
  /** The users for images, which Rook makes. */
  public readonly rbdCredentials: CephCredentials;
  /** The users for files, which Rook makes. */
  public readonly cephFsCredentials: CephCredentials;
  /** The namespace of the cluster. */
  public readonly namespace: string;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  private readonly props: RookCephClusterProps;
  private readonly storage: StorageParts;
  private readonly operatorNamespace: string;
  private readonly release?: number;
  private readonly pools = new Map<string, boolean>();
  private readonly filesystems = new Map<string, readonly string[]>();
  private readonly mirrors = new Mirrors(this);

  /**
   * @throws CEPH140, CEPH141 for what Rook cannot use; CEPH144 for monitors that form no majority; CEPH146 where no operator looks; CEPH147 for what another cluster has;
   *   CEPH148, CEPH149 for the release of Ceph; CEPH160 for what is said twice; CEPH162
   */
  public constructor(scope: Construct, id: string, props: RookCephClusterProps) {
    super(scope, id);
    checkShape(this, '', props, CLUSTER, ROOK_CLUSTER_RULES.CEPH140);
    checkOperator(this, props.operator);
    checkClass(this, props.mons);
    this.props = props;
    this.storage = this.storageOf(props);
    this.operatorNamespace = props.operator.namespace;
    this.namespace = checkNamespace(this, props.namespace ?? this.operatorNamespace);
    const image = checkImage(this, 'image', props.image ?? IMAGE);
    const dataDirectory = checkDirectory(this, props.dataDirectory ?? DATA_DIRECTORY);
    const release = checkRelease(this, { ...props, image });
    this.release = release === undefined ? undefined : Number(release.split('.')[0]);
    checkFailureDomains(this, props.failureDomains);
    checkCsi(this, props.csi ?? {}, props.network?.encryption, release);
    const spec = clusterSpec(this, props, image, dataDirectory, this.storage);
    this.claim(dataDirectory);
    checkStorage(this, this.storage);
    checkKernel(this, props);
    checkHaste(this, props);

    prepareNamespace(this, this.namespace, props);
    if (props.monitoring && !installed(this, props.operator)) {
      writeMonitoringAccess(this, this.namespace, this.operatorNamespace, props);
    }
    const { name = this.namespace, extraSpec } = props;
    const manifest = CephClusterKind.manifest({ metadata: { name, namespace: this.namespace }, spec });
    emit(this, 'CephCluster', { ...manifest, spec: withExtra(this, manifest.spec, extraSpec) }, props, { holdsData: true });
    checkAtSynth(this, () => this.checkManagerPool());
    this.cluster = this.known({});
    this.rbdCredentials = rookCredentials('rbd', this.namespace, false);
    this.cephFsCredentials = rookCredentials('cephfs', this.namespace, false);
  }

  /**
   * Adds a pool for images.
   *
   * @param name its name, which a CephRbdStorage takes as `pool`
   * @throws CEPH154 for more copies than there are places; CEPH156 for what is no pool; MAN002
   */
  public addBlockPool(name: string, options: RookBlockPoolOptions = {}): void {
    this.check(`the pool ${shown(name)}`, options, BLOCK_POOL);
    const pool = `the pool '${name}'`;
    const spec = blockPoolSpec(this, name, options);
    this.place(pool, options);
    const inCeph = options.cephName ?? name;
    this.checkFree(pool, [inCeph]);
    this.write('CephBlockPool', name, metadata => CephBlockPool.manifest({ metadata, spec }), options, options.extraSpec);
    this.pools.set(inCeph, options.erasureCoding !== undefined);
    if (options.mirroring) {
      this.mirrors.want('images', pool);
    }
  }

  /**
   * Adds a tenant in a pool: a RADOS namespace, with a clusterID of its own. A CephRbdStorage takes what it gives as `cluster`, and the same pool.
   *
   * @param pool a pool that was added
   * @param name its name
   * @throws CEPH141 for a clusterId that cannot be; CEPH156 for a pool that was not added; MAN002
   */
  public addRadosNamespace(pool: string, name: string, options: RookRadosNamespaceOptions = {}): CephCluster {
    this.check(`the RADOS namespace ${shown(name)}`, options, RADOS_NAMESPACE);
    checkSubdomain(this, 'the RADOS namespace', name);
    if (this.pools.get(pool) !== false) {
      refusePool(this, `the RADOS namespace '${name}'`, `${shown(pool)} is no replicated pool that was added`, `addBlockPool(${shown(pool)}) before it`);
    }
    const clusterId = checkClusterId(this, options.clusterId ?? rookClusterId(`${this.namespace}-${pool}-block-${name}`));
    this.write('CephBlockPoolRadosNamespace', name, metadata => CephBlockPoolRadosNamespace.manifest({ metadata, spec: { blockPoolName: pool, clusterId } }), options);
    return this.known({ clusterId, radosNamespace: name }, { pool });
  }

  /**
   * Adds a file system, with its metadata servers.
   *
   * @param name its name, which a CephFsStorage takes as `fsName`
   * @throws CEPH154 for more copies than there are places; CEPH156 for what is no file system; MAN002
   */
  public addFilesystem(name: string, options: RookFilesystemOptions = {}): void {
    this.check(`the file system ${shown(name)}`, options, FILESYSTEM);
    const spec = filesystemSpec(this, name, options);
    this.place(`the metadata pool of the file system '${name}'`, options.metadataPool ?? {});
    (options.dataPools ?? [{}]).forEach((pool, index) => this.place(`dataPools[${index}] of the file system '${name}'`, pool));
    const dataPools: string[] = spec.dataPools.map((pool: { name: string }) => `${name}-${pool.name}`);
    this.checkFree(`the file system '${name}'`, [`${name}-metadata`, ...dataPools]);
    this.write('CephFilesystem', name, metadata => CephFilesystem.manifest({ metadata, spec }), options, options.extraSpec);
    this.filesystems.set(name, dataPools);
    if (options.mirroring) {
      this.mirrors.want('file systems', `the file system '${name}'`);
    }
  }

  /**
   * Adds a tenant in a file system: a group of subvolumes, with a clusterID of its own. Rook makes the group `csi` by itself, for the clusterID of the cluster.
   *
   * @param filesystem a file system that was added
   * @param name its name
   * @throws CEPH141 for a clusterId that cannot be; CEPH156 for a file system that was not added; MAN002
   */
  public addSubvolumeGroup(filesystem: string, name: string, options: RookSubvolumeGroupOptions = {}): CephCluster {
    this.check(`the group of subvolumes ${shown(name)}`, options, SUBVOLUME_GROUP);
    checkSubdomain(this, 'the group of subvolumes', name);
    if (!this.filesystems.has(filesystem)) {
      refusePool(this, `the group of subvolumes '${name}'`, `${shown(filesystem)} is no file system that was added`, `addFilesystem(${shown(filesystem)}) before it`);
    }
    const { quota, distributed } = options;
    const clusterId = checkClusterId(this, options.clusterId ?? rookClusterId(`${this.namespace}-${filesystem}-file-${name}`));
    const spec = {
      name,
      filesystemName: filesystem,
      clusterId,
      quota: quota && CephFilesystemSubVolumeGroupSpecQuota.fromString(quantity(this, 'quota', quota)),
      pinning: distributed === undefined ? undefined : { distributed: distributed ? 1 : 0 },
    };
    this.write('CephFilesystemSubVolumeGroup', `${filesystem}-${name}`, metadata => CephFilesystemSubVolumeGroup.manifest({ metadata, spec }), options);
    return this.known({ clusterId, subvolumeGroup: name }, { filesystem });
  }

  /**
   * Adds daemons that copy images from another cluster. Rook tells the drivers how many there are.
   *
   * @throws CEPH141 for no number of daemons; MAN002 for a second one: Rook goes by one
   */
  public addRbdMirror(options: RookMirrorOptions = {}): void {
    this.check('the mirror', options, MIRROR);
    const { count = 1 } = options;
    if (!(Number.isInteger(count) && count > 0 && count <= 100)) {
      fail(this, ROOK_CLUSTER_RULES.CEPH141, { what: 'count', value: shown(count), problem: 'it is no number of daemons', expected: 'leave it out for 1' });
    }
    this.mirror('CephRBDMirror', 'images', options.name ?? 'rbd-mirror', options, (metadata, pod) => CephRbdMirror.manifest({ metadata, spec: { count, ...pod } }));
  }

  /**
   * Adds the daemon that copies file systems to another cluster.
   *
   * @throws CEPH141 for more than one; MAN002 for a second one
   */
  public addFilesystemMirror(options: RookMirrorOptions = {}): void {
    this.check('the mirror', options, MIRROR);
    if (![undefined, 1].includes(options.count)) {
      fail(this, ROOK_CLUSTER_RULES.CEPH141, { what: 'count', value: shown(options.count), problem: 'of file systems there is one daemon', expected: 'leave it out' });
    }
    this.mirror('CephFilesystemMirror', 'file systems', options.name ?? 'fs-mirror', options, (metadata, pod) => CephFilesystemMirror.manifest({ metadata, spec: pod }));
  }

  /** CEPH140 */
  private storageOf({ storage }: RookCephClusterProps): StorageParts {
    return partsOf(storage) ?? fail(this, ROOK_CLUSTER_RULES.CEPH140, {
      what: 'storage', value: shown(storage), expected: 'a RookStorage', example: "storage: RookStorage.nodes([{ name: 'node1', devices: ['/dev/disk/by-id/ata-ST4000DM004_WFN0ABCD'] }])",
    });
  }

  /** CEPH146, CEPH147 */
  private claim(dataDirectory: string): void {
    const { operator } = this.props;
    claimNamespace(this, this.namespace);
    claimDirectory(this, this.namespace, dataDirectory);
    checkWatched(this, operator, this.namespace);
  }

  /** CEPH165 */
  private checkManagerPool(): void {
    if (Cluster.of(this).platform.nodes === NodeCount.SINGLE && !this.pools.has('.mgr')) {
      report(this, ROOK_CLUSTER_RULES.CEPH165);
    }
  }

  private check(what: string, options: object, shape: Shape): void {
    checkShape(this, what, options, shape, ROOK_CLUSTER_RULES.CEPH140);
  }

  /** CEPH156 */
  private checkFree(what: string, inCeph: readonly string[]): void {
    const taken = poolNames(this.filesystems, this.pools).find(name => inCeph.includes(name));
    if (taken !== undefined) {
      refusePool(this, what, `there is a pool '${taken}' in Ceph already`, 'give it another name');
    }
  }

  /** CEPH154, CEPH155 */
  private place(pool: string, options: RookPoolOptions): void {
    checkFailureDomain(this, pool, options, this.props.failureDomains, this.storage);
  }

  private write(kind: string, name: string, manifest: (metadata: any) => any, options: ManifestProps, extraSpec?: Record<string, any>, holdsData = true): void {
    const id = freeId(this, `${kind}-${name}`, kind, name);
    const json = manifest({ name, namespace: this.namespace });
    emit(this, id, { ...json, spec: withExtra(this, json.spec, extraSpec) }, merged(this.props, options), { holdsData });
  }

  private mirror(kind: string, of: Mirrored, name: string, { resources, placement, ...common }: RookMirrorOptions, manifest: (metadata: any, pod: any) => any): void {
    const pod = {
      resources: resourcesOf(this, MIRROR_DAEMON, resources), placement: placement && placementOf(this, 'the mirror', placement), priorityClassName: 'system-cluster-critical',
    };
    this.mirrors.start(of, `the ${kind} '${name}'`);
    this.write(kind, name, metadata => manifest(metadata, pod), common, undefined, false);
  }

  /** The cluster, or a part of it, as drivers are told of it. */
  private known(part: { readonly clusterId?: string; readonly radosNamespace?: string; readonly subvolumeGroup?: string }, only?: Place['only']): CephCluster {
    const { namespace, operatorNamespace, release, pools, filesystems } = this;
    const cluster = CephCluster.rook({ namespace, operatorNamespace, release, ...part });
    notePlace(this, { clusterId: cluster.clusterId, pools, filesystems, only });
    return cluster;
  }
}
