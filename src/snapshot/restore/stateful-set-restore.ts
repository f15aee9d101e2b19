import { Construct } from 'constructs';
import { RestoreOptions } from './restore-options';
import { checkSnapshot, restoredClaim } from './restored-claim';
import { RESTORE_RULES } from './rules';
import { noteRestore } from './template-checks';
import { fail } from '../../findings/report';
import { checkLabel, shown } from '../../manifest/validate';
import { ClaimTemplate } from '../../volume/claim-template';
import { PersistentVolumeClaim } from '../../volume/persistent-volume-claim';
import { IVolumeSnapshot } from '../volume-snapshot';

/** Properties of a StatefulSetRestore. Class, size, modes and labels are those of the template, where it is handed over, unless given. */
export interface StatefulSetRestoreProps extends RestoreOptions {
  /** The name of the StatefulSet that is to use the claims. One that is not there yet may be filled beside the one that is. */
  readonly statefulSet: string;

  /**
   * The claim template.
   *
   * @default - `templateName` is needed
   */
  readonly template?: ClaimTemplate;

  /**
   * The name of the claim template, where it is not at hand.
   *
   * @default - `template` is needed
   */
  readonly templateName?: string;

  /**
   * The snapshots, in the order of the members: the first is for member 0.
   *
   * @default - `snapshotsByOrdinal` is needed
   */
  readonly snapshots?: IVolumeSnapshot[];

  /**
   * The snapshots of some members, by their numbers: `{ '1': snapshot }`. The others are left alone, which is the warning SNP043.
   *
   * @default - `snapshots` is needed
   */
  readonly snapshotsByOrdinal?: { [ordinal: string]: IVolumeSnapshot };
}

/** The label controller-revision-hash of a pod is the name of its StatefulSet and up to eleven characters. */
const LONGEST_NAME = 52;

/**
 * The claims `<template>-<StatefulSet>-<number>` of a StatefulSet, filled from snapshots: a StatefulSet whose claims are there takes them as they
 * are. Each of several claim templates has a restore of its own.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage
 */
export class StatefulSetRestore extends Construct {
  /** The name of the StatefulSet. */
  public readonly statefulSet: string;

  /** The name of the claim template. */
  public readonly templateName: string;

  /** The namespace of the claims, where it is known. */
  public readonly namespace?: string;

  private readonly restored: ReadonlyMap<number, PersistentVolumeClaim>;

  /** @throws MAN001, SNP040, SNP041, SNP042, and what a claim throws (VOL016 to VOL019 among it) */
  public constructor(scope: Construct, id: string, props: StatefulSetRestoreProps) {
    super(scope, id);
    const { template } = props;
    this.statefulSet = checkLabel(this, 'the name of the StatefulSet', props.statefulSet);
    if (this.statefulSet.length > LONGEST_NAME) {
      this.refuse(`its name has ${this.statefulSet.length} characters, and with more than ${LONGEST_NAME} the labels of its pods are too long, so none is created`, 'give it a shorter name');
    }
    if (template !== undefined && template !== null && typeof template.name !== 'string') {
      this.refuse(`the claim template is ${shown(template)}`, `for one that is not at hand, give its name: templateName: ${typeof template === 'string' ? shown(template) : "'data'"}`);
    }
    if (!template === !props.templateName) {
      this.refuse(template ? 'it is told a claim template and the name of one' : 'it is told no claim template', "give template: the ClaimTemplate, or templateName: 'data'");
    }
    this.templateName = checkLabel(this, 'the name of the claim template', template ? template.name : props.templateName!);
    const snapshots = this.snapshots(props);
    const options = optionsOf(props);
    this.restored = new Map([...snapshots].map(([ordinal, snapshot]) => (
      [ordinal, restoredClaim(this, `${ordinal}`, snapshot, `${this.templateName}-${this.statefulSet}-${ordinal}`, options)])));
    this.namespace = this.claims[0].namespace;
    noteRestore(this, this.restored);
  }

