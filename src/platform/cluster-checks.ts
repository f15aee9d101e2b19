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

/** Runs them all, over one walk through the tree. */
export function checkCluster(cluster: Construct): void {
  const objects = objectsOf(cluster);
  clusterChecks.forEach(check => check(objects, cluster));
}
