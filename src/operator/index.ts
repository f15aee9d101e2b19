export * from './custom-resource';
export * from './operator-access';
export * from './operator-pod-options';
export * from './storage-operator';
export * from './storage-operator-props';
