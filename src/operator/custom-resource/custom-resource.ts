import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { CustomResourceVersion } from './custom-resource-version';
import './clashes';
import './legacy';
import { isLabel, Names, namesOf } from './names';
import { CUSTOM_RESOURCE_RULES } from './rules';
import { checkSameFields, checkVersions, orUndefined, renderVersion } from './versions';
import { fail } from '../../findings/report';
import { emit } from '../../manifest/emit';
import { ManifestProps } from '../../manifest/manifest-props';
import { all, ANY, checkShape, FLAG, listOf, oneOf, spelled, TEXT } from '../../manifest/shapes';
import { shown } from '../../manifest/validate';

/** Where the objects of a kind are. */
export enum ResourceScope {
  /** In a namespace. */
  NAMESPACED = 'Namespaced',
  /** In no namespace: one of each name in the cluster. */
  CLUSTER = 'Cluster',
}

/** A kind of objects that an API server can be told of, or knows. */
export interface ICustomResource {
  /** Its group, such as `storage.example.com`. */
  readonly group: string;
  /** The kind, such as `Storage`. */
  readonly kind: string;
  /** Its name in requests and in RBAC, such as `storages`. */
  readonly plural: string;
  /** Whether objects are in a namespace. */
  readonly scope: ResourceScope;
  /** Whether it has the subresource `status`, which is a resource of its own in RBAC. */
  readonly hasStatus: boolean;
  /** Whether it has the subresource `scale`, which is a resource of its own in RBAC. */
  readonly hasScale: boolean;
  /** Its versions, such as `v1`; the one that is stored is first. */
  readonly versions: string[];
}

/** What is known of a kind that exists already. */
export interface ExistingCustomResourceOptions {
  /** Its group, such as `snapshot.storage.k8s.io`; empty for kinds of the core, such as ConfigMap. */
  readonly group: string;

  /** The kind, such as `VolumeSnapshot`. */
  readonly kind: string;

  /**
   * Its name in requests and in RBAC.
   *
   * @default - the kind in small letters, in the plural of English
   */
  readonly plural?: string;

  /**
   * Whether objects are in a namespace.
   *
   * @default ResourceScope.NAMESPACED
   */
  readonly scope?: ResourceScope;

  /**
   * The version that is used.
   *
   * @default 'v1'
   */
  readonly version?: string;

  /**
   * Whether it has the subresource `status`.
   *
   * @default true
   */
  readonly status?: boolean;

  /**
   * Whether it has the subresource `scale`.
   *
   * @default false
   */
  readonly scale?: boolean;
}

/** Properties of a CustomResource. */
export interface CustomResourceProps extends ManifestProps {
  /** A domain of one's own, such as `storage.example.com`. */
  readonly group: string;

  /** The kind, such as `Storage`: one word, its parts with capitals. */
  readonly kind: string;

  /**
   * Its name in requests and in RBAC. With the group it is the name of the definition, and cannot be changed later.
   *
   * @default - the kind in small letters, in the plural of English
   */
  readonly plural?: string;

  /**
   * Its name for one object, for `kubectl`.
   *
   * @default - the kind in small letters
   */
  readonly singular?: string;

  /**
   * The kind of a list of objects.
   *
   * @default - the kind, and `List`
   */
  readonly listKind?: string;

  /**
   * Short names for `kubectl`, such as `stg`.
   *
   * @default - none
   */
  readonly shortNames?: string[];

  /**
   * What the kind belongs to, for `kubectl get <category>`; `all` is one.
   *
   * @default - none
   */
  readonly categories?: string[];

  /**
   * Whether objects are in a namespace. It cannot be changed later.
   *
   * @default ResourceScope.NAMESPACED
   */
  readonly scope?: ResourceScope;

  /** The versions; one where the kind is new. */
  readonly versions: CustomResourceVersion[];
}

const SHAPE = spelled({
  ...all(TEXT, 'group', 'kind', 'plural', 'singular', 'listKind'), ...all(listOf(TEXT), 'shortNames', 'categories'), scope: oneOf(ResourceScope), ...all(FLAG, 'status', 'scale'),
  ...all(ANY, 'version', 'versions', 'labels', 'annotations'),
});
const MOST_BYTES = 262_144;

