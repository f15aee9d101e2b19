export * from './distribution';
export * from './git-ops-tool';
export * from './kubernetes-version';
export * from './node-count';
export * from './platform';
