import { ApiObject, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkAccessModes } from './checks';
import { AccessMode, VolumeMode } from './modes';
import { isMountedReadOnly } from './mounts';
import { IPersistentVolume, PersistentVolume } from './persistent-volume';
import { VOLUME_RULES } from './rules';
import { IStorageClass } from './storage-class';
import { profileOf } from '../csi/driver-profile';
import { checkAtSynth, fail, unchecked } from '../findings/report';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkLabel, checkSubdomain, quantity } from '../manifest/validate';
import { Cluster } from '../platform/cluster';

/** A PersistentVolumeClaim that pods can mount: written by a construct, or there already. */
export interface IPersistentVolumeClaim {
  /** The name of the claim. */
  readonly claimName: string;

  /**
   * Its namespace.
   *
   * @default - not known: that of whoever applies the manifest
   */
  readonly namespace?: string;
}

/** What is known of a claim that exists already. */
export interface ExistingClaimOptions {
  /**
   * Its namespace.
   *
   * @default - not known
   */
  readonly namespace?: string;
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
}

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
    return { claimName: checkSubdomain(undefined, 'the name of the claim', claimName), ...options };
  }

  public readonly claimName: string;
  public readonly namespace?: string;

  /** The class of the claim, if it has one. */
  public readonly storageClass?: IStorageClass;

  /** The PersistentVolumeClaim object. */
  public readonly apiObject: ApiObject;

  /** @throws VOL008, VOL011, VOL012, VOL013, and what the driver's own rules find */
  public constructor(scope: Construct, id: string, props: PersistentVolumeClaimProps) {
    super(scope, id);
    const { storageClass, volume } = props;
    Cluster.requireSame(this, storageClass, `StorageClass.fromStorageClassName('${storageClass?.storageClassName}')`);
    Cluster.requireSame(this, volume, 'a PersistentVolume in each cluster');
    this.claimName = checkSubdomain(this, 'the name of the claim', props.name);
    this.storageClass = storageClass;
    if ((storageClass === undefined) === (volume === undefined)) {
      fail(this, VOLUME_RULES.VOL013, { problem: storageClass ? 'the claim names both a class and a volume' : 'the claim names neither a class nor a volume, so it would depend on which class is the default' });
    }
    const size = props.size ?? volume?.capacity;
    if (size === undefined) {
      fail(this, VOLUME_RULES.VOL013, { problem: 'the claim names a class but no size' });
    }
    const accessModes = checkAccessModes(this, props.accessModes ?? volume?.accessModes ?? [AccessMode.READ_WRITE_ONCE]);
    const storage = quantity(this, 'the size of the claim', size);
    if (volume) {
      Cluster.of(this).claim(this, 'claim of a volume', volume.persistentVolumeName, VOLUME_RULES.VOL011, { volume: `'${volume.persistentVolumeName}'` });
      this.checkFit(props, volume);
    }
    if (storageClass?.driver) { // a volume is checked by itself
      profileOf(storageClass.driver).checkClaim?.(this, { accessModes, volumeMode: props.volumeMode, isMountedReadOnly: () => isMountedReadOnly(this) });
    }
    this.apiObject = emit(this, 'Resource', k8s.KubePersistentVolumeClaim.manifest({
      metadata: { name: this.claimName, namespace: props.namespace },
      spec: {
        accessModes,
        resources: { requests: { storage: k8s.Quantity.fromString(storage) } },
        // An empty class keeps the default class from making a new volume.
        storageClassName: storageClass?.storageClassName ?? volume?.storageClass?.storageClassName ?? '',
        volumeMode: props.volumeMode ?? (volume?.volumeMode === VolumeMode.BLOCK ? VolumeMode.BLOCK : undefined),
        volumeName: volume?.persistentVolumeName,
      },
    }), props, { holdsData: true });
    this.namespace = this.apiObject.metadata.namespace;
    if (volume instanceof PersistentVolume) {
      this.reserve(volume);
    }
  }

  /** Keeps other claims from the volume; it takes a namespace to say which claim is meant. */
  private reserve(volume: PersistentVolume): void {
    if (this.namespace === undefined) {
      checkAtSynth(this, () => unchecked(this, VOLUME_RULES.VOL011, 'the namespace of the claim or its chart, without which the volume is not reserved for it'));
    } else {
      volume.reserve({ name: this.claimName, namespace: this.namespace });
    }
  }

  /** VOL012 */
  private checkFit(props: PersistentVolumeClaimProps, volume: IPersistentVolume): void {
    const unfit = (property: string, asked: string, offered: string): never => fail(this, VOLUME_RULES.VOL012, {
      property, asked, offered, volume: `'${volume.persistentVolumeName}'`,
    });
    if (props.size && props.size.toKibibytes({ rounding: 2 }) > volume.capacity.toKibibytes({ rounding: 2 })) {
      unfit('size', props.size.asString(), volume.capacity.asString());
    }
    const missing = props.accessModes?.filter(mode => !volume.accessModes.includes(mode)) ?? [];
    if (missing.length > 0) {
      unfit('accessModes', missing.join(', '), volume.accessModes.join(', '));
    }
    if (props.volumeMode !== undefined && props.volumeMode !== volume.volumeMode) {
      unfit('volumeMode', props.volumeMode, volume.volumeMode);
    }
  }
}
