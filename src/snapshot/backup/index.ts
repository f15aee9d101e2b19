export * from './backup-engine';
export * from './backup-policy';
export * from './velero-options';
export * from './volsync-direct-restore';
export * from './volsync-options';
export * from './volsync-restore';
export * from './volsync-restore-options';
