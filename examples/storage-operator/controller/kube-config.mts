/** All that the bundle has of the library, which is a module of another kind than these files; the rest of it, 15 MB, stays out. */
export { KubeConfig } from '@kubernetes/client-node';
