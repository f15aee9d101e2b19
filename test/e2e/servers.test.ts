import { glusterTests } from './gluster/gluster';
import { serverTests } from './nfs-server/served';

// NFS-Ganesha in pods of the cluster of $KUBECONFIG, whose one node is this machine; with the images that tools/e2e-cluster.sh makes.

jest.setTimeout(300_000);

if (!process.env.KUBECONFIG) {
  throw new Error('set KUBECONFIG: this suite installs servers into that cluster');
}

describe('an NFS server in the cluster', serverTests);
glusterTests();
