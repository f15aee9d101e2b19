import { Construct, IConstruct } from 'constructs';
import { CephFsMdsPin, CephFsMountOptions, CephRbdImageOptions, RbdQos } from './rbd-image-options';

export const rbdImageParameters = (_scope: Construct, options: CephRbdImageOptions, _context: object): Record<string, string> => (options.imageFeatures ? { imageFeatures: options.imageFeatures.join(',') } : {});
export const cephFsParameters = (_scope: Construct, options: CephFsMountOptions, _context: object): Record<string, string> => (options.mounter ? { mounter: options.mounter } : {});
export const rbdAttributesParameters = (_scope: Construct, _qos: RbdQos, _context: object): Record<string, string> => ({});
export const cephFsAttributesParameters = (_scope: Construct, _pin: CephFsMdsPin, _context: object): Record<string, string> => ({});
export const checkRbdMountOptions = (_scope: IConstruct, _options: readonly string[], _fsType: string | undefined): void => undefined;
export const checkCephFsMountOptions = (_scope: IConstruct, _options: readonly string[]): void => undefined;
export const checkRbdParameters = (_scope: IConstruct, _parameters: Readonly<Record<string, string>>): void => undefined;
export const checkCephFsParameters = (_scope: IConstruct, _parameters: Readonly<Record<string, string>>): void => undefined;
