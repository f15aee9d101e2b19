export * from './existing-kadalu-operator-options';
export * from './kadalu-access-options';
export * from './kadalu-brick';
export * from './kadalu-operator';
export * from './kadalu-operator-props';
export * from './kadalu-pool-options';
