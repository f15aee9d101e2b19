export * from './imported-snapshot';
export * from './imported-snapshot-props';
export * from './restore';
export * from './restore-options';
export * from './stateful-set-restore';
