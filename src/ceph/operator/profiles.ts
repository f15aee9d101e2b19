import { Lazy } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Operated, operatedOf } from './presence';
import { CEPH_OPERATOR_RULES } from './rules';
import { CephConnection, ClientProfile, ClientProfileSpecCephFs, ClientProfileSpecRbd } from '../../../imports/csi.ceph.io';
import { fail, report } from '../../findings/report';
import { emit } from '../../manifest/emit';
import { isSubdomain } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { CephCredentials } from '../auth/ceph-credentials';
import { CephCluster } from '../ceph-cluster';
import { DriverKind } from '../driver/driver-kind';

const PROFILES = 'client profiles';
const USES = 'uses of client profiles';
const MOUNT_OPTIONS = ['kernelMountOptions', 'fuseMountOptions'] as const;

interface Use {
  readonly driver: Operated;
  readonly cluster: CephCluster;
  readonly credentials?: CephCredentials;
}

/** Tells ceph-csi-operator of a Ceph cluster that is used with one of its drivers. CEPH106 to CEPH108, CEPH116, CEPH117 */
export function writeProfile(owner: IConstruct, driverName: string, cluster: CephCluster, credentials?: CephCredentials): void {
  const driver = operatedOf(owner).find(each => each.driverName === driverName)!;
  const { clusterId, connection, rookOptions } = cluster;
  const { scope, namespace, common } = driver;
  if (rookOptions && rookOptions.operatorNamespace !== namespace) {
    fail(owner, CEPH_OPERATOR_RULES.CEPH116, { clusterId, operator: rookOptions.operatorNamespace!, driver: `'${driverName}'`, where: `in '${namespace}'` });
  }
  if (!connection) {
    return;
  }
  checkFits(owner, cluster);
  const here = Cluster.of(owner);
  const uses = () => here.members<Use>(USES).filter(use => use.driver.namespace === namespace && use.cluster.clusterId === clusterId);
  const other = uses().find(use => asOf(driver, use.driver, use.cluster) !== asOf(driver, use.driver, cluster));
  if (other) {
    fail(owner, CEPH_OPERATOR_RULES.CEPH117, { clusterId, namespace, driver: `'${driverName}'`, other: `'${other.driver.driverName}'` });
  }
  if ((connection.mirrorDaemonCount ?? 1) !== 1 && driver.kind.type === 'rbd' && !uses().some(use => use.driver === driver)) {
    report(owner, CEPH_OPERATOR_RULES.CEPH108, { clusterId });
  }
  here.join(USES, { driver, cluster, credentials });
  const key = `${namespace}/${clusterId}`;
  if (here.members<string>(PROFILES).includes(key)) {
    return;
  }
  here.join(PROFILES, key);
  const metadata = { name: clusterId, namespace };
  // Without them no volume can be mounted, nor deleted. One connection for each profile, as its owner: what two shared would end with neither.
  emit(scope, `Connection-${clusterId}`, CephConnection.manifest({ metadata, spec: reached(cluster) }), common, { holdsData: true });
  emit(scope, `Profile-${clusterId}`, {
    ...ClientProfile.GVK,
    metadata,
    spec: Lazy.any({ produce: () => ClientProfile.manifest({ spec: { cephConnectionRef: { name: clusterId }, ...section('rbd', uses()), ...section('cephfs', uses()) } }).spec }),
  }, common, { holdsData: true });
}

function reached({ connection }: CephCluster) {
  const { monitors, mirrorDaemonCount, readAffinity } = connection!;
  return { monitors: [...monitors], rbdMirrorDaemonCount: mirrorDaemonCount, readAffinity: readAffinity && { crushLocationLabels: [...readAffinity.crushLocationLabels] } };
}

/** What two drivers of a namespace have to say alike of a cluster: how it is reached, and drivers of one kind the place in it. */
function asOf({ kind }: Operated, other: Operated, cluster: CephCluster): string {
  return JSON.stringify([reached(cluster), kind === other.kind ? place(kind.type, cluster) : undefined]);
}

/** What is of one kind of driver; both may be in one namespace, and share the profile. */
function section(type: DriverKind['type'], all: readonly Use[]): { rbd?: ClientProfileSpecRbd; cephFs?: ClientProfileSpecCephFs } {
  const uses = all.filter(({ driver }) => driver.kind.type === type);
  if (uses.length === 0) {
    return {};
  }
  const secret = uses.some(({ driver }) => driver.fencing) ? uses.find(({ credentials }) => credentials)?.credentials?.provisioner.secret : undefined;
  // For volumes that were made before their class named it.
  const cephCsiSecrets = secret && { controllerPublishSecret: { name: secret.name, namespace: secret.namespace } };
  return { [type === 'rbd' ? 'rbd' : 'cephFs']: { ...place(type, uses[0].cluster), cephCsiSecrets } };
}

/** Where in the Ceph cluster the volumes of a kind are, and how they are mounted. */
function place(type: DriverKind['type'], { radosNamespace, subvolumeGroup, cephFsRadosNamespace, connection }: CephCluster): object {
  const [kernelMountOptions, fuseMountOptions] = MOUNT_OPTIONS.map(key => optionsOf(connection!.extraConfiguration?.cephFS?.[key]));
  return type === 'rbd' ? { radosNamespace } : { subVolumeGroup: subvolumeGroup, radosNamespace: cephFsRadosNamespace, kernelMountOptions, fuseMountOptions };
}

/** `ms_mode=secure,noatime` by its parts; an option without a value has an empty one. */
function optionsOf(options: string | undefined): Record<string, string> | undefined {
  return options === undefined ? undefined : Object.fromEntries(options.split(',').map(option => [option.replace(/=.*$/, ''), option.includes('=') ? option.replace(/^[^=]*=/, '') : '']));
}

/** CEPH106, CEPH107 */
function checkFits(owner: IConstruct, { clusterId, connection }: CephCluster): void {
  if (!isSubdomain(clusterId)) {
    fail(owner, CEPH_OPERATOR_RULES.CEPH106, { clusterId });
  }
  for (const [key, value] of Object.entries(connection!.extraConfiguration ?? {})) {
    const fields = Object.entries(value ?? {});
    const stranger = key === 'cephFS' ? fields.find(([field, text]) => !MOUNT_OPTIONS.includes(field as typeof MOUNT_OPTIONS[number]) || typeof text !== 'string') : undefined;
    const problem = key !== 'cephFS' ? `there is no field for '${key}'` : stranger ? `there is no field for '${key}.${stranger[0]}', or it is no text` : undefined;
    if (problem) {
      fail(owner, CEPH_OPERATOR_RULES.CEPH107, { clusterId, problem });
    }
  }
}
