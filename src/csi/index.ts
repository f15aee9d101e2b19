export * from './capabilities';
export * from './csi-driver';
export * from './csi-driver-props';
export * from './csi-permission';
export * from './csi-pod-options';
export * from './csi-sidecar-options';
export * from './i-csi-driver';
export * from './service-account-reference';
export { SecretReference } from './secret-reference';
