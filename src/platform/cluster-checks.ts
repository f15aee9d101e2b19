import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';

/** Every object at or below a construct, in the order in which it is written. */
export function objectsOf(scope: IConstruct): ApiObject[] {
  return scope.node.findAll().filter((child): child is ApiObject => ApiObject.isApiObject(child));
}

/**
 * What is looked at in every cluster when the app is synthesized, also at objects that the user wrote
 * beside ours. The rooms above add to it when they are loaded.
 */
export const clusterChecks: ((objects: readonly ApiObject[], cluster: Construct) => void)[] = [];

/** Calls `found` for each object whose key an earlier one has; objects without a key are passed over. */
export function eachRepeated(
  objects: readonly ApiObject[],
  keyOf: (object: ApiObject) => string | undefined,
  found: (object: ApiObject, key: string, first: ApiObject) => void,
): void {
  const owners = new Map<string, ApiObject>();
  for (const object of objects) {
    const key = keyOf(object);
    const first = key === undefined ? undefined : owners.get(key);
    if (key !== undefined && first) {
      found(object, key, first);
    } else if (key !== undefined) {
      owners.set(key, object);
    }
  }
}

/** Runs them all, over one walk through the tree. */
export function checkCluster(cluster: Construct): void {
  const objects = objectsOf(cluster);
  clusterChecks.forEach(check => check(objects, cluster));
}
