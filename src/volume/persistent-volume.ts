import { ApiObject, Lazy, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkAttributes } from './attributes-checks';
import { cannotCheck, checkAccessModes, checkClassHandedOver, checkFileSystem, checkHandedOver, checkMountOptions, checkPath, checkTexts, malformed } from './checks';
import { AccessMode, ReclaimPolicy, VolumeBindingMode, VolumeMode } from './modes';
import { checkBlock, checkWriters } from './new-volume';
import { nfsSource } from './nfs-source';
import { nodeAffinity } from './node-affinity';
import { CsiVolumeSecrets, CsiVolumeSourceOptions, PersistentVolumeSource } from './persistent-volume-source';
import { VOLUME_RULES } from './rules';
import { IStorageClass } from './storage-class';
import { IVolumeAttributesClass } from './volume-attributes-class';
import { profileOf } from '../csi/driver-profile';
import { ICsiDriver } from '../csi/i-csi-driver';
import { grantSecrets, SecretReference } from '../csi/secret-reference';
import { fail, report } from '../findings/report';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkLabel, checkSubdomain, quantity } from '../manifest/validate';
import { Cluster } from '../platform/cluster';
import { clusterChecks, eachRepeated } from '../platform/cluster-checks';
import { NodeCount } from '../platform/node-count';
import { Platform } from '../platform/platform';

/** A PersistentVolume that a claim can name. */
export interface IPersistentVolume {
  /** The name of the volume. */
  readonly persistentVolumeName: string;

  /** Its size. */
  readonly capacity: Size;

  /** Its access modes. */
  readonly accessModes: AccessMode[];

  /** Its volume mode. */
  readonly volumeMode: VolumeMode;

  /**
   * The class that claims have to name too.
   *
   * @default - none
   */
  readonly storageClass?: IStorageClass;

  /**
   * The driver that serves it.
   *
   * @default - none, or not declared: rules on it are listed as unchecked
   */
  readonly driver?: ICsiDriver;

  /**
   * What can be changed of it while it is in use.
   *
   * @default - none
   */
  readonly volumeAttributesClass?: IVolumeAttributesClass;
}

/** What is known of a PersistentVolume that exists already. */
export interface ExistingPersistentVolumeOptions {
  /** Its size (`spec.capacity.storage`), which a claim gets as well. */
  readonly capacity: Size;

  /**
   * Its access modes.
   *
   * @default [AccessMode.READ_WRITE_ONCE]
   */
  readonly accessModes?: AccessMode[];

  /**
   * A directory or a device.
   *
   * @default VolumeMode.FILESYSTEM
   */
  readonly volumeMode?: VolumeMode;

  /**
   * The class that it has (`spec.storageClassName`), and claims have to name too.
   *
   * @default - none
   */
  readonly storageClass?: IStorageClass;

  /**
   * The driver that serves it (`spec.csi.driver`).
   *
   * @default - that of `storageClass`
   */
  readonly driver?: ICsiDriver;

  /**
   * The VolumeAttributesClass that it has.
   *
   * @default - none
   */
  readonly volumeAttributesClass?: IVolumeAttributesClass;
}

/** A claim, by name. */
export interface ClaimReference {
  /** The claim's name. */
  readonly name: string;

  /** The claim's namespace; without it a volume is never bound. */
  readonly namespace: string;
}

/** Properties of a PersistentVolume. */
export interface PersistentVolumeProps extends ManifestProps {
  /** The name of the volume, which no other volume of the cluster has. */
  readonly name: string;

  /** Where its data lies. */
  readonly source: PersistentVolumeSource;

  /** Its size. Only compared with what claims ask for; a driver decides whether it limits anything. */
  readonly capacity: Size;

  /**
   * Who may mount it.
   *
   * @default [AccessMode.READ_WRITE_ONCE]
   */
  readonly accessModes?: AccessMode[];

  /**
   * A directory or a device.
   *
   * @default VolumeMode.FILESYSTEM
   */
  readonly volumeMode?: VolumeMode;

  /**
   * What becomes of it when its claim is deleted.
   *
   * @default ReclaimPolicy.RETAIN
   */
  readonly reclaimPolicy?: ReclaimPolicy;

  /**
   * A class that claims have to name too.
   *
   * @default - none: claims with `volume` bind to it
   */
  readonly storageClass?: IStorageClass;

  /**
   * Options for mounting it, one per entry. Those of a class are not inherited.
   *
   * @default - none
   */
  readonly mountOptions?: string[];

