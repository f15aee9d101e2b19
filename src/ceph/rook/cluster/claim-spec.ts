import { Size } from 'cdk8s';
import { quantity } from '../../../manifest/validate';
import { IStorageClass } from '../../../volume/storage-class';

/** What claims of a cluster itself ask for. */
export function claimSpec(what: string, size: Size, storageClass: IStorageClass) {
  return { storageClassName: storageClass.storageClassName, resources: { requests: { storage: quantity(undefined, what, size) } } };
}
