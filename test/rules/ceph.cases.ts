import { Cases, nowhere } from './case';
import { CephCluster, ExternalCephClusterOptions } from '../../src';

const external = (options: Partial<ExternalCephClusterOptions>) => nowhere(() => CephCluster.external({ clusterId: 'ceph', monitors: ['10.0.0.1:3300'], ...options }));

export const CEPH_CASES: Cases = {
  CEPH001: {
    trips: {
      'a clusterId that is too long': external({ clusterId: 'x'.repeat(37) }),
      'no monitors': external({ monitors: [] }),
      'a monitor without a port': external({ monitors: ['10.0.0.1'] }),
      'monitors in one entry': external({ monitors: ['10.0.0.1:3300,10.0.0.2:3300'] }),
      'a monitor as ceph mon dump writes it': external({ monitors: ['[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0]'] }),
      'a monitor twice': external({ monitors: ['10.0.0.1:3300', '10.0.0.1:3300'] }),
      'a tenant that is no name': external({ radosNamespace: 'a b' }),
      'a release by name': external({ release: 'squid' as any }),
      'read affinity to nothing': external({ readAffinity: { crushLocationLabels: [] } }),
      'half a mirror daemon': external({ mirrorDaemonCount: 0.5 }),
    },
    passes: {},
  },
};
