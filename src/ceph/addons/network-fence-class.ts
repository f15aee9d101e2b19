import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkAble } from './able';
import { needAddons } from './controller/presence';
import { CEPH_ADDONS_RULES } from './rules';
import { grantSidecars } from './secret-grants';
import { malformed } from './values';
import { NetworkFenceClass as NetworkFenceClassL1 } from '../../../imports/csiaddons.openshift.io';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { SecretReference } from '../../csi/secret-reference';
import { emit } from '../../manifest/emit';
import { ManifestProps } from '../../manifest/manifest-props';
import { all, ANY, checkShape, spelled, TEXT } from '../../manifest/shapes';
import { checkSubdomain } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { checkHandedOver } from '../../volume/checks';
import { CephCluster } from '../ceph-cluster';
import { checkCluster } from '../driver/entries';

/** Properties of a NetworkFenceClass. */
export interface NetworkFenceClassProps extends ManifestProps {
  /** The name of the class. */
  readonly name: string;

  /** The driver that fences. */
  readonly driver: ICsiDriver;

  /** The Ceph cluster from which clients are kept. */
  readonly cluster: CephCluster;

  /** The Secret of a Ceph user with the cap `mon 'profile rbd, allow command "osd blocklist"'`. Both sidecars of the driver are granted to read it. */
  readonly secret: SecretReference;
}

const PREFIX = 'csiaddons.openshift.io/networkfence-secret';
const PROPS = spelled({ name: TEXT, ...all(ANY, 'driver', 'cluster', 'secret', 'labels', 'annotations') });

/**
 * By which user, and from which Ceph cluster, a `NetworkFence` keeps clients away. With it, each `CSIAddonsNode` says by which addresses its node is known to Ceph. It cannot be changed in a cluster.
 *
 * @see https://github.com/csi-addons/kubernetes-csi-addons/blob/v0.14.0/docs/networkfenceclass.md
 */
export class NetworkFenceClass extends Construct {
  /** The name of the class. */
  public readonly networkFenceClassName: string;

  /** The NetworkFenceClass object. */
  public readonly apiObject: ApiObject;

  /** @throws CEPH171 to CEPH174 */
  public constructor(scope: Construct, id: string, props: NetworkFenceClassProps) {
    super(scope, id);
    checkShape(this, 'the class', props, PROPS, CEPH_ADDONS_RULES.CEPH174);
    const { driver, cluster, secret } = props;
    checkHandedOver(this, 'the driver', driver, 'driverName', 'CephRbdCsiDriver.existing');
    Cluster.requireSame(this, driver, `CephRbdCsiDriver.existing({ driverName: '${driver?.driverName}' })`);
    checkCluster(this, cluster);
    checkSecret(this, secret);
    needAddons(this);
    checkAble(this, driver, 'fencing', 'the driver');
    this.networkFenceClassName = checkSubdomain(this, 'the name of the NetworkFenceClass', props.name);
    this.apiObject = emit(this, 'Resource', NetworkFenceClassL1.manifest({
      metadata: { name: props.name },
      spec: { provisioner: driver.driverName, parameters: { clusterID: cluster.clusterId, [`${PREFIX}-name`]: secret.name, [`${PREFIX}-namespace`]: secret.namespace } },
    }), props);
    grantSidecars(this, `networkfenceclass-${props.name}`, driver, secret, props);
  }
}

/** CEPH174: csi-addons fills nothing in. */
export function checkSecret(scope: Construct, secret: SecretReference): void {
  if (!(secret instanceof SecretReference) || `${secret.name}${secret.namespace}`.includes('$')) {
    malformed(scope, 'the Secret', secret, 'a Secret by its name', "secret: SecretReference.fromName('ceph-csi', 'ceph')");
  }
}
