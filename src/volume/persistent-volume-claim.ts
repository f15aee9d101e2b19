import { ApiObject, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkAttributes } from './attributes-checks';
import { cannotCheck, checkAccessModes, checkClassHandedOver, checkHandedOver, isLarger } from './checks';
import { IDataSource } from './data-source';
import { checkDataSource, withoutDriver } from './data-source-checks';
import { AccessMode, VolumeMode } from './modes';
import { checkAsked, checkBlock, checkWriters, claimSpec } from './new-volume';
import { IPersistentVolume, PersistentVolume } from './persistent-volume';
import { VOLUME_RULES } from './rules';
import { IStorageClass } from './storage-class';
import { IVolumeAttributesClass } from './volume-attributes-class';
import { ICsiDriver } from '../csi/i-csi-driver';
import { fail } from '../findings/report';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkLabel, checkMetadata, checkSubdomain, quantity } from '../manifest/validate';
import { Cluster } from '../platform/cluster';

/** A PersistentVolumeClaim that pods can mount: written by a construct, or there already. */
export interface IPersistentVolumeClaim extends IDataSource {
  /** The name of the claim. */
  readonly claimName: string;

  /**
   * The class of the claim.
   *
   * @default - none, or not declared
   */
  readonly storageClass?: IStorageClass;
}

/** What is known of a claim that exists already. */
export interface ExistingClaimOptions {
  /**
   * Its namespace.
   *
   * @default - not known
   */
  readonly namespace?: string;

  /**
   * Its class, which knows the driver. For a claim on a volume that was written by hand, `StorageClass.fromStorageClassName` with the driver of that volume.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly storageClass?: IStorageClass;

  /**
   * Its size, which a clone has to have at least.
   *
   * @default - not declared
   */
  readonly size?: Size;

  /**
   * A directory or a device.
   *
   * @default - not declared
   */
  readonly volumeMode?: VolumeMode;
}

/** Properties of a PersistentVolumeClaim. */
export interface PersistentVolumeClaimProps extends ManifestProps {
  /** The name of the claim. Pods name it, and a StatefulSet or a restore counts on it: it does not depend on the construct tree. */
  readonly name: string;

  /**
   * The namespace.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * The class of a new volume.
   *
   * @default - none: `volume` is needed
   */
  readonly storageClass?: IStorageClass;

  /**
   * A volume that exists already; it is reserved for this claim.
   *
   * @default - none: `storageClass` is needed
   */
  readonly volume?: IPersistentVolume;

  /**
   * The size. It is printed as given.
   *
   * @default - that of `volume`; required with `storageClass`
   */
  readonly size?: Size;

  /**
   * Who may mount it.
   *
   * @default - those of `volume`, else [AccessMode.READ_WRITE_ONCE]
   */
  readonly accessModes?: AccessMode[];

  /**
   * A directory or a device.
   *
   * @default VolumeMode.FILESYSTEM
   */
  readonly volumeMode?: VolumeMode;

  /**
   * What the new volume is filled from: another claim (a clone) or a snapshot (a restore), of the same namespace and driver. It counts once, when
   * the volume is created.
   *
   * @default - nothing: the volume is empty
   */
  readonly dataSource?: IDataSource;

  /**
   * What can be changed of the volume while it is in use. Naming another class changes the volume.
   *
   * @default - that of `volume`, else none
   */
  readonly volumeAttributesClass?: IVolumeAttributesClass;

  /**
   * Labels that the volume has to have, all of them. For a class that creates no volumes, such as `StaticStorageClass`.
   *
   * @default - any volume of the class
   */
  readonly selector?: { [label: string]: string };
}

const CLAIM = 'PersistentVolumeClaim';

