import type { KubernetesObject } from './kubernetes';
import { same } from './status';

/** Where an object is in its cache: namespace/name, or name. */
export function keyOf({ metadata: { namespace, name } }: KubernetesObject): string {
  return namespace ? `${namespace}/${name}` : name;
}

/** Which of two resource versions is newer: they are decimal numbers, and may be longer than a number of JavaScript is exact. */
export function compareVersions(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Without what takes most of the memory, and nobody reads. */
function slim<T extends KubernetesObject>(object: T): T {
  const { managedFields, ...metadata } = object.metadata as T['metadata'] & { readonly managedFields?: unknown };
  const { [LAST_APPLIED]: applied, ...annotations } = metadata.annotations ?? {};
  return { ...object, metadata: { ...metadata, ...(metadata.annotations ? { annotations } : {}) } };
}

/**
 * What is known of the objects of a kind: by lists and watches, and by the answers to our own writes, so that we never do twice what the
 * watch has not told yet. Nothing older ever replaces what is newer.
 */
export class Cache<T extends KubernetesObject> {
  private readonly objects = new Map<string, T>();
  /** Objects that are known by an answer alone. */
  private readonly answered = new Set<string>();
  private seen = '0';

  /**
   * @param changed told of every object that is another now, or gone
   * @param matters what of an object has to be another for that; all of it where it is missing
   */
  public constructor(private readonly changed: (object: T) => void, private readonly matters?: (object: T) => unknown) {}

  public get(key: string): T | undefined {
    return this.objects.get(key);
  }

  public values(): IterableIterator<T> {
    return this.objects.values();
  }

  /** The answer to a write. If the watch is beyond it, it has told already what became of it. */
  public put(object: T): void {
    if (compareVersions(object.metadata.resourceVersion!, this.seen) > 0 && this.isNewer(object)) {
      this.objects.set(keyOf(object), slim(object));
      this.answered.add(keyOf(object));
    }
  }

  /** The answer to a deletion: it is gone. */
  public drop(object: T): void {
    const key = keyOf(object);
    if (this.objects.get(key)?.metadata.uid === object.metadata.uid) {
      this.objects.delete(key);
      this.answered.delete(key);
      this.changed(object);
    }
  }

  /** An event of the watch. */
  public apply(type: string, object: T): void {
    const key = keyOf(object);
    this.seen = object.metadata.resourceVersion!;
    if (!this.isNewer(object)) {
      return;
    }
    const before = this.objects.get(key);
    if (type === 'DELETED') {
      this.objects.delete(key);
    } else {
      this.objects.set(key, slim(object));
    }
    this.answered.delete(key);
    if (type === 'DELETED' || !before || !this.matters || !same(this.matters(before), this.matters(object))) {
      this.changed(object);
    }
  }

  /** How far the watch has come without an event. */
  public reach(version: string): void {
    this.seen = version;
  }

  /** A list: what is not in it is gone, and what is in it is so, but for what an answer told that is newer. */
  public replace(objects: readonly T[], version: string): void {
    this.seen = version;
    const since = new Set([...this.answered].filter(key => compareVersions(this.objects.get(key)!.metadata.resourceVersion!, version) > 0));
    const listed = new Set(objects.map(keyOf));
    // Of our own writes nobody was told yet, as a watch would have done.
    const untold = new Set(this.answered);
    // Once: if nothing tells of it until the next list, it is gone.
    this.answered.clear();
    for (const [key, object] of this.objects) {
      if (!listed.has(key) && !since.has(key)) {
        this.objects.delete(key);
        this.changed(object);
      }
    }
    for (const object of objects.filter(each => !since.has(keyOf(each)))) {
      const before = this.objects.get(keyOf(object));
      this.objects.set(keyOf(object), slim(object));
      if (untold.has(keyOf(object)) || before?.metadata.resourceVersion !== object.metadata.resourceVersion) {
        this.changed(object);
      }
    }
  }

  private isNewer({ metadata }: T): boolean {
    const known = this.objects.get(keyOf({ metadata }));
    return !known || compareVersions(metadata.resourceVersion!, known.metadata.resourceVersion!) >= 0;
  }
}
