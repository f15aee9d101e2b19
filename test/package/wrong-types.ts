import { Size } from 'cdk8s';
import { AccessMode, KubernetesVersion, NfsServer, NfsStorage, PersistentVolumeClaimProps, PlatformProps, StorageClassProps } from '../../src';

// Wrong types do not compile: `tsc -p test/tsconfig.json` fails where one of these lines has no error. Nothing here is run.

// @ts-expect-error a version is no string
export const platform: Pick<PlatformProps, 'kubernetes'> = { kubernetes: '1.35' };

// @ts-expect-error versions are listed, and parsed by KubernetesVersion.of
export const version = new KubernetesVersion(35, true);

// @ts-expect-error a driver is handed over, not named
export const storageClass: StorageClassProps = { name: 'fast', driver: 'nfs.csi.k8s.io' };

// @ts-expect-error a size has a unit
export const size: PersistentVolumeClaimProps = { name: 'data', size: 20 };

// @ts-expect-error a class is handed over, not named
export const named: PersistentVolumeClaimProps = { name: 'data', size: Size.gibibytes(20), storageClass: 'fast' };

// @ts-expect-error access modes are listed
export const modes: PersistentVolumeClaimProps = { name: 'data', accessModes: ['RWX'] };

// @ts-expect-error props cannot be changed afterwards
export const change = (props: PersistentVolumeClaimProps) => { props.accessModes = [AccessMode.READ_WRITE_MANY]; };

// @ts-expect-error a server needs its share
export const server = NfsServer.external({ host: 'nfs.example.com' });

// @ts-expect-error what happens on deletion is chosen from WhenDeleted
export const deletion = (nfs: NfsStorage) => nfs.addStorageClass('fast', { whenDeleted: 'delete' });
