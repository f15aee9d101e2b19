export * from './i-rook-operator';