/** Groups in which the API server asks for an approval. */
const PROTECTED = /(^|\.)(k8s|kubernetes)\.io$/;
const APPROVED = 'api-approved.kubernetes.io';

/**
 * A kind of one's own: a CustomResourceDefinition, made of fields with types, and checked as the API server would.
 *
 * Deleting the definition deletes every object of the kind, so it is protected from pruning where the platform declares a GitOps tool.
 *
 * @see https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/custom-resources/
 */
export class CustomResource extends Construct implements ICustomResource {
  /**
   * A kind that exists already, such as VolumeSnapshot. Nothing is written.
   *
   * @throws OPR001, OPR005 when nothing can have these names
   */
  public static fromDefinition(options: ExistingCustomResourceOptions): ICustomResource {
    checkShape(undefined, '', options, SHAPE, CUSTOM_RESOURCE_RULES.OPR005);
    const { group, kind, plural } = namesOf(undefined, options, true);
    const { scope = ResourceScope.NAMESPACED, version = 'v1', status = true, scale = false } = options;
    if (!isLabel(version)) {
      fail(undefined, CUSTOM_RESOURCE_RULES.OPR001, { what: 'the version', value: shown(version), problem: 'it is no name of a version', example: "version: 'v1'" });
    }
    return { group, kind, plural, scope, hasStatus: status, hasScale: scale, versions: [version] };
  }

  public readonly group: string;
  public readonly kind: string;
  public readonly plural: string;
  public readonly scope: ResourceScope;
  public readonly hasStatus: boolean;
  public readonly hasScale: boolean;
  public readonly versions: string[];

  /** Its name for one object. */
  public readonly singular: string;

  /** The version that objects are stored in. */
  public readonly storageVersion: string;

  /** The group and the stored version, as manifests of its objects have them. */
  public readonly apiVersion: string;

  /** The name of the definition. */
  public readonly crdName: string;

  /** The CustomResourceDefinition. */
  public readonly apiObject: ApiObject;

  /** @throws OPR001 to OPR023, which say what the API server would refuse, and what would never work */
  public constructor(scope: Construct, id: string, props: CustomResourceProps) {
    super(scope, id);
    checkShape(this, '', props, SHAPE, CUSTOM_RESOURCE_RULES.OPR005);
    const names: Names = namesOf(this, props);
    checkApproval(this, names.group, props.annotations?.[APPROVED]);
    this.group = names.group;
    this.kind = names.kind;
    this.plural = names.plural;
    this.singular = names.singular;
    this.scope = props.scope ?? ResourceScope.NAMESPACED;
    this.storageVersion = checkVersions(this, props.versions);
    this.versions = [this.storageVersion, ...props.versions.map(({ name }) => name).filter(name => name !== this.storageVersion)];
    this.hasStatus = props.versions.some(({ status }) => status !== undefined);
    this.hasScale = props.versions.some(({ scale }) => scale !== undefined);
    this.apiVersion = `${this.group}/${this.storageVersion}`;
    this.crdName = `${this.plural}.${this.group}`;
    const { group, shortNames, categories, ...rest } = names;
    const manifest = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: this.crdName },
      spec: {
        group,
        names: { ...rest, shortNames: orUndefined(shortNames), categories: orUndefined(categories) },
        scope: this.scope,
        versions: props.versions.map(version => renderVersion(this, version, this.storageVersion)),
      },
    };
    checkSameFields(this, manifest.spec.versions);
    checkSize(this, manifest);
    this.apiObject = emit(this, 'Definition', manifest, props, { holdsData: true });
  }
}

/** OPR002 */
function checkApproval(scope: Construct, group: string, approval: unknown): void {
  if (PROTECTED.test(group) && !/^unapproved|^[a-zA-Z][\w+.-]*:\/\/[^\s/]/.test(`${approval ?? ''}`)) {
    fail(scope, CUSTOM_RESOURCE_RULES.OPR002, { group, problem: `the annotation ${APPROVED} ${approval === undefined ? 'is missing' : "is no URL, and does not begin with 'unapproved'"}` });
  }
}

/** OPR023 */
function checkSize(scope: Construct, manifest: any): void {
  const bytes = Buffer.byteLength(JSON.stringify(manifest));
  if (bytes > MOST_BYTES) {
    fail(scope, CUSTOM_RESOURCE_RULES.OPR023, { name: manifest.metadata.name, bytes });
  }
}
