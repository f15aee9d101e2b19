import { ApiObject } from 'cdk8s';
import { VolumeMode } from './modes';
import { add, device, mount } from './mounting';
import { ClaimTemplateJson, newVolume } from './new-volume';
import { NewVolumeOptions } from './new-volume-options';
import { mapsUsers, PodVolumeKind } from './pod-volume-kinds';
import { VolumeDeviceOptions, VolumeMountOptions } from './pod-volume-options';
import { checkLabel } from '../manifest/validate';

/** Properties of a ClaimTemplate. */
export interface ClaimTemplateProps extends NewVolumeOptions {
  /** The name of the template; the claim of a replica is `<name>-<StatefulSet>-<number>`. */
  readonly name: string;
}

/**
 * A claim for each replica of a StatefulSet. Kubernetes makes the claims, and keeps them when the StatefulSet is deleted or has fewer replicas,
 * unless its persistentVolumeClaimRetentionPolicy says otherwise. A StatefulSet that exists refuses a change of its templates.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#volume-claim-templates
 */
export class ClaimTemplate {
  /** The name of the template. */
  public readonly name: string;

  /** What its claims ask for. */
  public readonly volume: NewVolumeOptions;

  private readonly kind: PodVolumeKind;

  /** @throws MAN001 when nothing can have that name */
  public constructor(props: ClaimTemplateProps) {
    this.name = checkLabel(undefined, 'the name of the claim template', props.name);
    this.volume = props;
    // Checked when a StatefulSet gets the template; written each time that it is rendered.
    const templates = new WeakMap<ApiObject, ClaimTemplateJson>();
    this.kind = {
      volume: this.name,
      title: `the claim template '${this.name}'`,
      subject: this,
      volumeMode: props.volumeMode ?? VolumeMode.FILESYSTEM,
      mapsUsers: mapsUsers(props.storageClass?.driver, `the class of the claim template '${this.name}'`),
      template: workload => templates.get(workload)!,
      check: workload => { templates.set(workload, newVolume(workload, props, workload.metadata.namespace, this)); },
    };
  }

  /**
   * Writes the template into a StatefulSet, without mounting it. It is changed when it is rendered.
   *
   * @throws VOL009 when it is no StatefulSet; what a claim throws
   */
  public addTo(statefulSet: ApiObject): void {
    add(statefulSet, this.kind);
  }

  /**
   * Writes the template into a StatefulSet, and mounts the volume of each replica into a container of it.
   *
   * @throws VOL009 when it is no StatefulSet or the path is not absolute; VOL036 for a device; what a claim throws
   */
  public mountTo(statefulSet: ApiObject, options: VolumeMountOptions): void {
    mount(statefulSet, this.kind, options);
  }

  /**
   * Writes the template into a StatefulSet, and hands the volume of each replica to a container of it as a raw device. As to whom it belongs, see
   * `PodVolume.deviceTo`.
   *
   * @throws VOL009 when it is no StatefulSet or the path is not absolute; VOL036 for a file system; what a claim throws
   */
  public deviceTo(statefulSet: ApiObject, options: VolumeDeviceOptions): void {
    device(statefulSet, this.kind, options);
  }
}
