import { addLegacyProvisioner } from '../csi/driver-profile';

/** Where the parameters of NFS classes from elsewhere are now. */
export const MAPPING: Record<string, string> = {
  path: "it is the share now: NfsServer.external({ host, share: '/exports' }), or addStorageClass(name, { share })",
  readonly: 'mount read-only in the pods: PodVolume.fromClaim(claim).mountTo(workload, { container, path, readOnly: true }); for existing data, addStaticVolume(name, { readOnly: true })',
  archiveondelete: "addStorageClass(name, { migrateFrom: { archiveOnDelete } }) translates it: WhenDeleted.ARCHIVE for 'true', WhenDeleted.DELETE for 'false'",
  pathpattern: "addStorageClass(name, { migrateFrom: { pathPattern } }) translates it to a subDir such as '${pvc.metadata.namespace}/${pvc.metadata.name}/${pv.metadata.name}'",
  mountoptions: 'protocol of NfsStorage: { version: NfsVersion.V4_1, … }; what it has no name for goes into extraOptions',
};

addLegacyProvisioner(/^kubernetes\.io\/nfs$/, {
  why: 'Kubernetes has no NFS provisioner of its own and never had, so its claims stay Pending for ever',
  mapping: () => 'new NfsStorage(chart, \'Nfs\', { server: NfsServer.external({ host: <server>, share: <path> }) }).addStorageClass(<name>): '
    + 'server is host now, path is share, readOnly is mountTo(…, { readOnly: true }) in the pods, mountOptions are the protocol',
});

/**
 * Names under which nfs-subdir-external-provisioner, and nfs-client before it, were installed: by its manifests, by its chart
 * (`cluster.local/<release>-…`), by manifests of the past, and in the Kubernetes documentation.
 */
const SUBDIR = /^(k8s-sigs\.io\/nfs-subdir-external-provisioner|cluster\.local\/(.+-)?nfs-(subdir-external|client)-provisioner|fuseim\.pri\/ifs|example\.com\/(external-)?nfs)$/;

addLegacyProvisioner(SUBDIR, {
  works: true,
  why: 'nfs-subdir-external-provisioner has no maintainer any more, and its volumes are mounted by the nodes, which do not resolve names of the cluster',
  mapping: () => 'new NfsStorage(chart, \'Nfs\', { server: NfsServer.external({ host: <NFS_SERVER>, share: <NFS_PATH> }) })'
    + '.addStorageClass(<new name>, { migrateFrom: { pathPattern, onDelete, archiveOnDelete } }): the parameters go in as they are; what becomes of its volumes is in docs/nfs.md',
});
