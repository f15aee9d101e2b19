import { RookCephxKeyType } from './rook-ceph-cluster-props';
import { RookCompressionMode, RookFailureDomain, RookMirroringMode } from './rook-pool-options';
import { all, ANY, DURATION, FLAG, listOf, mapOf, NUMBER, oneOf, RAW, SIZE, spelled, TEXT } from '../../../manifest/shapes';

/** Looked at by other rules. */
const COMMON = { ...all(ANY, 'labels', 'annotations') };
const RESOURCES = spelled({ cpuRequest: TEXT, ...all(SIZE, 'memoryRequest', 'memoryLimit') });
const PLACEMENT = spelled({ nodeLabels: mapOf(TEXT), tolerations: listOf(spelled(all(TEXT, 'key', 'operator', 'value', 'effect'))) });
export const CSI = spelled({ ...all(listOf(TEXT), 'kernelMountOptions', 'fuseMountOptions'), readAffinity: spelled({ crushLocationLabels: listOf(TEXT) }) });

export const CLUSTER = spelled({
  ...COMMON,
  ...all(ANY, 'operator', 'storage'),
  ...all(TEXT, 'name', 'namespace', 'image', 'release', 'dataDirectory'),
  ...all(FLAG, 'createNamespace', 'allowUnsupported', 'crashCollector', 'removeOsdsIfOutAndSafeToRemove', 'skipUpgradeChecks', 'continueUpgradeWhenUnhealthy'),
  mons: spelled({ count: NUMBER, allowMultiplePerNode: FLAG, storageClass: ANY, size: SIZE }),
  mgrs: spelled({ count: NUMBER, allowMultiplePerNode: FLAG, modules: listOf(TEXT) }),
  dashboard: spelled({ ...all(FLAG, 'enabled', 'ssl'), port: NUMBER, urlPrefix: TEXT }),
  monitoring: spelled({ interval: DURATION }),
  network: spelled({ ...all(FLAG, 'hostNetwork', 'encryption', 'compression', 'requireMsgr2', 'ipv6'), ...all(listOf(TEXT), 'publicRanges', 'clusterRanges') }),
  csiKeyType: oneOf(RookCephxKeyType),
  csi: CSI,
  resources: spelled(all(RESOURCES, 'mon', 'mgr', 'osd', 'prepareOsd', 'mgrSidecar', 'crashCollector', 'logCollector', 'exporter')),
  placement: spelled(all(PLACEMENT, 'all', 'mon', 'mgr', 'osd', 'prepareOsd')),
  priorityClassNames: spelled(all(TEXT, 'mon', 'osd', 'mgr')),
  failureDomains: mapOf(NUMBER),
  cephConfig: mapOf(mapOf(TEXT)),
  maintenanceTimeout: DURATION,
  cleanup: spelled(all(FLAG, 'reallyDestroyData', 'allowUninstallWithVolumes', 'completely')),
  extraSpec: RAW,
});

const POOL_MEMBERS = {
  ...all(NUMBER, 'replicas', 'targetSizeRatio'),
  ...all(TEXT, 'deviceClass'),
  erasureCoding: spelled({ ...all(NUMBER, 'dataChunks', 'codingChunks'), algorithm: TEXT }),
  failureDomain: oneOf(RookFailureDomain),
  compression: oneOf(RookCompressionMode),
  requireSafeReplicaSize: FLAG,
  quota: SIZE,
  parameters: mapOf(TEXT),
};
const MIRRORING = spelled({
  mode: oneOf(RookMirroringMode), snapshotSchedules: listOf(spelled({ every: DURATION, startTime: TEXT })), peerSecretNames: listOf(TEXT),
});

export const BLOCK_POOL = spelled({ ...COMMON, ...POOL_MEMBERS, cephName: TEXT, rbdStats: FLAG, mirroring: MIRRORING, extraSpec: RAW });
export const FILESYSTEM = spelled({
  ...COMMON,
  metadataPool: spelled(POOL_MEMBERS),
  dataPools: listOf(spelled({ ...POOL_MEMBERS, name: TEXT })),
  metadataServer: spelled({ activeCount: NUMBER, activeStandby: FLAG, resources: RESOURCES, priorityClassName: TEXT }),
  preserveOnDelete: FLAG,
  mirroring: MIRRORING,
  extraSpec: RAW,
});
export const RADOS_NAMESPACE = spelled({ ...COMMON, clusterId: TEXT });
export const SUBVOLUME_GROUP = spelled({ ...COMMON, clusterId: TEXT, quota: SIZE, distributed: FLAG });
export const MIRROR = spelled({ ...COMMON, name: TEXT, count: NUMBER, resources: RESOURCES, placement: PLACEMENT });

export const EXTERNAL = spelled({
  ...COMMON,
  operator: ANY,
  ...all(TEXT, 'name', 'namespace', 'fsid'),
  createNamespace: FLAG,
  monitors: mapOf(TEXT),
  release: NUMBER,
  keys: spelled(all(TEXT, 'healthChecker', 'rbdProvisioner', 'rbdNode', 'cephFsProvisioner', 'cephFsNode')),
  csi: CSI,
  monitoring: spelled({ endpoints: listOf(TEXT), port: NUMBER, interval: DURATION }),
  extraSpec: RAW,
});
