import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { OWNER, ownerOf } from './manual-checks';
import { pluginSpec } from './plugin-spec';
import { joinOperated } from './presence';
import { CEPH_OPERATOR_RULES } from './rules';
import { checkAble } from './unable';
import { Driver, DriverSpecSnapshotPolicy } from '../../../imports/csi.ceph.io';
import { CsiCapabilities } from '../../csi/capabilities';
import { controllerDeployment } from '../../csi/controller';
import { csiDriverObject } from '../../csi/csi-driver-object';
import { CsiDriverProps } from '../../csi/csi-driver-props';
import { writeDriverAccounts } from '../../csi/driver-accounts';
import { checkExtensions } from '../../csi/driver-checks';
import { DriverParts } from '../../csi/driver-parts';
import { fillParts } from '../../csi/fill-parts';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { tagOf } from '../../csi/image';
import { DRIVERS } from '../../csi/installed';
import { networkPolicy } from '../../csi/monitoring';
import { nodeDaemonSet } from '../../csi/node';
import { extendPods } from '../../csi/pod-extensions';
import { disruptionBudget } from '../../csi/pod-parts';
import { CSI_RULES } from '../../csi/rules';
import { ServiceAccountReference } from '../../csi/service-account-reference';
import { checkShapes } from '../../csi/shapes';
import { SNAPSHOT_METADATA_PORT } from '../../csi/sidecars';
import { fail, report } from '../../findings/report';
import { contentHash } from '../../manifest/content-hash';
import { emit } from '../../manifest/emit';
import { Namespace } from '../../manifest/namespace';
import { isSubdomain, shown } from '../../manifest/validate';
import { Cluster } from '../../platform/cluster';
import { PodSecurityLevel } from '../../platform/distribution';
import { CERTIFICATE, operatedChangedBlocks, operatedPods } from '../addons/driver/operator-parts';
import { checkMappings, clientProfileMapping } from '../addons/replication/cluster-mappings';
import { CephFsCsiDriverProps } from '../driver/ceph-fs-csi-driver-props';
import { CephRbdCsiDriverProps } from '../driver/ceph-rbd-csi-driver-props';
import { DriverKind } from '../driver/driver-kind';
import { ConfigMapNames } from '../driver/driver-volumes';

/** The label `app` of its pods is the driver's name with one of these behind it, of at most 63 characters. */
const nameLength = (csiAddons = false) => 63 - (csiAddons ? '-nodeplugin-csi-addons' : '-ctrlplugin').length;
/** Its Driver object takes 0 to 5; what is above goes into arguments. */
const MOST_VERBOSE = 5;

export interface OperatedDriverProps {
  readonly kind: DriverKind;
  /** The same as of a driver whose pods are written here. */
  readonly csi: CsiDriverProps;
  readonly ceph: CephRbdCsiDriverProps & CephFsCsiDriverProps;
  readonly names: ConfigMapNames;
}

/** A driver whose pods ceph-csi-operator writes: its Driver object, and what the operator does not make. Names are those of a driver whose pods are written here. */
export class OperatedDriver extends Construct implements ICsiDriver {
  public readonly driverName: string;
  public readonly version?: string;
  public readonly capabilities?: CsiCapabilities;
  public readonly controllerServiceAccount?: ServiceAccountReference;
  public readonly nodeServiceAccount?: ServiceAccountReference;
  public readonly namespace: string;

