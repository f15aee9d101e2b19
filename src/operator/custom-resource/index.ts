export * from './cel-rule';
export * from './collection-options';
export * from './custom-resource';
export * from './custom-resource-version';
export * from './field-options';
export * from './schema-field';
