import { FindingLevel } from '../findings/finding';
import { defineRules } from '../findings/rule';

export const GLUSTER_RULES = defineRules('gluster', {
  GLU027: {
    level: FindingLevel.ERROR,
    check: 'a volume of Gluster has one gateway (G27)',
    message: 'the volume {key} is served by the gateway of {first} already: two do not know of the files and locks that clients of the other have open, and would let both write',
    fix: 'add classes and volumes to the first GlusterStorage, and to its gateway as many exports as are needed',
    reference: 'docs/gluster.md',
  },
  GLU070: {
    level: FindingLevel.WARNING,
    check: 'clients get their open files back after a restart of the gateway',
    message: 'the gateway {name} remembers its clients only as long as its pod is there: when that moves to another node, programs lose the files and locks that they have open',
    fix: 'give it a small claim of another storage: recovery: { storageClass }; acknowledge this where files are not locked',
    reference: 'docs/gluster.md',
  },
  GLU080: {
    level: FindingLevel.ERROR,
    check: 'values of a mount on the nodes have their type and are in range',
    message: '{what} is {value}, but has to be {expected}',
    fix: '{example}',
    reference: 'docs/gluster.md',
  },
  GLU081: {
    level: FindingLevel.ERROR,
    check: 'nobody writes to the disk of a node where a volume of Gluster is not mounted',
    message: 'the volume {volume} is the whole Gluster volume: while that is not mounted on a node, its directory is there all the same, and what pods write lands on the disk of the node',
    fix: "give it a directory in the volume, which is there only while it is mounted: subDir: 'data'",
    reference: 'docs/gluster.md',
  },
  GLU082: {
    level: FindingLevel.ERROR,
    check: 'a directory of the nodes has one volume of Gluster mounted on it',
    message: 'the directory {key} of the nodes is where {first} mounts its volume already',
    fix: 'add volumes to the first GlusterStorage, or give this one a directory of its own: nodeMount: { hostDirectory }',
    reference: 'docs/gluster.md',
  },
  GLU083: {
    level: FindingLevel.ERROR,
    check: 'a mount on the nodes has its pods described',
    message: 'the volume is to be mounted on each node, but by which pods is not said',
    fix: "describe them: nodeMount: { name: 'gluster-mount', image: 'registry.example.com/storage/gluster-client:10.3' }; or leave access out for an NFS gateway, which makes volumes by itself",
    reference: 'docs/gluster.md',
  },
  GLU084: {
    level: FindingLevel.ERROR,
    check: 'of a mount on the nodes only directories that exist are used',
    message: '{what} needs a driver that makes volumes or snapshots, but a mount on the nodes has none',
    fix: "use addStaticVolume(name, { subDir }) for a directory that is there; or leave access out for an NFS gateway, which makes volumes and takes snapshots",
    reference: 'docs/gluster.md',
  },
  GLU071: {
    level: FindingLevel.ERROR,
    check: 'a gateway is described',
    message: 'the volume is to be served over NFS, but the gateway is not described',
    fix: "describe it: gateway: { name: 'gluster-nfs', image: 'registry.example.com/storage/nfs-ganesha:4.3', clients: ['10.0.0.0/16'] }",
    reference: 'docs/gluster.md',
  },
  GLU072: {
    level: FindingLevel.ERROR,
    check: 'a gateway finds glusterd where it looks for it',
    message: 'glusterd listens on port {port}, but NFS-Ganesha asks on 24007 and cannot be told otherwise',
    fix: 'let glusterd listen on 24007, or mount the volume on the nodes: access: GlusterAccess.NODE_MOUNT, which takes any port',
    reference: 'https://github.com/nfs-ganesha/nfs-ganesha/blob/V4.3/src/FSAL/FSAL_GLUSTER/export.c',
  },
});