  /** The claims, in the order of the members. */
  public get claims(): PersistentVolumeClaim[] {
    return [...this.restored.values()];
  }

  /** SNP042, SNP041: the snapshots by the numbers of the members. */
  private snapshots({ snapshots, snapshotsByOrdinal }: StatefulSetRestoreProps): Map<number, IVolumeSnapshot> {
    const example = "snapshots: [first, second, third], or those of some members: snapshotsByOrdinal: { '1': second }";
    if (!snapshots === !snapshotsByOrdinal) {
      this.refuse(`it is told ${snapshots ? 'snapshots in both ways' : 'no snapshots'}`, example);
    }
    if (snapshots && !Array.isArray(snapshots)) {
      this.refuse(`the snapshots are ${shown(snapshots)}, and no list`, example);
    }
    const wrong = Object.keys(snapshotsByOrdinal ?? {}).find(key => !/^(0|[1-9]\d{0,8})$/.test(key));
    if (wrong !== undefined) {
      this.refuse(`no member has the number '${wrong}'`, example);
    }
    const entries: [string, IVolumeSnapshot][] = snapshotsByOrdinal ? Object.entries(snapshotsByOrdinal) : Array.from(snapshots!, (snapshot, index) => [`${index}`, snapshot]);
    if (entries.length === 0) {
      this.refuse('the list of snapshots is empty', example);
    }
    const byOrdinal = new Map(entries.map(([key, snapshot]) => [Number(key), snapshot] as const).sort(([a], [b]) => a - b));
    byOrdinal.forEach((snapshot, ordinal) => checkSnapshot(this, `the snapshot of member ${ordinal}`, snapshot));
    this.checkOneEach(byOrdinal);
    return byOrdinal;
  }

  /** SNP042: no snapshot twice, and no two drivers. */
  private checkOneEach(snapshots: ReadonlyMap<number, IVolumeSnapshot>): void {
    const owners = new Map<string, number>();
    const drivers = [...new Set([...snapshots.values()].flatMap(({ dataSourceDriver }) => dataSourceDriver?.driverName ?? []))];
    for (const [ordinal, { snapshotName }] of snapshots) {
      const first = owners.get(snapshotName);
      if (first !== undefined) {
        this.refuse(`the snapshot '${snapshotName}' is that of member ${first} and of member ${ordinal}, and two members with one identity are the end of most databases`, "give each member the snapshot of its own claim; to seed one on purpose with the data of another, give it a restore of its own: snapshotsByOrdinal: { '1': snapshot }");
      }
      owners.set(snapshotName, ordinal);
    }
    if (drivers.length > 1) {
      this.refuse(`its snapshots are of several drivers (${drivers.join(', ')}), and a claim template has one class`, 'use snapshots of one driver');
    }
  }

  private refuse(problem: string, expected: string): never {
    return fail(this, RESTORE_RULES.SNP042, { name: `'${this.statefulSet}'`, problem, expected });
  }
}

/** What is said of the claims, before what their template says. */
function optionsOf(props: StatefulSetRestoreProps): RestoreOptions {
  const template = props.template?.volume;
  return {
    namespace: props.namespace,
    sourceIsGone: props.sourceIsGone,
    storageClass: props.storageClass ?? template?.storageClass,
    size: props.size ?? template?.size,
    accessModes: props.accessModes ?? template?.accessModes,
    volumeMode: props.volumeMode ?? template?.volumeMode,
    volumeAttributesClass: props.volumeAttributesClass ?? template?.volumeAttributesClass,
    labels: merged(template?.labels, props.labels),
    annotations: merged(template?.annotations, props.annotations),
  };
}

function merged(one?: Record<string, string>, other?: Record<string, string>): Record<string, string> | undefined {
  return one || other ? { ...one, ...other } : undefined;
}
