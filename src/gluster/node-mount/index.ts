export * from './node-mount-options';