  /**
   * The one claim that may bind it. A `PersistentVolumeClaim` with `volume` reserves it by itself.
   *
   * @default - any claim that fits
   */
  readonly claim?: ClaimReference;

  /**
   * Labels that a node has to have so that pods can use the volume there: for each label the values that will do. All labels have to match.
   * Required for `PersistentVolumeSource.local`.
   *
   * @default - every node
   */
  readonly nodeAffinity?: { [label: string]: string[] };

  /**
   * What the attributes of the volume are, and what can be changed of them while it is in use. The claim has to name it too, and does so by itself.
   *
   * @default - none
   */
  readonly volumeAttributesClass?: IVolumeAttributesClass;
}

/** The secrets of a source, and whether the driver's controller is who reads each. */
const SECRETS: { readonly property: keyof CsiVolumeSecrets; readonly byController: boolean }[] = [
  { property: 'controllerPublish', byController: true },
  { property: 'controllerExpand', byController: true },
  { property: 'nodeStage', byController: false },
  { property: 'nodePublish', byController: false },
  { property: 'nodeExpand', byController: false },
];

/** The driver and handle of each volume of ours that has them. */
const handles = new WeakMap<ApiObject, string | undefined>();

/** A PersistentVolume for data that exists already. */
export class PersistentVolume extends Construct implements IPersistentVolume {
  /**
   * A volume that exists already, written elsewhere: a claim that names it binds to it, and to no other. It is not reserved from here: let its own
   * `claimRef` name the claim, or another one may take it first.
   *
   * @param persistentVolumeName its name
   * @param options what is known of it
   * @throws MAN001 when nothing can have that name; MAN004 without a capacity
   */
  public static fromPersistentVolumeName(persistentVolumeName: string, options: ExistingPersistentVolumeOptions): IPersistentVolume {
    const { capacity, accessModes, volumeMode, storageClass, driver, volumeAttributesClass } = options ?? {};
    const name = checkSubdomain(undefined, 'the name of the PersistentVolume', persistentVolumeName);
    quantity(undefined, 'the capacity of the PersistentVolume', capacity);
    return {
      persistentVolumeName: name,
      capacity,
      accessModes: [...accessModes ?? [AccessMode.READ_WRITE_ONCE]],
      volumeMode: volumeMode ?? VolumeMode.FILESYSTEM,
      storageClass,
      driver: driver ?? storageClass?.driver,
      volumeAttributesClass,
    };
  }

  public readonly persistentVolumeName: string;
  public readonly capacity: Size;
  public readonly accessModes: AccessMode[];
  public readonly volumeMode: VolumeMode;
  public readonly storageClass?: IStorageClass;
  public readonly driver?: ICsiDriver;
  public readonly volumeAttributesClass?: IVolumeAttributesClass;

  /** Where its data lies. */
  public readonly source: PersistentVolumeSource;

  /** The PersistentVolume object. */
  public readonly apiObject: ApiObject;

  private reserved?: ClaimReference;

