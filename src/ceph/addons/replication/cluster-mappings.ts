import { Construct } from 'constructs';
import { CephClusterMapping } from './ceph-cluster-mapping';
import { ClientProfileMapping } from '../../../../imports/csi.ceph.io';
import { all, checkShape, listOf, mapOf, Shape, spelled } from '../../../manifest/shapes';
import { CEPH_ADDONS_RULES } from '../rules';
import { malformed } from '../values';

const CLUSTER_ID: Shape = { expected: 'a clusterId of 1 to 36 bytes', fits: value => typeof value === 'string' && /^[^\s"\\]{1,36}$/.test(value) && Buffer.byteLength(value) <= 36 };
const NUMBER: Shape = { expected: "a number as a text, such as '2'", fits: value => typeof value === 'string' && /^(0|[1-9]\d*)$/.test(value) };
const MAPPINGS = listOf(spelled({ ...all(CLUSTER_ID, 'clusterId', 'peerClusterId'), ...all(mapOf(NUMBER), 'rbdPools', 'cephFsFileSystems') }));

/** CEPH174 */
export function checkMappings(scope: Construct, mappings: readonly CephClusterMapping[]): void {
  checkShape(scope, 'clusterMappings', mappings, MAPPINGS, CEPH_ADDONS_RULES.CEPH174);
  mappings.forEach(({ clusterId, peerClusterId, rbdPools, cephFsFileSystems }, index) => {
    for (const [what, value] of Object.entries({ clusterId, peerClusterId })) {
      if (value === undefined) {
        malformed(scope, `clusterMappings[${index}].${what}`, value, CLUSTER_ID.expected, "write { clusterId: 'here', peerClusterId: 'there', rbdPools: { '2': '3' } }");
      }
    }
    if (clusterId === peerClusterId && Object.keys({ ...rbdPools, ...cephFsFileSystems }).length === 0) {
      malformed(scope, `clusterMappings[${index}].peerClusterId`, peerClusterId, 'another one than clusterId, or one with rbdPools', "leave out what maps to itself, or say which pools: rbdPools: { '2': '3' }");
    }
    const key = Object.keys({ ...rbdPools, ...cephFsFileSystems }).find(id => !NUMBER.fits(id));
    if (key !== undefined) {
      malformed(scope, `a key of clusterMappings[${index}]`, key, NUMBER.expected, "ceph osd pool ls detail names them: { '2': '3' }");
    }
  });
}

/** `cluster-mapping.json` of a driver. */
export function clusterMapping(scope: Construct, mappings: readonly CephClusterMapping[] = []): string {
  checkMappings(scope, mappings);
  const ids = (map: Readonly<Record<string, string>> | undefined) => (map && Object.keys(map).length > 0 ? [map] : []);
  return mappings.length === 0 ? '[]\n' : `${JSON.stringify(mappings.map(({ clusterId, peerClusterId, rbdPools, cephFsFileSystems }) => ({
    clusterIDMapping: { [clusterId]: peerClusterId },
    RBDPoolIDMapping: ids(rbdPools),
    CephFSFscIDMapping: ids(cephFsFileSystems),
  })), undefined, 2)}\n`;
}

/** The same for a driver of the ceph-csi-operator, which has none for CephFS; checked. @param place where its profiles are */
export function clientProfileMapping(place: { readonly name: string; readonly namespace: string }, mappings: readonly CephClusterMapping[]): any {
  return ClientProfileMapping.manifest({
    metadata: { ...place },
    spec: {
      mappings: mappings.map(({ clusterId, peerClusterId, rbdPools }) => ({
        localClientProfile: clusterId, remoteClientProfile: peerClusterId, blockPoolIdMapping: rbdPools && Object.entries(rbdPools),
      })),
    },
  });
}
