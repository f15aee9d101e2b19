import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { cannotCheck, checkFileSystem, checkHandedOver, checkMountOptions, checkParameters, malformed } from './checks';
import { NO_PROVISIONER, readClass, refuseManifest } from './class-manifest';
import { ReclaimPolicy, VolumeBindingMode } from './modes';
import { VOLUME_RULES } from './rules';
import { noteParameters } from './written-classes';
import { CsiDriver } from '../csi/csi-driver';
import { legacyClass, onlyReserved, profileOf, refuseLegacy } from '../csi/driver-profile';
import { ICsiDriver } from '../csi/i-csi-driver';
import { checkSecretTokens, grantSecrets, RESERVED, SecretReference, SecretTokens } from '../csi/secret-reference';
import { fail, report } from '../findings/report';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkMetadata, checkSubdomain, isSubdomain } from '../manifest/validate';
import { Cluster } from '../platform/cluster';
import { clusterChecks } from '../platform/cluster-checks';
import { Platform } from '../platform/platform';

/** A StorageClass that claims can name: written by a construct, or there already. */
export interface IStorageClass {
  /** The name of the class. */
  readonly storageClassName: string;

  /**
   * The driver that serves it.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly driver?: ICsiDriver;

  /**
   * Whether its claims can be enlarged.
   *
   * @default - not declared
   */
  readonly expansion?: boolean;

  /**
   * Whether its claims get a new volume, as opposed to one that somebody wrote.
   *
   * @default - what the driver can do; without a driver it is not declared
   */
  readonly provisions?: boolean;

  /**
   * When its claims get their volumes.
   *
   * @default - not declared
   */
  readonly volumeBindingMode?: VolumeBindingMode;
}

/** What is known of a StorageClass that exists already. */
export interface ExistingStorageClassOptions {
  /**
   * The driver that serves it.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly driver?: ICsiDriver;

  /**
   * Whether its claims can be enlarged (`allowVolumeExpansion`). It says, too, that the driver can expand, where its capabilities are not declared.
   *
   * @default - not declared
   */
  readonly expansion?: boolean;

  /**
   * Whether its claims get a new volume, as opposed to one that somebody wrote.
   *
   * @default - what the driver can do; without a driver it is not declared
   */
  readonly provisions?: boolean;

  /**
   * When its claims get their volumes.
   *
   * @default - not declared
   */
  readonly volumeBindingMode?: VolumeBindingMode;
}

/** What a manifest of a StorageClass does not say. */
export interface StorageClassManifestOptions {
  /**
   * The driver that serves it, with what is known of it. For a provisioner that was a part of Kubernetes, such as `kubernetes.io/aws-ebs`, the CSI
   * driver that serves its volumes now.
   *
   * @default - `CsiDriver.fromDriverName` of its provisioner, where that can be a driver's name: rules on what it can do are listed as unchecked
   */
  readonly driver?: ICsiDriver;
}

/** Secrets that a class hands to its driver. @see https://kubernetes-csi.github.io/docs/secrets-and-credentials-storage-class.html */
export interface StorageClassSecrets {
  /**
   * For creating and deleting volumes.
   *
   * @default - none
   */
  readonly provisioner?: SecretReference;

  /**
   * For attaching volumes to nodes.
   *
   * @default - none
   */
  readonly controllerPublish?: SecretReference;

  /**
   * For enlarging volumes in the controller. A volume keeps what its class said when it was created: a Secret that is named later is not handed over for it.
   *
   * @default - none, also where `provisioner` is given
   */
  readonly controllerExpand?: SecretReference;

  /**
   * For enlarging volumes on a node. The kubelet reads it.
   *
   * @default - none
   */
  readonly nodeExpand?: SecretReference;

  /**
   * For changing volumes by a VolumeAttributesClass.
   *
   * @default - csi-resizer's own: `controllerExpand`
   */
  readonly controllerModify?: SecretReference;

  /**
   * For staging volumes on a node. The kubelet reads it.
   *
   * @default - none
   */
  readonly nodeStage?: SecretReference;

  /**
   * For mounting volumes on a node. The kubelet reads it.
   *
   * @default - none
   */
  readonly nodePublish?: SecretReference;
}

