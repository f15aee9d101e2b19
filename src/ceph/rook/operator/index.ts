export * from './existing-rook-operator-options';
export * from './rook-log-level';
export * from './rook-operator';
export * from './rook-operator-props';
