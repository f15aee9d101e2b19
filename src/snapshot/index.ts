export * from './snapshot-controller';
export * from './volume-group-snapshot-class';
export * from './volume-snapshot';
export * from './volume-snapshot-class';
