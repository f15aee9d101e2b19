import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkMountOptions } from './checks';
import { ReclaimPolicy, VolumeBindingMode } from './modes';
import { VOLUME_RULES } from './rules';
import { profileOf } from '../csi/driver-profile';
import { ICsiDriver } from '../csi/i-csi-driver';
import { grantSecrets, RESERVED, SecretReference } from '../csi/secret-reference';
import { checkAtSynth, fail, report, unchecked } from '../findings/report';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkSubdomain } from '../manifest/validate';
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
   * Whether its claims can be enlarged (`allowVolumeExpansion`).
   *
   * @default - not declared
   */
  readonly expansion?: boolean;
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
   * For enlarging volumes in the controller.
   *
   * @default - none
   */
  readonly controllerExpand?: SecretReference;

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
  { property: 'controllerExpand', key: 'controller-expand', byController: true },
  { property: 'nodeStage', key: 'node-stage', byController: false },
  { property: 'nodePublish', key: 'node-publish', byController: false },
];

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

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

  public readonly storageClassName: string;
  public readonly driver?: ICsiDriver;
  public readonly expansion?: boolean;

  /** The StorageClass object. */
  public readonly apiObject: ApiObject;

  /** @throws VOL001, VOL003, VOL005, VOL006, and what the driver's own rules find */
  public constructor(scope: Construct, id: string, props: StorageClassProps) {
    super(scope, id);
    if (!props.driver) {
      fail(this, VOLUME_RULES.VOL005, { what: 'the driver', value: `'${props.driver}'`, problem: 'it is missing', expected: "hand one over: driver: nfs.driver, or CsiDriver.fromDriverName('nfs.csi.k8s.io')" });
    }
    Cluster.requireSame(this, props.driver, `CsiDriver.fromDriverName('${props.driver.driverName}')`);
    this.storageClassName = checkSubdomain(this, 'the name of the StorageClass', props.name);
    this.driver = props.driver;
    this.expansion = props.expansion;
    const parameters = props.parameters ?? {};
    const mountOptions = checkMountOptions(this, props.mountOptions ?? []);
    checkParameters(this, parameters);
    profileOf(props.driver).checkClass?.(this, { parameters, mountOptions, reclaimPolicy: props.reclaimPolicy ?? ReclaimPolicy.DELETE });
    if (props.driver.capabilities?.provision === false) {
      fail(this, VOLUME_RULES.VOL015, { driver: `'${props.driver.driverName}'` });
    }
    this.checkExpansion();

    const secrets = SECRETS.flatMap(row => {
      const secret = props.secrets?.[row.property];
      return secret ? [{ ...row, secret }] : [];
    });
    const reserved = Object.fromEntries(secrets.flatMap(({ key, secret }) => [
      [`${RESERVED}${key}-secret-name`, secret.name],
      [`${RESERVED}${key}-secret-namespace`, secret.namespace],
    ]));
    this.apiObject = emit(this, 'Resource', k8s.KubeStorageClass.manifest({
      metadata: { name: this.storageClassName, ...(props.isDefault ? { annotations: { [DEFAULT_CLASS]: 'true' } } : {}) },
      provisioner: props.driver.driverName,
      parameters: props.parameters || secrets.length > 0 ? { ...parameters, ...reserved } : undefined,
      reclaimPolicy: props.reclaimPolicy,
      volumeBindingMode: props.volumeBindingMode,
      allowVolumeExpansion: props.expansion,
      mountOptions: mountOptions.length > 0 ? mountOptions : undefined,
    }), props);
    grantSecrets(this, `storageclass-${this.storageClassName}-secrets`, props.driver, secrets.filter(row => row.byController).map(row => row.secret), props);
  }

  private checkExpansion(): void {
    if (!this.expansion) {
      return;
    }
    const { driverName, capabilities } = this.driver!;
    if (capabilities === undefined) {
      checkAtSynth(this, () => unchecked(this, VOLUME_RULES.VOL003, `the capabilities of the driver '${driverName}'`));
    } else if (!capabilities.expand) {
      fail(this, VOLUME_RULES.VOL003, { driver: `'${driverName}'` });
    }
  }

}

/** VOL001, VOL002, for all classes of a cluster, whoever wrote them. */
clusterChecks.push((objects, cluster) => {
  const { name, defaultStorageClass } = Platform.of(cluster).distribution;
  const [first, ...others] = objects
    .filter(object => object.kind === 'StorageClass' && object.toJson().metadata.annotations?.[DEFAULT_CLASS] === 'true');
  others.forEach(object => report(object, VOLUME_RULES.VOL001, { first: first.node.path }));
  if (first && defaultStorageClass !== undefined && defaultStorageClass !== first.name) {
    report(first, VOLUME_RULES.VOL002, { distribution: name, bundled: defaultStorageClass });
  }
});

const MAX_PARAMETERS = 512;
const MAX_PARAMETER_BYTES = 256 * 1024;

/** As the API server and csi-provisioner check them. */
function checkParameters(scope: Construct, parameters: Record<string, string>): void {
  const entries = Object.entries(parameters);
  const missing = entries.find(([, value]) => typeof value !== 'string');
  if (missing) {
    fail(scope, VOLUME_RULES.VOL005, { what: 'the parameter', value: `'${missing[0]}'`, problem: 'it has no value', expected: 'give it a value, or leave it out' });
  }
  const bytes = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  if (entries.length > MAX_PARAMETERS || bytes > MAX_PARAMETER_BYTES) {
    fail(scope, VOLUME_RULES.VOL005, {
      what: 'the parameters', value: `(${entries.length}, ${bytes} bytes)`, problem: 'there are too many', expected: 'at most 512 parameters, 256 KiB together',
    });
  }
  for (const [key] of entries) {
    if (key === '') {
      fail(scope, VOLUME_RULES.VOL005, { what: 'the parameter', value: "''", problem: 'its key is empty', expected: "name it as the driver's documentation does" });
    }
    if (key.startsWith(RESERVED)) {
      fail(scope, VOLUME_RULES.VOL006, { key });
    }
  }
}