/** Properties of a StorageClass. Only what is set is rendered, because a class cannot be changed later. */
export interface StorageClassProps extends ManifestProps {
  /** The name of the class. */
  readonly name: string;

  /** The driver that serves it. */
  readonly driver: ICsiDriver;

  /**
   * The driver's own parameters.
   *
   * @default - none
   */
  readonly parameters?: { [key: string]: string };

  /**
   * Secrets that are handed to the driver; the driver's account is granted to read them, by name.
   *
   * @default - none
   */
  readonly secrets?: StorageClassSecrets;

  /**
   * What becomes of a volume when its claim is deleted.
   *
   * @default - Kubernetes' own: ReclaimPolicy.DELETE
   */
  readonly reclaimPolicy?: ReclaimPolicy;

  /**
   * When a claim gets its volume.
   *
   * @default - Kubernetes' own: VolumeBindingMode.IMMEDIATE
   */
  readonly volumeBindingMode?: VolumeBindingMode;

  /**
   * Whether claims can be enlarged.
   *
   * @default - Kubernetes' own: false
   */
  readonly expansion?: boolean;

  /**
   * The file system of its volumes (`csi.storage.k8s.io/fstype`), such as `ext4` or `xfs`.
   *
   * @default - the driver's
   */
  readonly fsType?: string;

  /**
   * Where volumes may be made, by labels of nodes and the values that will do: `{ 'topology.kubernetes.io/zone': ['a', 'b'] }`. All labels have to
   * match. The driver needs the capability `topology`.
   *
   * @default - wherever the driver, or the pod, wants it
   */
  readonly allowedTopologies?: { [label: string]: string[] };

  /**
   * Options for mounting its volumes, one per entry.
   *
   * @default - none
   */
  readonly mountOptions?: string[];

  /**
   * Whether claims without a class get this one.
   *
   * @default false
   */
  readonly isDefault?: boolean;
}

/** The reserved parameters of each Secret, and whether the driver's controller is who reads it. */
const SECRETS: { readonly property: keyof StorageClassSecrets; readonly key: string; readonly byController: boolean }[] = [
  { property: 'provisioner', key: 'provisioner', byController: true },
  { property: 'controllerPublish', key: 'controller-publish', byController: true },
  { property: 'controllerExpand', key: 'controller-expand', byController: true },
  { property: 'controllerModify', key: 'controller-modify', byController: true },
  { property: 'nodeExpand', key: 'node-expand', byController: false },
  { property: 'nodeStage', key: 'node-stage', byController: false },
  { property: 'nodePublish', key: 'node-publish', byController: false },
];

/** What csi-provisioner fills into the templates of a class. */
const SECRET_TOKENS: SecretTokens = { name: ['pv.name', 'pvc.name', 'pvc.namespace', 'pvc.annotations'], namespace: ['pv.name', 'pvc.namespace'] };

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** What marks a default class; Kubernetes still heeds the second one. */
const DEFAULT_MARKS = [DEFAULT_CLASS, 'storageclass.beta.kubernetes.io/is-default-class'];

const RESERVED_ADVICE = {
  why: 'csi-provisioner refuses an unknown one when the first claim comes, and a Secret without its grant cannot be read',
  expected: "use the typed property instead: fsType: 'ext4' for the file system, secrets: { provisioner: SecretReference.fromName(name, namespace) } for a Secret",
};

/** A StorageClass. */
export class StorageClass extends Construct implements IStorageClass {
  /**
   * A class that exists already.
   *
   * @param storageClassName its name
   * @param options what is known of it
   * @throws MAN001 when nothing can have that name
   */
  public static fromStorageClassName(storageClassName: string, options: ExistingStorageClassOptions = {}): IStorageClass {
    return { storageClassName: checkSubdomain(undefined, 'the name of the StorageClass', storageClassName), ...options };
  }

