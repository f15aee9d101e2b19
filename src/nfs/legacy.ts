import { addLegacyProvisioner } from '../csi/driver-profile';

/** Where the parameters of NFS classes from elsewhere are now. */
export const MAPPING: Record<string, string> = {
  path: "it is the share now: NfsServer.external({ host, share: '/exports' }), or addStorageClass(name, { share })",
  readonly: 'mount read-only in the pods: PodVolume.fromClaim(claim).mountTo(workload, { container, path, readOnly: true }); for existing data, addStaticVolume(name, { readOnly: true })',
  archiveondelete: "addStorageClass(name, { whenDeleted: WhenDeleted.ARCHIVE }) for 'true', WhenDeleted.DELETE for 'false'",
  pathpattern: "addStorageClass(name, { subDir: '${pvc.metadata.namespace}/${pvc.metadata.name}' })",
  mountoptions: 'protocol of NfsStorage: { version: NfsVersion.V4_1, … }; what it has no name for goes into extraOptions',
};

addLegacyProvisioner('kubernetes.io/nfs', {
  why: 'Kubernetes has no NFS provisioner of its own and never had, so its claims stay Pending for ever',
  mapping: 'new NfsStorage(chart, \'Nfs\', { server: NfsServer.external({ host: <server>, share: <path> }) }).addStorageClass(<name>): '
    + 'server is host now, path is share, readOnly is mountTo(…, { readOnly: true }) in the pods, mountOptions are the protocol',
});
