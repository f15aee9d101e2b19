import { isIP } from 'net';
import { ApiObject, Lazy, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkAccessModes, checkMountOptions } from './checks';
import { AccessMode, ReclaimPolicy, VolumeMode } from './modes';
import { CsiVolumeSourceOptions, NfsVolumeSourceOptions, PersistentVolumeSource } from './persistent-volume-source';
import { VOLUME_RULES } from './rules';
import { IStorageClass } from './storage-class';
import { profileOf } from '../csi/driver-profile';
import { fail, report } from '../findings/report';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkLabel, checkSubdomain, quantity } from '../manifest/validate';
import { Cluster } from '../platform/cluster';
import { clusterChecks, eachRepeated } from '../platform/cluster-checks';

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
}

/** The driver and handle of each volume of ours that has them. */
const handles = new WeakMap<ApiObject, string | undefined>();

/** A PersistentVolume for data that exists already. */
export class PersistentVolume extends Construct implements IPersistentVolume {
  public readonly persistentVolumeName: string;
  public readonly capacity: Size;
  public readonly accessModes: AccessMode[];
  public readonly volumeMode: VolumeMode;
  public readonly storageClass?: IStorageClass;

  /** The PersistentVolume object. */
  public readonly apiObject: ApiObject;

  private reserved?: ClaimReference;

  /** @throws VOL005, VOL007, VOL008, and what the driver's own rules find */
  public constructor(scope: Construct, id: string, props: PersistentVolumeProps) {
    super(scope, id);
    const { csiOptions, nfsOptions } = props.source;
    Cluster.requireSame(this, csiOptions?.driver, `CsiDriver.fromDriverName('${csiOptions?.driver.driverName}')`);
    Cluster.requireSame(this, props.storageClass, `StorageClass.fromStorageClassName('${props.storageClass?.storageClassName}')`);
    this.persistentVolumeName = checkSubdomain(this, 'the name of the PersistentVolume', props.name);
    this.capacity = props.capacity;
    this.accessModes = props.accessModes ?? [AccessMode.READ_WRITE_ONCE];
    this.volumeMode = props.volumeMode ?? VolumeMode.FILESYSTEM;
    this.storageClass = props.storageClass;
    const mountOptions = checkMountOptions(this, props.mountOptions ?? []);
    if (props.claim) {
      this.reserve(props.claim);
    }
    if (csiOptions) {
      this.checkCsi(csiOptions, props, mountOptions);
    }
    const manifest = k8s.KubePersistentVolume.manifest({
      metadata: { name: this.persistentVolumeName },
      spec: {
        accessModes: checkAccessModes(this, this.accessModes),
        capacity: { storage: k8s.Quantity.fromString(quantity(this, 'the capacity', props.capacity)) },
        csi: csiOptions && {
          driver: csiOptions.driver.driverName,
          volumeHandle: csiOptions.volumeHandle,
          volumeAttributes: csiOptions.volumeAttributes,
          fsType: csiOptions.fsType,
          readOnly: csiOptions.readOnly,
        },
        nfs: nfsOptions && this.checkNfs(nfsOptions, props),
        mountOptions: mountOptions.length > 0 ? mountOptions : undefined,
        persistentVolumeReclaimPolicy: props.reclaimPolicy ?? ReclaimPolicy.RETAIN,
        storageClassName: props.storageClass?.storageClassName,
        volumeMode: props.volumeMode,
      },
    });
    // A claim may reserve the volume later.
    manifest.spec.claimRef = Lazy.any({ produce: () => this.reserved && { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...this.reserved } });
    this.apiObject = emit(this, 'Resource', manifest, props, { holdsData: true });
    handles.set(this.apiObject, csiOptions && `${csiOptions.driver.driverName} ${csiOptions.volumeHandle}`);
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
    if (source.volumeHandle === '') {
      this.malformed('volumeHandle', "''", 'it is empty', "give the driver's own name for the volume");
    }
    if (source.fsType !== undefined && !/^[a-z0-9._-]+$/.test(source.fsType)) {
      this.malformed('fsType', `'${source.fsType}'`, 'no file system has such a name', "such as 'ext4' or 'xfs'");
    }
    profileOf(source.driver).checkVolume?.(this, {
      volumeHandle: source.volumeHandle,
      volumeAttributes,
      mountOptions,
      reclaimPolicy: props.reclaimPolicy ?? ReclaimPolicy.RETAIN,
      accessModes: this.accessModes,
      volumeMode: props.volumeMode,
    });
    // Until drivers that attach are supported, none heeds it.
    if (source.readOnly) {
      fail(this, VOLUME_RULES.VOL007, { driver });
    }
  }

  private checkNfs(source: NfsVolumeSourceOptions, props: PersistentVolumeProps): k8s.NfsVolumeSource {
    if (!/^[^\s/]+$/.test(source.server) || (/:\d+$/.test(source.server) && isIP(source.server) === 0)) {
      this.malformed('server', `'${source.server}'`, 'it is not a host', "such as 'nfs.example.com', without a port");
    }
    const problem = props.volumeMode === VolumeMode.BLOCK ? 'NFS has no block devices'
      : props.reclaimPolicy === ReclaimPolicy.DELETE ? 'nobody deletes it: with reclaimPolicy Delete it would only end as Failed'
        : /\.svc(\.|$)/.test(source.server) ? `a node does not resolve '${source.server}', as it does not ask the DNS of the cluster` : undefined;
    if (problem) {
      fail(this, VOLUME_RULES.VOL014, { problem });
    }
    if (!/^\/[^\0]*$/.test(source.path)) {
      this.malformed('path', `'${source.path}'`, 'it is not absolute', "such as '/exports/data'");
    }
    return { ...source };
  }

  private malformed(what: string, value: string, problem: string, expected: string): never {
    return fail(this, VOLUME_RULES.VOL005, { what, value, problem, expected });
  }
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