  /** @throws VOL005, VOL007, VOL008, VOL014, VOL022 to VOL027, VOL041, and what the driver's own rules find */
  public constructor(scope: Construct, id: string, props: PersistentVolumeProps) {
    super(scope, id);
    if (!props.source) {
      malformed(this, 'the source', props.source, 'it is missing', 'say where the data lies: source: PersistentVolumeSource.csi({ … })');
    }
    const { csiOptions, nfsOptions, localOptions, hostPathOptions } = props.source;
    this.source = props.source;
    if (csiOptions && !csiOptions.driver) {
      malformed(this, 'the driver', csiOptions.driver, 'it is missing', "hand one over: driver: CsiDriver.fromDriverName('csi.example.com')");
    }
    checkHandedOver(this, 'the driver', csiOptions?.driver, 'driverName', 'CsiDriver.fromDriverName');
    checkClassHandedOver(this, props.storageClass);
    Cluster.requireSame(this, csiOptions?.driver, `CsiDriver.fromDriverName('${csiOptions?.driver.driverName}')`);
    Cluster.requireSame(this, props.storageClass, `StorageClass.fromStorageClassName('${props.storageClass?.storageClassName}')`);
    this.persistentVolumeName = checkSubdomain(this, 'the name of the PersistentVolume', props.name);
    this.capacity = props.capacity;
    this.accessModes = checkAccessModes(this, props.accessModes ?? [AccessMode.READ_WRITE_ONCE]) as AccessMode[];
    this.volumeMode = props.volumeMode ?? VolumeMode.FILESYSTEM;
    this.storageClass = props.storageClass;
    this.driver = csiOptions?.driver;
    this.volumeAttributesClass = props.volumeAttributesClass;
    const mountOptions = checkMountOptions(this, props.mountOptions ?? []);
    if (props.claim) {
      this.reserve(props.claim);
    }
    if (csiOptions) {
      this.checkCsi(csiOptions, props, mountOptions);
    }
    const affinity = nodeAffinity(this, props.nodeAffinity);
    this.checkNode(props, affinity !== undefined);
    if (props.volumeAttributesClass && !csiOptions) {
      malformed(this, 'the VolumeAttributesClass', props.volumeAttributesClass.volumeAttributesClassName, 'the volume has no CSI driver that could change it, and the API server refuses it', 'leave volumeAttributesClass out');
    }
    checkAttributes(this, props.volumeAttributesClass, csiOptions?.driver);
    const manifest = k8s.KubePersistentVolume.manifest({
      metadata: { name: this.persistentVolumeName },
      spec: {
        accessModes: [...this.accessModes],
        capacity: { storage: k8s.Quantity.fromString(quantity(this, 'the capacity', props.capacity)) },
        csi: csiOptions && {
          driver: csiOptions.driver.driverName,
          volumeHandle: csiOptions.volumeHandle,
          volumeAttributes: csiOptions.volumeAttributes ?? undefined,
          fsType: csiOptions.fsType,
          readOnly: csiOptions.readOnly,
          ...this.secretRefs(csiOptions.secrets),
        },
        nfs: nfsOptions && nfsSource(this, nfsOptions, nfsProblem(props)),
        local: localOptions && { path: checkPath(this, localOptions.path, '/mnt/disks/ssd1'), fsType: localOptions.fsType },
        hostPath: hostPathOptions && { path: checkPath(this, hostPathOptions.path, '/srv/data'), type: hostPathOptions.type },
        mountOptions: mountOptions.length > 0 ? mountOptions : undefined,
        nodeAffinity: affinity,
        persistentVolumeReclaimPolicy: props.reclaimPolicy ?? ReclaimPolicy.RETAIN,
        storageClassName: props.storageClass?.storageClassName,
        volumeMode: props.volumeMode,
      },
    });
    if (props.volumeAttributesClass) {
      manifest.spec.volumeAttributesClassName = props.volumeAttributesClass.volumeAttributesClassName;
    }
    // A claim may reserve the volume later.
    manifest.spec.claimRef = Lazy.any({ produce: () => this.reserved && { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...this.reserved } });
    this.apiObject = emit(this, 'Resource', manifest, props, { holdsData: true });
    handles.set(this.apiObject, csiOptions && `${csiOptions.driver.driverName} ${csiOptions.volumeHandle}`);
    if (csiOptions) {
      const read = SECRETS.filter(row => row.byController).map(row => csiOptions.secrets?.[row.property]);
      grantSecrets(this, `persistentvolume-${this.persistentVolumeName}-secrets`, csiOptions.driver, read.filter((secret): secret is SecretReference => Boolean(secret)), props);
    }
  }

  /**
   * Reserves the volume for one claim, so that no other can take it.
   *
   * @throws VOL011 when it is reserved for another one
   */
  public reserve(claim: ClaimReference): void {
    if (this.reserved && (this.reserved.name !== claim.name || this.reserved.namespace !== claim.namespace)) {
      fail(this, VOLUME_RULES.VOL011, { volume: `'${this.persistentVolumeName}'`, first: `${this.reserved.namespace}/${this.reserved.name}` });
    }
    this.reserved = {
      name: checkSubdomain(this, 'the name of the claim', claim.name),
      namespace: checkLabel(this, 'the namespace of the claim', claim.namespace),
    };
  }