  public constructor(scope: Construct, id: string, props: OperatedDriverProps) {
    super(scope, id);
    const { kind, csi, ceph } = props;
    const { platform } = Cluster.of(this);
    checkName(this, kind, csi.driverName, nameLength(ceph.csiAddons));
    checkShapes(this, csi);
    checkAble(this, ceph, csi.image);
    Cluster.of(this).claim(this, 'driver', `'${csi.driverName}'`, CSI_RULES.CSI003);
    Cluster.of(this).join(DRIVERS, this);
    // It is not told of pods, and its sidecars for attaching and enlarging are always there, so that they get what they ask.
    const object = csiDriverObject(this, { ...csi, podInfoOnMount: false }, platform.kubernetes);
    const selector = (component: string) => operatedPods(csi.driverName, component);
    const parts: DriverParts = { ...fillParts(this, { ...csi, capabilities: { ...csi.capabilities, attach: true, expand: true } }), selector };
    checkExtensions(this, parts, csi);
    this.driverName = csi.driverName;
    this.version = tagOf(csi.image);
    this.capabilities = csi.capabilities;
    this.namespace = parts.namespace;
    this.controllerServiceAccount = { name: parts.controllerName, namespace: parts.namespace };
    this.nodeServiceAccount = { name: parts.nodeName, namespace: parts.namespace };
    if (kind.type === 'rbd' && csi.capabilities?.modify) {
      report(this, CEPH_OPERATOR_RULES.CEPH104, { driver: `'${csi.driverName}'` });
    }

    if (csi.createNamespace ?? true) {
      const { labels, annotations } = csi;
      // Secrets that volumes need lie in it.
      new Namespace(this, 'Namespace', { name: parts.namespace, podSecurity: PodSecurityLevel.PRIVILEGED, holdsData: true, labels, annotations });
    }
    // The operator makes one by itself, takes over only one that names its Driver, and leaves it behind when that goes. So the one of a driver without operator stays in Git, and is handed over by this.
    const owner = { [OWNER]: ownerOf(parts.namespace, csi.driverName) };
    emit(this, 'CSIDriver', { ...object, metadata: { ...object.metadata, annotations: owner } }, csi);
    // Its pods are not written here, and show their nodes' devices to the controller too.
    writeDriverAccounts(this, parts, csi, { controllerIsPrivileged: true, others: { imagePullSecrets: parts.imagePullSecrets } });
    joinOperated({ scope: this, driverName: csi.driverName, namespace: parts.namespace, kind, fencing: ceph.fencing ?? false, common: csi });
    const clusterMappings = ceph.clusterMappings ?? [];
    checkMappings(this, clusterMappings);
    if (clusterMappings.length > 0) {
      emit(this, 'Mapping', clientProfileMapping({ name: csi.driverName, namespace: parts.namespace }, clusterMappings), csi, { holdsData: true });
    }
    this.writeDriver(props, parts);
    this.writeForController(csi, parts);
  }

  private writeDriver({ kind, csi, ceph, names }: OperatedDriverProps, parts: DriverParts): void {
    const { driverName, namespace, pluginName, imagePullSecrets, kubeletDirectory, logLevel, facts } = parts;
    const verbosity = Math.min(logLevel, MOST_VERBOSE);
    const same = [
      `--v=${verbosity}`, `--timeout=${facts.timeoutSeconds}s`, '--extra-create-metadata=true', '--handle-volume-inuse-error=false', '--default-fstype=ext4',
      `--feature-gates=Topology=${facts.features.has('topology')}`, '--feature-gates=CSIVolumeGroupSnapshot=true', '--feature-gates=RecoverVolumeExpansionFailure=true',
    ];
    const common = { kind, pluginName, kubeletDirectory, same };
    const deployment = extendPods(this, 'controller', k8s.KubeDeployment.manifest(controllerDeployment(parts)), pluginName, parts.controller, imagePullSecrets);
    const daemonSet = extendPods(this, 'node', k8s.KubeDaemonSet.manifest(nodeDaemonSet(parts)), pluginName, parts.node, imagePullSecrets);
    const controller = pluginSpec(this, 'controller', deployment, { ...common, userMounts: ceph.controller?.extraVolumeMounts ?? [] });
    const node = pluginSpec(this, 'node', daemonSet, { ...common, userMounts: ceph.node?.extraVolumeMounts ?? [] });
    // Before the Driver: the operator looks for it only when it works on that.
    this.checkCertificate(ceph);
    const certificate = parts.changedBlocks && operatedChangedBlocks(this, driverName, namespace, parts.changedBlocks, csi);
    const images = { ...controller.images, ...node.images };
    // It looks into the ConfigMap only when the Driver changes, so other images are in one of another name.
    const imageSet = { name: `${pluginName}-images-${contentHash(images).slice(0, 8)}` };
    emit(this, 'Images', k8s.KubeConfigMap.manifest({ metadata: { ...imageSet, namespace }, data: images }), csi);
    emit(this, 'Resource', Driver.manifest({
      metadata: { name: driverName, namespace },
      spec: {
        log: { verbosity },
        imageSet,
        clusterName: ceph.clusterName,
        // Said also where they are off: what is left out an OperatorConfig may switch on.
        deployCsiAddons: ceph.csiAddons ?? false,
        generateOMapInfo: ceph.omapGenerator ?? false,
        enableFencing: ceph.fencing ?? false,
        grpcTimeout: facts.timeoutSeconds,
        snapshotPolicy: facts.features.has('groupSnapshot') ? DriverSpecSnapshotPolicy.VOLUME_GROUP_SNAPSHOT
          : facts.features.has('snapshot') ? DriverSpecSnapshotPolicy.VOLUME_SNAPSHOT : DriverSpecSnapshotPolicy.NONE,
        fsGroupPolicy: csi.fsGroupPolicy,
        attachRequired: csi.capabilities?.attach,
        encryption: { configMapName: { name: names.kms } },
        controllerPlugin: {
          ...controller.spec,
          volumes: [...controller.spec.volumes, ...(certificate ? [certificate] : [])],
          replicas: parts.controller.replicas,
          hostNetwork: parts.controller.hostNetwork || undefined,
          // One copy after the other; its own default is to stop them all first.
          deploymentStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
        },
        nodePlugin: {
          ...node.spec,
          volumes: [...node.spec.volumes, ...(kind.type === 'cephfs' && !ceph.fuseRecovery ? [NO_RECORDS] : [])],
          kubeletDirPath: kubeletDirectory,
          enableSeLinuxHostMount: parts.seLinux,
          updateStrategy: daemonSet.spec.updateStrategy,
          topology: ceph.domainLabels ? { domainLabels: [...ceph.domainLabels] } : undefined,
        },
      },
    }), csi);
  }

