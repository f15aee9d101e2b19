export * from './claim-selector';
export * from './policy';
export * from './schedule';
export * from './snapshot-controller';
export * from './snapshot-retention';
export * from './volume-group-snapshot-class';
export * from './volume-snapshot';
export * from './volume-snapshot-class';
