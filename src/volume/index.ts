export * from './modes';
export * from './persistent-volume';
export * from './persistent-volume-claim';
export * from './persistent-volume-source';
export * from './pod-volume';
export * from './storage-class';
