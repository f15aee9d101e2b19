export * from './gateway-options';