  /**
   * A class that exists already, and what its manifest says of it: provisioner, expansion, and when it binds. `kubectl get storageclass fast -o json > fast.json`
   * writes one; it is read when the app is synthesized.
   *
   * @param path the file, in JSON; from where the app is synthesized, unless it is absolute
   * @param options what the manifest does not say
   * @throws VOL044 when it is no StorageClass in JSON, or of another driver than the one that is given; CSI008 when its provisioner is one that no longer works
   */
  public static fromManifest(path: string, options: StorageClassManifestOptions = {}): IStorageClass {
    const { name, provisioner, expansion, volumeBindingMode, manifest } = readClass(path);
    refuseLegacy(undefined, legacyClass(manifest), false);
    const given = options.driver?.driverName;
    // Classes of what was a part of Kubernetes are served by CSI drivers of other names.
    const isMigrated = provisioner.startsWith('kubernetes.io/') && provisioner !== NO_PROVISIONER;
    if (given !== undefined && given !== provisioner && !isMigrated) {
      refuseManifest(path, name, `its provisioner is '${provisioner}', but the driver that is given is '${given}'`);
    }
    const provisions = provisioner !== NO_PROVISIONER;
    // Provisioners that are no CSI drivers may have other names, such as those with a slash.
    const driver = options.driver ?? (isSubdomain(provisioner, 63) ? CsiDriver.fromDriverName(provisioner) : undefined);
    return { storageClassName: checkSubdomain(undefined, 'the name of the StorageClass', name), driver, expansion, provisions, volumeBindingMode };
  }

  public readonly storageClassName: string;
  public readonly driver?: ICsiDriver;
  public readonly expansion?: boolean;
  public readonly provisions?: boolean;
  public readonly volumeBindingMode?: VolumeBindingMode;

  /** The StorageClass object. */
  public readonly apiObject: ApiObject;

  /** @throws VOL003, VOL005, VOL006, VOL015, VOL039, VOL043, and what the driver's own rules find */
  public constructor(scope: Construct, id: string, props: StorageClassProps) {
    super(scope, id);
    checkHandedOver(this, 'the driver', props.driver, 'driverName', 'CsiDriver.fromDriverName');
    if (!props.driver) {
      malformed(this, 'the driver', props.driver, 'it is missing', "hand one over: driver: nfs.driver, or CsiDriver.fromDriverName('nfs.csi.k8s.io')");
    }
    Cluster.requireSame(this, props.driver, `CsiDriver.fromDriverName('${props.driver.driverName}')`);
    this.storageClassName = checkSubdomain(this, 'the name of the StorageClass', props.name);
    this.driver = props.driver;
    this.expansion = props.expansion;
    // Without capabilities a driver that creates no volumes is not found out, so nothing is said then.
    this.provisions = props.driver.capabilities === undefined ? undefined : true;
    this.volumeBindingMode = props.volumeBindingMode ?? VolumeBindingMode.IMMEDIATE;
    const parameters = props.parameters ?? {};
    const mountOptions = checkMountOptions(this, props.mountOptions ?? []);
    checkParameters(this, parameters, RESERVED_ADVICE);
    noteParameters(this, parameters);
    const secrets = SECRETS.flatMap(row => {
      const secret = props.secrets?.[row.property];
      return secret ? [{ ...row, secret: checkSecretTokens(this, secret, SECRET_TOKENS) }] : [];
    });
    const reserved = {
      ...(props.fsType === undefined ? {} : { [`${RESERVED}fstype`]: props.fsType }),
      ...Object.fromEntries(secrets.flatMap(({ key, secret }) => [
        [`${RESERVED}${key}-secret-name`, secret.name],
        [`${RESERVED}${key}-secret-namespace`, secret.namespace],
      ])),
    };
    refuseLegacy(this, {
      provisioner: props.driver.driverName,
      name: this.storageClassName,
      parameters: props.fsType === undefined ? parameters : { ...parameters, fsType: props.fsType },
      mountOptions,
      reclaimPolicy: props.reclaimPolicy,
      volumeBindingMode: props.volumeBindingMode,
      expansion: props.expansion === true,
      isDefault: props.isDefault === true,
    });
    profileOf(props.driver).checkClass?.(this, {
      name: this.storageClassName,
      driver: props.driver,
      parameters,
      reserved: onlyReserved(reserved),
      mountOptions,
      reclaimPolicy: props.reclaimPolicy ?? ReclaimPolicy.DELETE,
      expansion: props.expansion ?? false,
      volumeBindingMode: this.volumeBindingMode,
    });
    if (props.driver.capabilities?.provision === false) {
      fail(this, VOLUME_RULES.VOL015, { driver: `'${props.driver.driverName}'` });
    }

    this.checkExpansion(props.secrets ?? {});
    checkFileSystem(this, props.fsType);
    this.checkFileSystemOnce(props.fsType, parameters);
    this.apiObject = emit(this, 'Resource', k8s.KubeStorageClass.manifest({
      metadata: { name: this.storageClassName, ...(props.isDefault ? { annotations: { [DEFAULT_CLASS]: 'true' } } : {}) },
      provisioner: props.driver.driverName,
      parameters: props.parameters || Object.keys(reserved).length > 0 ? { ...parameters, ...reserved } : undefined,
      allowedTopologies: this.topologies(props),
      reclaimPolicy: props.reclaimPolicy,
      volumeBindingMode: props.volumeBindingMode,
      allowVolumeExpansion: props.expansion,
      mountOptions: mountOptions.length > 0 ? mountOptions : undefined,
    }), props);
    grantSecrets(this, `storageclass-${this.storageClassName}-secrets`, props.driver, secrets.filter(row => row.byController).map(row => row.secret), props);
  }

