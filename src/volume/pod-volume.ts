import { ApiObject } from 'cdk8s';
import { device, mount } from './mounting';
import { NewVolumeOptions } from './new-volume-options';
import { IPersistentVolumeClaim } from './persistent-volume-claim';
import { HostPathVolumeSourceOptions, NfsVolumeSourceOptions } from './persistent-volume-source';
import { claimKind, emptyDirKind, ephemeralKind, hostPathKind, inlineKind, nfsKind, PodVolumeKind } from './pod-volume-kinds';
import { EmptyDirOptions, InlineCsiOptions, VolumeDeviceOptions, VolumeMountOptions } from './pod-volume-options';

/** A volume for pods. One of them can be mounted into several containers. */
export class PodVolume {
  /** The volume of a claim. */
  public static fromClaim(claim: IPersistentVolumeClaim): PodVolume {
    return new PodVolume(claimKind(claim));
  }

  /**
   * A directory that is empty when the pod starts and gone when it ends.
   *
   * @param name the name of the volume in the pod
   * @throws MAN001 when no volume can have that name
   */
  public static emptyDir(name: string, options: EmptyDirOptions = {}): PodVolume {
    return new PodVolume(emptyDirKind(name, options));
  }

  /**
   * A file or directory of the node that the pod runs on, for agents that have to see their node. VOL030 warns of it, and VOL040 refuses it where Pod Security does.
   *
   * @param name the name of the volume in the pod
   * @throws MAN001 when no volume can have that name; VOL005 for the path
   */
  public static hostPath(name: string, options: HostPathVolumeSourceOptions): PodVolume {
    return new PodVolume(hostPathKind(name, options));
  }

  /**
   * A directory of an NFS server that the node mounts by itself, without mount options. A claim on NfsStorage has them, and a driver that resolves names of the cluster.
   *
   * @param name the name of the volume in the pod
   * @throws MAN001 when no volume can have that name; VOL005, VOL014 for the server and path
   */
  public static nfs(name: string, options: NfsVolumeSourceOptions): PodVolume {
    return new PodVolume(nfsKind(name, options));
  }

  /**
   * A new volume of a class for each pod, deleted with it. Its claim is named `<pod>-<name>`.
   *
   * @param name the name of the volume in the pod
   * @throws MAN001 when no volume can have that name
   */
  public static ephemeral(name: string, options: NewVolumeOptions): PodVolume {
    return new PodVolume(ephemeralKind(name, options));
  }

  /**
   * A volume of a CSI driver that is written into the pod, such as one with secrets or certificates.
   *
   * @param name the name of the volume in the pod
   * @throws MAN001 when no volume or Secret can have that name; VOL005 for fsType
   */
  public static csiInline(name: string, options: InlineCsiOptions): PodVolume {
    return new PodVolume(inlineKind(name, options));
  }

  private constructor(private readonly kind: PodVolumeKind) {}

  /**
   * Mounts the volume into a container of a workload.
   *
   * The workload is any Pod, Deployment, StatefulSet, DaemonSet, Job, CronJob and the like,
   * as `ApiObject.of(deployment)` of any cdk8s-plus gives it. It is changed when it
   * is rendered, so containers may still be added to it; JSON patches of the workload are applied before. Other kinds are
   * taken to have a pod template, as Deployments do.
   *
   * @throws VOL009 when the kind has no pods or the path is not absolute; VOL010 when claim and workload are in two namespaces; VOL035, VOL036
   */
  public mountTo(workload: ApiObject, options: VolumeMountOptions): void {
    mount(workload, this.kind, options);
  }

  /**
   * Hands the volume to a container of a workload as a raw device. Its volumeMode has to be Block.
   *
   * It belongs to root unless the nodes' container runtime has `device_ownership_from_security_context`, so a container that does not run as root
   * may not be allowed to open it.
   *
   * @see https://kubernetes.io/blog/2021/11/09/non-root-containers-and-devices/
   * @throws VOL009 when the kind has no pods or the path is not absolute; VOL010 when claim and workload are in two namespaces; VOL036
   */
  public deviceTo(workload: ApiObject, options: VolumeDeviceOptions): void {
    device(workload, this.kind, options);
  }
}
