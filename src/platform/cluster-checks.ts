import { Construct } from 'constructs';

/**
 * What is looked at in every cluster when the app is synthesized, also at objects that the user wrote
 * beside ours. The rooms above add to it when they are loaded.
 */
export const clusterChecks: ((cluster: Construct) => void)[] = [];
