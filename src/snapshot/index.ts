export { SnapshotController, SnapshotControllerProps } from './snapshot-controller';
export * from './volume-snapshot-class';
