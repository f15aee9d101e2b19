import { IConstruct } from 'constructs';
import { isOurs } from './emit';
import { MANIFEST_RULES } from './rules';
import { checkAtSynth, fail } from '../findings/report';
import { objectsOf } from '../platform/cluster-checks';
import { GitOpsTool } from '../platform/git-ops-tool';
import { Platform } from '../platform/platform';

const WAVE = 'argocd.argoproj.io/sync-wave';

/**
 * Each kind comes before what needs it. Claims, volumes and servers (StatefulSets) stay in wave 0, with
 * the workloads: a claim that waits for its first consumer would block its wave.
 */
const WAVES: Record<string, number> = {
  CustomResourceDefinition: -4,
  Namespace: -4,
  ServiceAccount: -3,
  Secret: -3,
  ConfigMap: -3,
  Role: -3,
  RoleBinding: -3,
  ClusterRole: -3,
  ClusterRoleBinding: -3,
  CSIDriver: -2,
  Deployment: -2,
  DaemonSet: -2,
  PodDisruptionBudget: -2,
  Service: -2,
  EndpointSlice: -2,
  NetworkPolicy: -2,
  SnapshotMetadataService: -1,
  PodMonitor: -1,
  StorageClass: -1,
  VolumeSnapshotClass: -1,
  VolumeGroupSnapshotClass: -1,
  VolumeSnapshotContent: -1,
  VolumeGroupSnapshotContent: -1,
  VolumeAttributesClass: -1,
  ResourceQuota: -1,
  PrometheusRule: -1,
  CronJob: -1,
  SnapshotSchedule: -1,
  KadaluStorage: -1,
  OperatorConfig: -1,
  CephConnection: -1,
  ClientProfile: -1,
  Driver: -1,
};

/**
 * Opt-in ordering for Argo CD: definitions, then accounts, drivers, classes, and
 * claims together with your workloads. Only objects of this library are
 * annotated, and none that has a wave already.
 */
export class SyncWaves {
  /**
   * Annotates every object that this library writes at or below a scope.
   *
   * @param scope an app, a chart, or any construct in it
   * @throws MAN005 when the platform does not declare Argo CD
   */
  public static enable(scope: IConstruct): void {
    const tool = Platform.of(scope).gitOps;
    if (tool !== GitOpsTool.ARGO_CD) {
      fail(scope, MANIFEST_RULES.MAN005, { tool });
    }
    // At synth, so that objects added later are reached too.
    checkAtSynth(scope, () => {
      for (const object of objectsOf(scope)) {
        if (isOurs(object) && object.kind in WAVES && !(WAVE in (object.metadata.toJson().annotations ?? {}))) {
          object.metadata.addAnnotation(WAVE, `${WAVES[object.kind]}`);
        }
      }
    });
  }

  private constructor() {}
}
