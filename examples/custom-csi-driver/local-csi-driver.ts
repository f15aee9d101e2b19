import { Construct } from 'constructs';
import { CsiDriver, FsGroupPolicy, NodeCount, Platform } from 'cdk8s-storage';

/** Properties of a LocalCsiDriver. */
export interface LocalCsiDriverProps {
  /**
   * The node whose disk holds the volumes; its `kubernetes.io/hostname`. Pods that use a volume run there too.
   *
   * @default - the only node of the cluster; with several it has to be named
   */
  readonly node?: string;

  /**
   * Its image.
   *
   * @default registry.example.com/storage/csi-local:v1.0.0
   */
  readonly image?: string;

  /**
   * Whether files in `<data>/faults` delay calls or make them fail. For tests.
   *
   * @default false
   */
  readonly faults?: boolean;
}

const NAME = 'csi-local';
/** On the node. Whoever removes it removes every volume. */
const DATA = '/var/lib/csi-local';

/** A driver of one's own: say what it can do, and its sidecars, their flags and their permissions follow. */
export class LocalCsiDriver extends CsiDriver {
  public constructor(scope: Construct, id: string, props: LocalCsiDriverProps = {}) {
    if (props.node === undefined && Platform.of(scope).nodes !== NodeCount.SINGLE) {
      throw new Error("LocalCsiDriver: several nodes, and none is named: each copy of the controller would have its own volumes. Give node: 'node1', or Platform.set(…, { nodes: NodeCount.SINGLE })");
    }
    const args = ['--endpoint=$(CSI_ENDPOINT)', '--nodeid=$(NODE_ID)', `--data=${DATA}`, ...(props.faults ? ['--faults'] : [])];
    // Controller and node plugin work on the same files.
    const data = {
      extraVolumes: [{ name: 'data', hostPath: { path: DATA, type: 'DirectoryOrCreate' } }],
      extraVolumeMounts: [{ name: 'data', mountPath: DATA }],
    };
    super(scope, id, {
      driverName: 'local.csi.example.com',
      name: NAME,
      image: props.image ?? `registry.example.com/storage/${NAME}:v1.0.0`,
      // As its ControllerGetCapabilities and NodeGetCapabilities say.
      capabilities: { attach: true, stage: true, block: true, expand: true, snapshot: true, clone: true, topology: true, capacity: true },
      // With its default, 5 calls of the API server a second, hundreds of claims wait for minutes.
      sidecars: { provisioner: { extraArgs: ['--kube-api-qps=20', '--kube-api-burst=100'] } },
      fsGroupPolicy: FsGroupPolicy.FILE,
      defaultFsType: 'ext4',
      controllerArgs: args,
      nodeArgs: args,
      controller: {
        ...data,
        // It copies and removes the files of directory volumes, whoever they belong to.
        addCapabilities: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID'],
        ...(props.node === undefined ? {} : { nodeSelector: { 'kubernetes.io/hostname': props.node } }),
      },
      node: data,
    });
  }
}
