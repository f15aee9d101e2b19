import { glusterTests } from './gluster/gluster';

// Against the cluster of $KUBECONFIG, whose node is this machine, with images of NFS-Ganesha and of the client of Gluster (docs/proof.md).

jest.setTimeout(300_000);

glusterTests();
