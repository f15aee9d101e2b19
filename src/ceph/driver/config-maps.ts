import { Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { DriverKind } from './driver-kind';
import { ConfigMapNames } from './driver-volumes';
import { configuration } from './entries';
import { fail } from '../../findings/report';
import { emit } from '../../manifest/emit';
import { ManifestProps } from '../../manifest/manifest-props';
import { shown } from '../../manifest/validate';
import { CephClusterMapping } from '../addons/replication/ceph-cluster-mapping';
import { clusterMapping } from '../addons/replication/cluster-mappings';
import { CEPH_RULES } from '../rules';

/** Clients have to prove who they are, and ask the same of the cluster. */
const GLOBAL: Record<string, string> = { auth_cluster_required: 'cephx', auth_service_required: 'cephx', auth_client_required: 'cephx' };

/** ceph-fuse would write 2 KiB at a time: ceph-csi#1928. */
const FUSE: Record<string, string> = { fuse_big_writes: 'true' };

interface Configured extends ManifestProps {
  readonly cephConfiguration?: { [key: string]: string };
  readonly fencing?: boolean;
  /** Whether the operator writes `config.json`. */
  readonly operated: boolean;
  readonly clusterMappings?: CephClusterMapping[];
}

/** The ConfigMaps of a driver. It reads them with each call, so a change of them restarts nothing. */
export function writeConfigMaps(scope: Construct, kind: DriverKind, driverName: string, namespace: string, names: ConfigMapNames, kms: string, props: Configured): void {
  const write = (id: string, name: string, data: Record<string, any>, holdsData = true) => emit(
    scope, id, k8s.KubeConfigMap.manifest({ metadata: { name, namespace }, data }), props, { holdsData },
  );
  // Volumes hold the clusterID only: without its entry none of them can be mounted, nor deleted.
  if (!props.operated) {
    write('Config', names.config, {
      'config.json': Lazy.any({ produce: () => configuration(scope, kind, driverName, props.fencing ?? false) }), 'cluster-mapping.json': clusterMapping(scope, props.clusterMappings),
    });
  }
  write('CephConf', names.cephConf, { 'ceph.conf': cephConf(scope, kind, props.cephConfiguration), 'keyring': '' }, false);
  write('KmsConfig', names.kms, { 'config.json': kms });
}

/** CEPH001 */
function cephConf(scope: Construct, kind: DriverKind, given: { readonly [key: string]: string } | undefined): string {
  for (const [key, value] of Object.entries(given ?? {})) {
    const name = key.trim().toLowerCase().replace(/[ -]+/g, '_');
    const problem = !/^[a-z][a-z0-9_]*$/.test(name) ? 'it is no setting of Ceph'
      : typeof value !== 'string' || /[\n#;]/.test(value) ? `its value ${shown(value)} is no text of one line without comments`
        : name in GLOBAL ? 'it is cephx always' : undefined;
    if (problem) {
      fail(scope, CEPH_RULES.CEPH001, { what: 'the setting of cephConfiguration', value: shown(key), problem, expected: "write { rbd_cache: 'false' }, or leave it out" });
    }
  }
  const settings = { ...GLOBAL, ...(kind.type === 'cephfs' ? FUSE : {}), ...given };
  return `[global]\n${Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`).join('')}`;
}
