import { RookDeviceSet } from './rook-storage-options';
import { CephClusterSpecStorage } from '../../../../imports/ceph.rook.io';

/** A choice of disks, as rules look at it. */
export interface Selection {
  /** For messages, such as `nodes[0]`. */
  readonly where: string;
  readonly devices?: readonly string[];
  readonly deviceFilter?: string;
  readonly devicePathFilter?: string;
  /** Whether every empty disk is taken. */
  readonly everything?: boolean;
  readonly metadataDevice?: string;
  readonly deviceClass?: string;
  /** How many nodes it is of, if that shows. */
  readonly hosts?: number;
  /** How many OSDs it gives, if that shows. */
  readonly osds?: number;
}

export interface StorageParts {
  readonly spec: CephClusterSpecStorage;
  readonly selections: readonly Selection[];
  readonly sets: readonly RookDeviceSet[];
}

const PARTS = new WeakMap<object, StorageParts>();

export function declareParts(storage: object, parts: StorageParts): void {
  PARTS.set(storage, parts);
}

/** What a RookStorage is made of; nothing where it is none. */
export function partsOf(storage: object): StorageParts | undefined {
  return typeof storage === 'object' && storage !== null ? PARTS.get(storage) : undefined;
}
