import { ApiObject, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkClassHandedOver } from './checks';
import { VOLUME_RULES } from './rules';
import { IStorageClass } from './storage-class';
import { fail } from '../findings/report';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkSubdomain, quantity, shown } from '../manifest/validate';
import { Cluster } from '../platform/cluster';

/** What a namespace may ask of one class. */
export interface StorageClassQuota {
  /** The class. */
  readonly storageClass: IStorageClass;

  /**
   * What all claims of the class may ask for together.
   *
   * @default - no limit
   */
  readonly size?: Size;

  /**
   * How many claims of the class there may be; 0 allows none.
   *
   * @default - no limit
   */
  readonly claims?: number;
}

/** Properties of a StorageQuota. */
export interface StorageQuotaProps extends ManifestProps {
  /** The name of the quota. */
  readonly name: string;

  /**
   * The namespace that is limited.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * Limits for classes.
   *
   * @default - none
   */
  readonly storageClasses?: StorageClassQuota[];

  /**
   * What all claims may ask for together, of whichever class.
   *
   * @default - no limit
   */
  readonly size?: Size;

  /**
   * How many claims there may be, of whichever class.
   *
   * @default - no limit
   */
  readonly claims?: number;
}

const CLASS = 'storageclass.storage.k8s.io';

/**
 * A ResourceQuota for storage. It counts what claims ask for, not what is written; claims that exist stay.
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-for-storage
 */
export class StorageQuota extends Construct {
  /** The ResourceQuota object. */
  public readonly apiObject: ApiObject;

  private readonly hard: Record<string, k8s.Quantity> = {};

  /** @throws VOL037 when nothing is limited, or one class twice */
  public constructor(scope: Construct, id: string, props: StorageQuotaProps) {
    super(scope, id);
    this.limit('', 'all classes', props.size, props.claims);
    for (const entry of props.storageClasses ?? []) {
      if (!entry?.storageClass) {
        fail(this, VOLUME_RULES.VOL037, { problem: 'has an entry without a class' });
      }
      const { storageClass, size, claims } = entry;
      checkClassHandedOver(this, storageClass);
      const name = storageClass.storageClassName;
      Cluster.requireSame(this, storageClass, `StorageClass.fromStorageClassName('${name}')`);
      if (size === undefined && claims === undefined) {
        fail(this, VOLUME_RULES.VOL037, { problem: `names the class '${name}' without a limit` });
      }
      this.limit(`${checkSubdomain(this, 'the class with what the quota adds to its name', `${name}.${CLASS}`)}/`, `the class '${name}'`, size, claims);
    }
    if (Object.keys(this.hard).length === 0) {
      fail(this, VOLUME_RULES.VOL037, { problem: 'limits nothing' });
    }
    this.apiObject = emit(this, 'Resource', k8s.KubeResourceQuota.manifest({ metadata: { name: props.name, namespace: props.namespace }, spec: { hard: this.hard } }), props);
  }

  private limit(prefix: string, what: string, size: Size | undefined, claims: number | undefined): void {
    const [bytes, count] = [`${prefix}requests.storage`, `${prefix}persistentvolumeclaims`];
    if (bytes in this.hard || count in this.hard) {
      fail(this, VOLUME_RULES.VOL037, { problem: `limits ${what} twice` });
    }
    if (size !== undefined) {
      this.hard[bytes] = k8s.Quantity.fromString(quantity(this, `the size of the quota for ${what}`, size));
    }
    if (claims !== undefined) {
      if (!Number.isSafeInteger(claims) || claims < 0) {
        fail(this, VOLUME_RULES.VOL037, { problem: `limits the claims of ${what} to ${shown(claims)}, which is no whole number from 0` });
      }
      this.hard[count] = k8s.Quantity.fromNumber(claims);
    }
  }
}
