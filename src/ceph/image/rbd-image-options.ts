export enum RbdImageFeature { LAYERING = 'layering' }
export enum RbdMounter { KRBD = '', NBD = 'rbd-nbd' }
export interface RbdTopologyPool { readonly pool: string; readonly dataPool?: string }
export interface CephRbdImageOptions {
  readonly imageFeatures?: RbdImageFeature[];
  readonly dataPool?: string;
  readonly mounter?: RbdMounter;
  readonly topologyPools?: RbdTopologyPool[];
}
export interface RbdQos { readonly baseIops?: number }
export interface CephFsMdsPin { readonly random?: number }
export enum CephFsMounter { KERNEL = 'kernel', FUSE = 'fuse' }
export interface CephFsMountOptions { readonly pool?: string; readonly mounter?: CephFsMounter }
