export * from './rbd-image-options';
export * from './rbd-map-options';
