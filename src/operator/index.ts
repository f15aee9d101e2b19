export * from './custom-resource';
