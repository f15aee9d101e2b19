export * from './snapshot-class-options';
