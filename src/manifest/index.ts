export * from './manifest-props';
export * from './namespace';
export * from './sync-waves';
