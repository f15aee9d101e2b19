import { Construct } from 'constructs';
import { ICsiDriver } from '../../../csi/i-csi-driver';
import { checkAtSynth, fail, report, unchecked } from '../../../findings/report';
import { CephCluster } from '../../ceph-cluster';
import { factsOf } from '../../driver/driver-facts';
import { CEPH_ADDONS_RULES } from '../rules';
import { malformed } from '../values';

/** Version, length of the clusterID in hexadecimal, clusterID, number of the pool in hexadecimal, identifier. */
const HANDLE = /^0001-([0-9a-f]{4})-(.+)-([0-9a-f]{16})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** How images begin that ceph-csi makes, unless a class says otherwise. */
const PREFIX = 'csi-vol-';

/** CEPH174: the driver's records are written for the image that the handle tells of. Gives the attributes that name it. */
export function imageAttributes(scope: Construct, handle: string, imageName: string, attributes: Readonly<Record<string, string>> | undefined): Record<string, string> {
  const identifier = HANDLE.exec(handle)![4];
  const prefix = imageName.slice(0, -identifier.length);
  if (!imageName.endsWith(identifier) || prefix !== (attributes?.volumeNamePrefix ?? prefix)) {
    malformed(scope, 'imageName', imageName, `that of the handle: ${attributes?.volumeNamePrefix ?? PREFIX}${identifier}`, "as it is where the volume was made: kubectl get pv … -o jsonpath='{.spec.csi.volumeAttributes.imageName}'");
  }
  return { imageName, ...(prefix === PREFIX || attributes?.volumeNamePrefix !== undefined ? {} : { volumeNamePrefix: prefix }) };
}

/** CEPH174, CEPH189, CEPH194: whether a driver finds a volume by its handle. @param cluster of the storage */
export function checkHandle(scope: Construct, driver: ICsiDriver, handle: string, { clusterId, radosNamespace }: CephCluster): void {
  const [, length, made, pool] = HANDLE.exec(`${handle}`) ?? [];
  if (made === undefined || parseInt(length, 16) !== Buffer.byteLength(made)) {
    malformed(scope, 'volumeHandle', handle, 'a handle that ceph-csi made', "as it is where the volume was made: kubectl get pv … -o jsonpath='{.spec.csi.volumeHandle}'; for an image of another origin, addStaticVolume");
  }
  const { omapGenerator, clusterMappings } = factsOf(driver);
  const facts = { driver: `'${driver.driverName}'`, handle: `'${handle}'` };
  const say = (missing: string) => checkAtSynth(scope, () => unchecked(scope, CEPH_ADDONS_RULES.CEPH189, missing));
  if (omapGenerator === undefined) {
    say(`whether the driver '${driver.driverName}' has csi-omap-generator: CephRbdCsiDriver.existing({ omapGenerator: true })`);
  } else if (!omapGenerator) {
    fail(scope, CEPH_ADDONS_RULES.CEPH189, { ...facts, problem: 'its records of the volume are in the other Ceph cluster, as they are not mirrored, and nobody writes them here', expected: 'omapGenerator: true of the CephRbdCsiDriver' });
  }
  if (radosNamespace !== undefined) {
    report(scope, CEPH_ADDONS_RULES.CEPH194, { radosNamespace });
  }
  if (made === clusterId) {
    return;
  }
  if (clusterMappings === undefined) {
    say(`whether the driver '${driver.driverName}' knows that '${made}' is mirrored to '${clusterId}': CephRbdCsiDriver.existing({ clusterMappings })`);
    return;
  }
  const pair = clusterMappings.filter(mapping => [mapping.clusterId, mapping.peerClusterId].sort().join() === [made, clusterId].sort().join());
  const number = `${parseInt(pool, 16)}`;
  if (pair.length > 0 && !pair.some(({ rbdPools }) => Object.entries(rbdPools ?? {}).flat().includes(number))) {
    fail(scope, CEPH_ADDONS_RULES.CEPH189, {
      ...facts, problem: `it was made in pool ${number} of '${made}', and no mapping has that pool`, expected: `rbdPools: { '${number}': '${number}' } in clusterMappings, with the numbers of the pool here and there (ceph osd pool ls detail)`,
    });
  }
  if (pair.length === 0) {
    fail(scope, CEPH_ADDONS_RULES.CEPH189, {
      ...facts, problem: `it was made in '${made}', and nothing says that this is mirrored to '${clusterId}'`, expected: `clusterMappings: [{ clusterId: '${clusterId}', peerClusterId: '${made}', rbdPools: { '2': '3' } }] of the CephRbdCsiDriver, with the numbers of the pools here and there`,
    });
  }
}
