import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkAttributesApi, checkModifies } from './attributes-checks';
import { checkHandedOver, checkParameters, malformed } from './checks';
import { noteParameters } from './written-classes';
import { ICsiDriver } from '../csi/i-csi-driver';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkSubdomain } from '../manifest/validate';
import { Cluster } from '../platform/cluster';
import { KubernetesVersion } from '../platform/kubernetes-version';
import { Platform } from '../platform/platform';

/** A VolumeAttributesClass that claims can name: written by a construct, or there already. */
export interface IVolumeAttributesClass {
  /** The name of the class. */
  readonly volumeAttributesClassName: string;

  /**
   * The driver that it is for.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly driver?: ICsiDriver;
}

/** What is known of a VolumeAttributesClass that exists already. */
export interface ExistingVolumeAttributesClassOptions {
  /**
   * The driver that it is for.
   *
   * @default - not declared: rules on it are listed as unchecked
   */
  readonly driver?: ICsiDriver;
}

/** Properties of a VolumeAttributesClass. */
export interface VolumeAttributesClassProps extends ManifestProps {
  /** The name of the class. */
  readonly name: string;

  /** The driver that modifies the volumes: `capabilities: { modify: true }`. */
  readonly driver: ICsiDriver;

  /** The driver's own names for what can be changed while a volume is in use, such as `iops`. At least one. */
  readonly parameters: { [key: string]: string };
}

/** What is written; the API of cdk8s-plus-27 is older than the kind. */
interface VolumeAttributesClassManifest {
  readonly apiVersion: string;
  readonly kind: 'VolumeAttributesClass';
  readonly metadata: { readonly name: string };
  readonly driverName: string;
  readonly parameters: Record<string, string>;
}

const RESERVED_ADVICE = {
  why: 'it names Secrets, which a VolumeAttributesClass cannot have',
  expected: 'leave it out; Secrets belong to the StorageClass: secrets: { … }',
};

/**
 * A VolumeAttributesClass: what can be changed of a volume that is in use, by naming another class in its claim. Driver and parameters
 * cannot be changed; write a second class, and name that in the claims.
 *
 * Kubernetes 1.34; in 1.31 to 1.33 a beta that has to be switched on.
 * @see https://kubernetes.io/docs/concepts/storage/volume-attributes-classes/
 */
export class VolumeAttributesClass extends Construct implements IVolumeAttributesClass {
  /**
   * A class that exists already.
   *
   * @param volumeAttributesClassName its name
   * @param options what is known of it
   * @throws MAN001 when nothing can have that name
   */
  public static fromVolumeAttributesClassName(volumeAttributesClassName: string, options: ExistingVolumeAttributesClassOptions = {}): IVolumeAttributesClass {
    return { volumeAttributesClassName: checkSubdomain(undefined, 'the name of the VolumeAttributesClass', volumeAttributesClassName), ...options };
  }

  public readonly volumeAttributesClassName: string;
  public readonly driver?: ICsiDriver;

  /** The VolumeAttributesClass object. */
  public readonly apiObject: ApiObject;

  /** @throws VOL005, VOL006, VOL043 for parameters; VOL023 when the cluster is too old; VOL025 when the driver modifies nothing */
  public constructor(scope: Construct, id: string, props: VolumeAttributesClassProps) {
    super(scope, id);
    checkHandedOver(this, 'the driver', props.driver, 'driverName', 'CsiDriver.fromDriverName');
    if (!props.driver) {
      malformed(this, 'the driver', props.driver, 'it is missing', "hand one over: driver: CsiDriver.fromDriverName('ebs.csi.aws.com', { capabilities: { modify: true } })");
    }
    Cluster.requireSame(this, props.driver, `CsiDriver.fromDriverName('${props.driver.driverName}')`);
    this.volumeAttributesClassName = checkSubdomain(this, 'the name of the VolumeAttributesClass', props.name);
    this.driver = props.driver;
    const parameters = { ...props.parameters };
    if (Object.keys(parameters).length === 0) {
      malformed(this, 'the parameters', '', 'there are none', "give what is to be changed, as the driver names it: parameters: { iops: '4000' }");
    }
    checkParameters(this, parameters, RESERVED_ADVICE);
    noteParameters(this, parameters);
    checkAttributesApi(this);
    checkModifies(this, props.driver);
    const stable = Platform.of(this).kubernetes.isAtLeast(KubernetesVersion.V1_34);
    const manifest: VolumeAttributesClassManifest = {
      apiVersion: `storage.k8s.io/${stable ? 'v1' : 'v1beta1'}`,
      kind: 'VolumeAttributesClass',
      metadata: { name: this.volumeAttributesClassName },
      driverName: props.driver.driverName,
      parameters,
    };
    this.apiObject = emit(this, 'Resource', manifest, props);
  }
}
