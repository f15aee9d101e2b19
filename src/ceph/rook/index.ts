export * from './cluster';
export * from './i-rook-operator';
export * from './operator';
