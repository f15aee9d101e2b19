import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { CephFsCsiDriverProps } from './ceph-fs-csi-driver-props';
import { CEPHFS } from './driver-kind';
import { checkCluster, useCluster } from './entries';
import { ExistingCephCsiDriverOptions } from './existing-ceph-csi-driver-options';
import { existingDriver, installDriver } from './install';
import { CsiCapabilities } from '../../csi/capabilities';
import { CsiDriver } from '../../csi/csi-driver';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { ServiceAccountReference } from '../../csi/service-account-reference';
import { objectsOf } from '../../platform/cluster-checks';
import { CephCluster } from '../ceph-cluster';
import { CEPHFS_PROFILE } from '../fs/fs-profile';

/** Installs ceph-csi for CephFS. @see https://github.com/ceph/ceph-csi */
export class CephFsCsiDriver extends Construct implements ICsiDriver {
  /**
   * A ceph-csi for CephFS that is installed already: by its Helm chart, by Rook, or by another repository.
   *
   * @param options what is known of it
   * @throws CSI001 when no driver can have that name; CEPH005 for a version that is no release
   */
  public static existing(options: ExistingCephCsiDriverOptions = {}): ICsiDriver {
    return existingDriver(CEPHFS, CEPHFS_PROFILE, options ?? {});
  }

  public readonly driverName: string;
  public readonly version?: string;
  public readonly capabilities?: CsiCapabilities;
  public readonly controllerServiceAccount?: ServiceAccountReference;
  public readonly nodeServiceAccount?: ServiceAccountReference;

  /** The namespace in which the driver runs. */
  public readonly namespace: string;

  /** The driver's objects, without its configuration; nothing where ceph-csi-operator writes them (`deployment`). */
  public readonly driver?: CsiDriver;

  /** @throws CEPH001, CEPH005 for values out of range, and what CsiDriver throws: CSI001 to CSI022; CEPH100 to CEPH104 for what ceph-csi-operator cannot do */
  public constructor(scope: Construct, id: string, props: CephFsCsiDriverProps = {}) {
    super(scope, id);
    const driver = installDriver(this, CEPHFS, CEPHFS_PROFILE, props);
    this.driver = driver instanceof CsiDriver ? driver : undefined;
    this.driverName = driver.driverName;
    this.version = driver.version;
    this.capabilities = driver.capabilities;
    this.controllerServiceAccount = driver.controllerServiceAccount;
    this.nodeServiceAccount = driver.nodeServiceAccount;
    this.namespace = driver.namespace;
  }

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  /**
   * Tells the driver of a Ceph cluster whose classes are written in another repository. Those that are written beside it are known by themselves.
   *
   * @throws CEPH001 for what is no CephCluster; CEPH004 when it knows another one of that clusterId
   */
  public addCluster(cluster: CephCluster): void {
    checkCluster(this, cluster);
    useCluster(this, CEPHFS, this, cluster);
  }
}