  /** CEPH102: of two volumes of that name the operator would mount the first. */
  private checkCertificate({ changedBlocks, controller }: CephRbdCsiDriverProps): void {
    if (changedBlocks && [...controller?.extraVolumes ?? [], ...controller?.extraVolumeMounts ?? []].some(each => each?.name === CERTIFICATE)) {
      fail(this, CEPH_OPERATOR_RULES.CEPH102, {
        property: 'controller.extraVolumes', problem: `'${CERTIFICATE}' is the volume with the certificate of changedBlocks`, expected: 'give the volume another name',
      });
    }
  }

  private writeForController(csi: CsiDriverProps, { controllerName, namespace, controller, changedBlocks, selector }: DriverParts): void {
    const pods = selector('controller');
    if (controller.replicas > 1) {
      emit(this, 'ControllerBudget', k8s.KubePodDisruptionBudget.manifest(disruptionBudget(controllerName, namespace, pods)), csi);
    }
    if (csi.networkPolicy) {
      emit(this, 'NetworkPolicy', k8s.KubeNetworkPolicy.manifest(networkPolicy({ name: controllerName, namespace }, pods, changedBlocks ? [SNAPSHOT_METADATA_PORT] : [])), csi);
    }
  }
}

/** What ceph-fuse serves is written down with the key of the node, always on its disk; where that was not asked for, in memory. */
const NO_RECORDS = {
  volume: { name: 'ceph-csi-mountinfo', emptyDir: { medium: 'Memory' } },
  mount: { name: 'ceph-csi-mountinfo', mountPath: '/csi/mountinfo' },
};

/** CEPH103 */
function checkName(scope: Construct, kind: DriverKind, driverName: string, length: number): void {
  const problem = !isSubdomain(driverName) ? 'it is no name'
    : driverName !== kind.driverName && !driverName.endsWith(`.${kind.driverName}`) ? `the operator takes a driver for ${kind.storage} only where its name ends in ${kind.driverName}`
      : driverName.length > length ? `its pods get it as a label, with something behind it, so it may have ${length} characters` : undefined;
  if (problem) {
    fail(scope, CEPH_OPERATOR_RULES.CEPH103, { driver: shown(driverName), problem, example: kind.driverName, length });
  }
}