/** A PersistentVolumeClaim. The declared GitOps tool is told never to prune it. */
export class PersistentVolumeClaim extends Construct implements IPersistentVolumeClaim {
  /**
   * A claim that exists already.
   *
   * @param claimName its name
   * @param options what is known of it
   * @throws MAN001 when nothing can have that name
   */
  public static fromClaimName(claimName: string, options: ExistingClaimOptions = {}): IPersistentVolumeClaim {
    if (options.namespace !== undefined) {
      checkLabel(undefined, 'the namespace of the claim', options.namespace);
    }
    const { namespace, storageClass, size, volumeMode } = options;
    return {
      claimName: checkSubdomain(undefined, 'the name of the claim', claimName),
      dataSourceKind: CLAIM,
      dataSourceName: claimName,
      dataSourceDriver: storageClass?.driver,
      dataSourceSize: size,
      dataSourceVolumeMode: volumeMode,
      namespace,
      storageClass,
    };
  }

  public readonly claimName: string;
  public readonly namespace?: string;
  public readonly storageClass?: IStorageClass;

  /** The volume that the claim names, if it names one. */
  public readonly volume?: IPersistentVolume;

  public readonly dataSourceKind: string = CLAIM;
  public readonly dataSourceApiGroup?: string;
  public readonly dataSourceName: string;
  public readonly dataSourceDriver?: ICsiDriver;
  public readonly dataSourceSize?: Size;
  public readonly dataSourceVolumeMode?: VolumeMode;

  /** The PersistentVolumeClaim object. */
  public readonly apiObject: ApiObject;

  /** @throws VOL005, VOL008, VOL011, VOL012, VOL013, VOL016 to VOL019, VOL021 to VOL026, VOL041, and what the driver's own rules find */
  public constructor(scope: Construct, id: string, props: PersistentVolumeClaimProps) {
    super(scope, id);
    const { storageClass, volume, dataSource, selector } = props;
    checkClassHandedOver(this, storageClass);
    checkHandedOver(this, 'the volume', volume, 'persistentVolumeName', 'PersistentVolume.fromPersistentVolumeName');
    Cluster.requireSame(this, storageClass, `StorageClass.fromStorageClassName('${storageClass?.storageClassName}')`);
    Cluster.requireSame(this, volume, 'a PersistentVolume in each cluster');
    this.claimName = checkSubdomain(this, 'the name of the claim', props.name);
    this.storageClass = storageClass;
    this.volume = volume;
    const size = this.checkOrigin(props);
    const accessModes = checkAccessModes(this, props.accessModes ?? volume?.accessModes ?? [AccessMode.READ_WRITE_ONCE]);
    const storage = quantity(this, 'the size of the claim', size);
    const volumeAttributesClass = props.volumeAttributesClass ?? volume?.volumeAttributesClass;
    this.dataSourceName = this.claimName;
    this.dataSourceDriver = storageClass?.driver ?? volume?.driver;
    this.dataSourceSize = size;
    this.dataSourceVolumeMode = props.volumeMode ?? volume?.volumeMode ?? VolumeMode.FILESYSTEM;
    if (volume) {
      Cluster.of(this).claim(this, 'claim of a volume', volume.persistentVolumeName, VOLUME_RULES.VOL011, { volume: `'${volume.persistentVolumeName}'` });
      this.checkFit(props, volume);
      checkAttributes(this, volumeAttributesClass, this.dataSourceDriver);
    }
    if (volume && !(volume instanceof PersistentVolume)) { // one of ours is checked by itself
      checkBlock(this, volume.driver, volume.volumeMode);
      checkWriters(this, volume.driver, accessModes, volume.volumeMode);
    }
    if (storageClass) {
      checkAsked(this, { storageClass, size, accessModes, volumeMode: props.volumeMode, dataSource, volumeAttributesClass }, this);
      this.checkSelector(storageClass, selector);
    }
    this.apiObject = emit(this, 'Resource', {
      ...k8s.KubePersistentVolumeClaim.manifest({ metadata: { name: this.claimName, namespace: props.namespace } }),
      spec: claimSpec({
        accessModes,
        storage,
        // An empty class keeps the default class from making a new volume.
        storageClassName: storageClass?.storageClassName ?? volume?.storageClass?.storageClassName ?? '',
        volumeMode: props.volumeMode ?? (volume?.volumeMode === VolumeMode.BLOCK ? VolumeMode.BLOCK : undefined),
        volumeName: volume?.persistentVolumeName,
        selector,
        dataSource,
        volumeAttributesClass,
      }),
    }, props, { holdsData: true });
    this.namespace = this.apiObject.metadata.namespace;
    if (dataSource && storageClass) {
      checkDataSource(this, { name: this.claimName, namespace: this.namespace, storageClass, size, volumeMode: props.volumeMode, dataSource });
    }
    if (volume instanceof PersistentVolume) {
      this.reserve(volume);
      if (!volume.source.csiOptions) {
        withoutDriver.add(this);
      }
    } else if (volume) {
      cannotCheck(this, VOLUME_RULES.VOL011, `for whom the volume '${volume.persistentVolumeName}' is reserved: it was written elsewhere`);
    }
  }

