import { App, Chart, Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import {
  CephDeployment, CephRbdCsiDriver, CephRbdStorage, CsiAddonsController, Distribution, Findings, IVolumeReplication, KubernetesVersion, Namespace, PersistentVolume,
  PersistentVolumeClaim, Platform, RbdImageFeature, ReplicationState, RookCephCluster, RookMirroringMode, RookOperator, RookStorage, StorageClass, VolumeReplication,
} from 'cdk8s-storage';

export const app = new App();

// What changes when something happens. docs/ceph-dr.md has the order.
const state = { east: ReplicationState.PRIMARY, west: ReplicationState.SECONDARY };

// The volume as it was made in east; the README has the command that shows it.
const made = {
  volumeHandle: '0001-0009-rook-ceph-0000000000000002-b0285c97-a0ce-11eb-8c66-0242ac110002',
  imageName: 'csi-vol-b0285c97-a0ce-11eb-8c66-0242ac110002',
};

/** One of the two Kubernetes clusters, with a Ceph cluster of its own that is mirrored to the other one. */
function site(name: string, peer: string, nodes: Record<string, string>) {
  const scope = new Construct(app, name);
  Platform.set(scope, { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA, kernel: '6.8' });
  const operators = new Chart(scope, 'operators');
  new CsiAddonsController(operators, 'CsiAddons');
  // Both in the namespace rook-ceph, which is their clusterID and in the name of their driver: a volume of the one is known to the other by the handle that it has.
  const operator = new RookOperator(operators, 'Rook');

  const ceph = new Chart(scope, 'ceph');
  const cluster = new RookCephCluster(ceph, 'Ceph', {
    operator,
    // Daemons of each are reached from the other on the network of their nodes: addresses of pods and Services are not.
    network: { hostNetwork: true },
    storage: RookStorage.nodes(Object.entries(nodes).map(([node, disk]) => ({ name: node, devices: [`/dev/disk/by-id/${disk}`] }))),
  });
  // The Secret has the token by which the peer is reached, copied from there: see the README.
  cluster.addBlockPool('replicated', { mirroring: { mode: RookMirroringMode.IMAGE, peerSecretNames: [`peer-${peer}`] } });
  cluster.addRbdMirror();

  // Both can find volumes that the other one made, for the way back.
  const driver = new CephRbdCsiDriver(ceph, 'Driver', {
    deployment: CephDeployment.OPERATOR, driverName: 'rook-ceph.rbd.csi.ceph.com', namespace: 'rook-ceph', createNamespace: false, csiAddons: true, omapGenerator: true,
  });
  Findings.of(driver).acknowledge('CEPH190', 'it has to find the volumes that the other side made');
  const rbd = new CephRbdStorage(ceph, 'Rbd', { driver, cluster: cluster.cluster, credentials: cluster.rbdCredentials, pool: 'replicated' });
  const block = rbd.addStorageClass('ceph-block', { imageFeatures: [RbdImageFeature.LAYERING], expansion: true });
  const mirror = rbd.addReplicationClass('every-5-minutes', { schedulingInterval: Duration.minutes(5) });
  // For cutting off the nodes of this side, should it go on writing while the other one takes over.
  rbd.addNetworkFenceClass('ceph');
  const shop = new Chart(scope, 'shop', { namespace: 'shop' });
  new Namespace(shop, 'Namespace', { name: 'shop', holdsData: true });
  return {
    rbd,
    block,
    /** The claim, and what this side is to it. */
    claim: (source: { readonly storageClass?: StorageClass; readonly volume?: PersistentVolume }, its: ReplicationState, other?: IVolumeReplication) => {
      const claim = new PersistentVolumeClaim(shop, 'Data', { name: 'data', size: source.volume ? undefined : Size.gibibytes(20), ...source });
      return new VolumeReplication(shop, 'Replication', { claim, replicationClass: mirror, state: its, peer: other });
    },
  };
}

const east = site('east', 'west', { 'east-1': 'ata-ST4000NM000A_WJG0AAAA', 'east-2': 'ata-ST4000NM000A_WJG0BBBB', 'east-3': 'ata-ST4000NM000A_WJG0CCCC' });
const west = site('west', 'east', { 'west-1': 'ata-ST4000NM000A_WJG0DDDD', 'west-2': 'ata-ST4000NM000A_WJG0EEEE', 'west-3': 'ata-ST4000NM000A_WJG0FFFF' });

const first = east.claim({ storageClass: east.block }, state.east);
const replica = west.rbd.addMirroredVolume('shop-data', { ...made, capacity: Size.gibibytes(20), storageClass: west.block });
west.claim({ volume: replica }, state.west, first);

app.synth();
