import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { NO_PROVISIONER } from './class-manifest';
import { ReclaimPolicy, VolumeBindingMode } from './modes';
import { IStorageClass } from './storage-class';
import { ICsiDriver } from '../csi/i-csi-driver';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkSubdomain } from '../manifest/validate';

/** Properties of a StaticStorageClass. */
export interface StaticStorageClassProps extends ManifestProps {
  /** The name of the class. */
  readonly name: string;

  /**
   * When a claim gets its volume.
   *
   * @default VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER
   */
  readonly volumeBindingMode?: VolumeBindingMode;
}

/**
 * A StorageClass that creates no volumes (`kubernetes.io/no-provisioner`): its claims get one of the PersistentVolumes that name it, such as the
 * local disks of nodes. It cannot be changed later.
 * @see https://kubernetes.io/docs/concepts/storage/storage-classes/#local
 */
export class StaticStorageClass extends Construct implements IStorageClass {
  public readonly storageClassName: string;
  public readonly driver?: ICsiDriver;
  public readonly expansion?: boolean;
  public readonly provisions?: boolean;
  public readonly volumeBindingMode?: VolumeBindingMode;

  /** The StorageClass object. */
  public readonly apiObject: ApiObject;

  /** @throws MAN001 when no class can have that name */
  public constructor(scope: Construct, id: string, props: StaticStorageClassProps) {
    super(scope, id);
    this.storageClassName = checkSubdomain(this, 'the name of the StorageClass', props.name);
    this.expansion = false;
    this.provisions = false;
    this.volumeBindingMode = props.volumeBindingMode ?? VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER;
    this.apiObject = emit(this, 'Resource', k8s.KubeStorageClass.manifest({
      metadata: { name: this.storageClassName },
      provisioner: NO_PROVISIONER,
      // Its volumes have a policy of their own; Delete, the API's default, would be a promise that nobody keeps.
      reclaimPolicy: ReclaimPolicy.RETAIN,
      volumeBindingMode: this.volumeBindingMode,
    }), props);
  }
}