  /** VOL005: csi-provisioner takes the parameter in any case, and refuses a second one. */
  private checkFileSystemOnce(fsType: string | undefined, parameters: Readonly<Record<string, string>>): void {
    const [parameter, again] = Object.keys(parameters).filter(key => key.toLowerCase() === 'fstype');
    if (again !== undefined || (fsType !== undefined && parameter !== undefined)) {
      malformed(this, 'the parameter', again ?? parameter, `${again === undefined ? 'fsType' : `'${parameter}'`} says it already, and csi-provisioner refuses both`, "leave the parameter out, and say it once: fsType: 'ext4'");
    }
  }

  /** VOL039 */
  private topologies({ allowedTopologies, driver }: StorageClassProps): k8s.TopologySelectorTerm[] | undefined {
    const entries = Object.entries(allowedTopologies ?? {});
    if (entries.length === 0) {
      return undefined;
    }
    if (driver.capabilities === undefined) {
      cannotCheck(this, VOLUME_RULES.VOL039, `the capabilities of the driver '${driver.driverName}'`);
    } else if (!driver.capabilities.topology) {
      fail(this, VOLUME_RULES.VOL039, { driver: `'${driver.driverName}'` });
    }
    for (const [label, values] of entries) {
      if (!Array.isArray(values) || values.length === 0 || new Set(values).size < values.length) {
        malformed(this, 'the label of allowedTopologies', label, 'it has no values, or one twice', "list those that will do: { 'topology.kubernetes.io/zone': ['a', 'b'] }");
      }
      values.forEach(value => checkMetadata(this, { [label]: value }));
    }
    return [{ matchLabelExpressions: entries.map(([key, values]) => ({ key, values: [...values] })) }];
  }

  /** VOL003, VOL042 */
  private checkExpansion({ provisioner, controllerExpand, nodeExpand }: StorageClassSecrets): void {
    if (!this.expansion) {
      return;
    }
    if (provisioner && !controllerExpand && !nodeExpand && (profileOf(this.driver!).expandsBySecret ?? true)) {
      report(this, VOLUME_RULES.VOL042);
    }
    const { driverName, capabilities } = this.driver!;
    if (capabilities === undefined) {
      cannotCheck(this, VOLUME_RULES.VOL003, `the capabilities of the driver '${driverName}'`);
    } else if (!capabilities.expand) {
      fail(this, VOLUME_RULES.VOL003, { driver: `'${driverName}'` });
    }
  }
}

function isDefault(annotations: Record<string, string> = {}): boolean {
  return DEFAULT_MARKS.some(mark => annotations[mark] === 'true');
}

/** VOL001, VOL002, for all classes of a cluster, whoever wrote them. */
clusterChecks.push((objects, cluster) => {
  const { name, defaultStorageClass } = Platform.of(cluster).distribution;
  const classes = objects.filter(object => object.kind === 'StorageClass');
  const [first, ...others] = classes.filter(object => isDefault(object.toJson().metadata?.annotations));
  others.forEach(object => report(object, VOLUME_RULES.VOL001, { first: first.node.path }));
  // A class of the bundled one's name takes its place, with a mark or without.
  if (first && defaultStorageClass !== undefined && !classes.some(object => object.name === defaultStorageClass)) {
    report(first, VOLUME_RULES.VOL002, { distribution: name, bundled: defaultStorageClass });
  }
});