  private checkCsi(source: CsiVolumeSourceOptions, props: PersistentVolumeProps, mountOptions: string[]): void {
    const driver = `'${source.driver.driverName}'`;
    const volumeAttributes = source.volumeAttributes ?? {};
    if (!source.volumeHandle) {
      malformed(this, 'volumeHandle', source.volumeHandle, 'it is empty', "give the driver's own name for the volume");
    }
    checkTexts(this, 'the attribute', volumeAttributes);
    checkFileSystem(this, source.fsType);
    profileOf(source.driver).checkVolume?.(this, {
      volumeHandle: source.volumeHandle,
      volumeAttributes,
      mountOptions,
      reclaimPolicy: props.reclaimPolicy ?? ReclaimPolicy.RETAIN,
      accessModes: this.accessModes,
      volumeMode: props.volumeMode,
    });
    checkBlock(this, source.driver, props.volumeMode);
    checkWriters(this, source.driver, this.accessModes, props.volumeMode);
    if (source.readOnly && source.driver.capabilities === undefined) {
      cannotCheck(this, VOLUME_RULES.VOL007, `the capabilities of the driver ${driver}`);
    } else if (source.readOnly && !source.driver.capabilities?.attach) {
      fail(this, VOLUME_RULES.VOL007, { driver });
    }
  }

  /** The secrets as the source names them. */
  private secretRefs(secrets?: CsiVolumeSecrets): { [ref: string]: k8s.SecretReference } {
    return Object.fromEntries(SECRETS.flatMap(({ property }) => {
      const secret = secrets?.[property];
      return secret ? [[`${property}SecretRef`, this.fixed(`secrets.${property}`, secret)]] : [];
    }));
  }

  /** A Secret without templates: no sidecar fills them in for a volume that exists. */
  private fixed(what: string, { name, namespace }: SecretReference): k8s.SecretReference {
    if (`${name}${namespace}`.includes('$')) {
      malformed(this, what, `${namespace}/${name}`, 'a volume that exists has no templates', 'name the Secret itself: SecretReference.fromName(name, namespace)');
    }
    return { name: checkSubdomain(this, `the Secret of ${what}`, name), namespace: checkLabel(this, `the namespace of ${what}`, namespace) };
  }

  /** VOL027 to VOL029 */
  private checkNode(props: PersistentVolumeProps, isPlaced: boolean): void {
    const { localOptions, hostPathOptions } = props.source;
    const kind = localOptions ? 'local' : 'hostPath';
    if (!localOptions && !hostPathOptions) {
      return;
    }
    checkFileSystem(this, localOptions?.fsType);
    const problem = localOptions && !isPlaced ? 'nodeAffinity does not say on which: the API server refuses it'
      : props.reclaimPolicy === ReclaimPolicy.DELETE ? 'nobody deletes it there: with reclaimPolicy Delete it would only end as Failed'
        : hostPathOptions && props.volumeMode === VolumeMode.BLOCK ? 'hostPath has no block devices' : undefined;
    if (problem) {
      fail(this, VOLUME_RULES.VOL027, { kind, problem });
    }
    if (localOptions && props.storageClass) {
      this.checkBinding(props.storageClass);
    }
    if (hostPathOptions && !isPlaced && Platform.of(this).nodes === NodeCount.MULTIPLE) {
      report(this, VOLUME_RULES.VOL029);
    }
  }

  /** VOL028 */
  private checkBinding({ storageClassName, volumeBindingMode }: IStorageClass): void {
    if (volumeBindingMode === undefined) {
      cannotCheck(this, VOLUME_RULES.VOL028, `the volumeBindingMode of the class '${storageClassName}'`);
    } else if (volumeBindingMode !== VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER) {
      report(this, VOLUME_RULES.VOL028, { class: `'${storageClassName}'` });
    }
  }
}

/** VOL014, for what an NFS volume without a driver cannot be. */
function nfsProblem(props: PersistentVolumeProps): string | undefined {
  return props.volumeMode === VolumeMode.BLOCK ? 'NFS has no block devices'
    : props.reclaimPolicy === ReclaimPolicy.DELETE ? 'nobody deletes it: with reclaimPolicy Delete it would only end as Failed' : undefined;
}

/** The driver and handle of a volume; only a volume that is not ours is rendered to learn them. */
function handleOf(object: ApiObject): string | undefined {
  if (handles.has(object)) {
    return handles.get(object);
  }
  const { csi } = object.toJson().spec ?? {};
  return csi && `${csi.driver} ${csi.volumeHandle}`;
}

/** VOL004, for all volumes of a cluster, whoever wrote them. */
clusterChecks.push(objects => {
  const volumes = objects.filter(object => object.kind === 'PersistentVolume');
  eachRepeated(volumes, handleOf, (object, handle, first) => {
    report(object, VOLUME_RULES.VOL004, { key: `'${handle.slice(handle.indexOf(' ') + 1)}'`, first: first.node.path });
  });
});
