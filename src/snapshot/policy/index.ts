export * from './engines/snapshot-engine';
export * from './snapshot-hook';
export * from './snapshot-policy';
export * from './snapshot-policy-alerts';
export * from './snapshot-policy-props';
export * from './snapshot-record';