  /** VOL013: where the volume comes from; returns its size. */
  private checkOrigin({ storageClass, volume, size, dataSource, selector }: PersistentVolumeClaimProps): Size {
    const problem = storageClass && volume ? 'the claim names both a class and a volume'
      : !storageClass && !volume ? 'the claim names neither a class nor a volume, so it would depend on which class is the default'
        : volume && dataSource ? 'the claim names a volume that exists and what a new one would be filled from; it keeps the data that it has'
          : volume && selector ? 'the claim names a volume and a selector; the name decides'
            : storageClass && !size ? 'the claim names a class but no size' : undefined;
    if (problem) {
      fail(this, VOLUME_RULES.VOL013, { problem });
    }
    return (size ?? volume?.capacity)!;
  }

  /** VOL021 */
  private checkSelector(storageClass: IStorageClass, selector: Record<string, string> | undefined): void {
    if (!selector) {
      return;
    }
    checkMetadata(this, selector);
    const capabilities = storageClass.driver?.capabilities;
    const provisions = storageClass.provisions ?? (capabilities && (capabilities.provision ?? true));
    if (provisions === undefined) {
      cannotCheck(this, VOLUME_RULES.VOL021, `whether the class '${storageClass.storageClassName}' creates volumes (provisions, or the capabilities of its driver)`);
    } else if (provisions) {
      fail(this, VOLUME_RULES.VOL021, { class: `'${storageClass.storageClassName}'` });
    }
  }

  /** Keeps other claims from the volume; it takes a namespace to say which claim is meant. */
  private reserve(volume: PersistentVolume): void {
    if (this.namespace === undefined) {
      cannotCheck(this, VOLUME_RULES.VOL011, 'the namespace of the claim or its chart, without which the volume is not reserved for it');
    } else {
      volume.reserve({ name: this.claimName, namespace: this.namespace });
    }
  }

  /** VOL012 */
  private checkFit(props: PersistentVolumeClaimProps, volume: IPersistentVolume): void {
    const unfit = (property: string, asked: string, offered: string): never => fail(this, VOLUME_RULES.VOL012, {
      property, asked, offered, volume: `'${volume.persistentVolumeName}'`,
    });
    if (props.size && isLarger(props.size, volume.capacity)) {
      unfit('size', props.size.asString(), volume.capacity.asString());
    }
    const missing = props.accessModes?.filter(mode => !volume.accessModes.includes(mode)) ?? [];
    if (missing.length > 0) {
      unfit('accessModes', missing.join(', '), volume.accessModes.join(', '));
    }
    if (props.volumeMode !== undefined && props.volumeMode !== volume.volumeMode) {
      unfit('volumeMode', props.volumeMode, volume.volumeMode);
    }
    const attributes = props.volumeAttributesClass?.volumeAttributesClassName;
    const offered = volume.volumeAttributesClass?.volumeAttributesClassName;
    if (attributes !== undefined && attributes !== offered) {
      unfit('volumeAttributesClass', `the VolumeAttributesClass '${attributes}'`, offered === undefined ? 'none' : `'${offered}'`);
    }
  }
}
