import { SNAPSHOT_RULES } from './rules';
import { fail } from '../findings/report';
import { checkLabel, shown } from '../manifest/validate';
import { checkClassHandedOver, existing, notHandedOver } from '../volume/checks';
import { IPersistentVolumeClaim } from '../volume/persistent-volume-claim';
import { IStorageClass } from '../volume/storage-class';

/** Which claims of a StatefulSet. */
export interface StatefulSetClaimsOptions {
  /**
   * The claim templates of which the claims are.
   *
   * @default - all
   */
  readonly templates?: string[];

  /**
   * How many replicas there are, for engines that write an object for each claim.
   *
   * @default - not known
   */
  readonly replicas?: number;
}

/** Which claims are protected. Only claims that are bound, and are not being deleted, are looked at. */
export class ClaimSelector {
  /** These claims. @throws SNP022 */
  public static of(...claims: IPersistentVolumeClaim[]): ClaimSelector {
    if (claims.length === 0) {
      refuse('the list of claims', 'it is empty', 'ClaimSelector.of(claim), or ClaimSelector.all() for all of the namespace');
    }
    for (const claim of claims) {
      if (typeof claim?.claimName !== 'string') {
        refuse('the claim', notHandedOver(claim), `hand one over: ${existing('PersistentVolumeClaim.fromClaimName', claim, 'data')}`);
      }
    }
    return new ClaimSelector({ claims: [...claims] });
  }

  /** Claims that have all of these labels. @throws SNP022 */
  public static labels(labels: { [label: string]: string }): ClaimSelector {
    if (Object.keys(labels ?? {}).length === 0) {
      refuse('the labels of the claims', 'there are none', "ClaimSelector.labels({ app: 'shop' }), or ClaimSelector.all() for all of the namespace");
    }
    return new ClaimSelector({ matchLabels: { ...labels } });
  }

  /** Claims of a class. @throws VOL005 for what is no class */
  public static storageClass(storageClass: IStorageClass): ClaimSelector {
    if (storageClass === undefined || storageClass === null) {
      refuse('the class of the claims', 'it is missing', "ClaimSelector.storageClass(StorageClass.fromStorageClassName('fast'))");
    }
    checkClassHandedOver(undefined, storageClass);
    return new ClaimSelector({ ofStorageClass: storageClass });
  }

  /** The claims that a StatefulSet made by its claim templates: `<template>-<StatefulSet>-<number>`. @throws MAN001, SNP022 */
  public static statefulSet(name: string, options: StatefulSetClaimsOptions = {}): ClaimSelector {
    checkLabel(undefined, 'the name of the StatefulSet', name);
    options.templates?.forEach(template => checkLabel(undefined, 'the name of the claim template', template));
    const { replicas } = options;
    if (options.templates?.length === 0 || (replicas !== undefined && !(Number.isInteger(replicas) && replicas > 0))) {
      refuse('the claims of the StatefulSet', options.templates?.length === 0 ? 'the list of templates is empty' : `replicas is ${shown(replicas)}`, "ClaimSelector.statefulSet('db', { templates: ['data'], replicas: 3 })");
    }
    return new ClaimSelector({ ofStatefulSet: name, ...options });
  }

  /** All claims of the namespaces. */
  public static all(): ClaimSelector {
    return new ClaimSelector({});
  }

  /** The claims, where they are named. */
  public readonly claims?: IPersistentVolumeClaim[];

  /** The labels of the claims. */
  public readonly matchLabels?: { [label: string]: string };

  /** The class of the claims. */
  public readonly ofStorageClass?: IStorageClass;

  /** The name of the StatefulSet whose claims they are. */
  public readonly ofStatefulSet?: string;

  /** The claim templates of that StatefulSet. */
  public readonly templates?: string[];

  /** How many replicas that StatefulSet has, where it is known. */
  public readonly replicas?: number;

  private constructor(selection: Partial<ClaimSelector>) {
    this.claims = selection.claims;
    this.matchLabels = selection.matchLabels;
    this.ofStorageClass = selection.ofStorageClass;
    this.ofStatefulSet = selection.ofStatefulSet;
    this.templates = selection.templates;
    this.replicas = selection.replicas;
  }
}

function refuse(what: string, problem: string, expected: string): never {
  return fail(undefined, SNAPSHOT_RULES.SNP022, { what, problem, expected });
}
