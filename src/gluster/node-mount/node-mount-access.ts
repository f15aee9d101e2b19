import { Construct } from 'constructs';
import { NodeMount } from './node-mount';
import { fail } from '../../findings/report';
import { freeId, merged } from '../../manifest/named-child';
import { shown } from '../../manifest/validate';
import { AccessMode } from '../../volume/modes';
import { PersistentVolume } from '../../volume/persistent-volume';
import { PersistentVolumeSource } from '../../volume/persistent-volume-source';
import { Access } from '../access';
import { GlusterStaticVolumeOptions, GlusterStorageProps } from '../gluster-storage-props';
import { GLUSTER_RULES } from '../rules';

/** By a client on each node: directories that exist, and nothing else. GLU081, GLU083, GLU084 */
export function nodeMountAccess(storage: Construct, props: GlusterStorageProps): Access {
  const { cluster: { hosts, volume, port }, nodeMount, driver } = props;
  if (!nodeMount) {
    fail(storage, GLUSTER_RULES.GLU083);
  }
  const refuse = (what: string): never => fail(storage, GLUSTER_RULES.GLU084, { what });
  if (driver) {
    refuse('a driver');
  }
  const mount = new NodeMount(storage, 'NodeMount', { hosts, volume: volume!, port }, nodeMount, props);
  return {
    addStorageClass: name => refuse(`the class '${name}'`),
    addSnapshotClass: name => refuse(`the snapshot class '${name}'`),
    addStaticVolume: (name, options) => staticVolume(storage, props, mount, name, options),
  };
}

/** A volume that only nodes have that mount it, and of a directory that is there only while it is mounted. */
function staticVolume(storage: Construct, props: GlusterStorageProps, mount: NodeMount, name: string, options: GlusterStaticVolumeOptions): PersistentVolume {
  const { capacity, subDir, accessModes, claim } = options;
  if (subDir === undefined) {
    fail(storage, GLUSTER_RULES.GLU081, { volume: `'${name}'` });
  }
  if (typeof subDir !== 'string' || !/^[^\s/\\#]+(\/[^\s/\\#]+)*$/.test(subDir) || subDir.split('/').some(part => part === '.' || part === '..')) {
    fail(storage, GLUSTER_RULES.GLU080, { what: `the subDir of '${name}'`, value: shown(subDir), expected: 'a directory in the volume, without a slash in front', example: "write subDir: 'reports/2026'" });
  }
  return new PersistentVolume(storage, freeId(storage, `Volume-${name}`, 'PersistentVolume', name), {
    ...merged(props, options),
    name,
    capacity,
    accessModes: accessModes ?? [AccessMode.READ_WRITE_MANY],
    claim,
    source: PersistentVolumeSource.local({ path: `${mount.directory}/${subDir}` }),
    nodeAffinity: Object.fromEntries(Object.entries(mount.nodeSelector).map(([label, value]) => [label, [value]])),
  });
}
