export * from './ganesha-options';
