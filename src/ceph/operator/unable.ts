import { Construct } from 'constructs';
import { CEPH_OPERATOR_RULES } from './rules';
import { CsiPodOptions } from '../../csi/csi-pod-options';
import { tagOf } from '../../csi/image';
import { isBefore } from '../../csi/release';
import { checkAtSynth, fail, unchecked } from '../../findings/report';
import { CephFsCsiDriverProps } from '../driver/ceph-fs-csi-driver-props';
import { CephRbdCsiDriverProps } from '../driver/ceph-rbd-csi-driver-props';

type Props = CephRbdCsiDriverProps & CephFsCsiDriverProps;

interface Unable {
  readonly property: string;
  readonly asked: (props: Props) => unknown;
  readonly problem: string;
  /** What to do besides staying with STANDALONE. */
  readonly expected: string;
}

const filled = (list?: readonly unknown[]) => (list?.length ?? 0) > 0;

/** What no field of a Driver is for, in each kind of pod. */
const OF_PODS: readonly { readonly property: keyof CsiPodOptions; readonly problem: string; readonly expected: string }[] = [
  { property: 'env', problem: 'a Driver object has no field for variables', expected: 'leave it out; settings of Ceph go into cephConfiguration, and arguments of sidecars into sidecars.<name>.extraArgs' },
  { property: 'extraContainers', problem: 'a Driver object has no field for containers', expected: 'leave it out' },
  { property: 'preStopCommand', problem: 'a Driver object has no field for it', expected: 'leave it out' },
  { property: 'terminationGracePeriod', problem: 'a Driver object has no field for it', expected: 'leave it out for 30 seconds' },
];

/** What can be asked of STANDALONE only. All that is not here has a field. @see docs/proof/ceph-csi-operator.md */
const UNABLE: readonly Unable[] = [
  ...(['controller', 'node'] as const).flatMap(what => OF_PODS.map(({ property, problem, expected }) => ({
    property: `${what}.${property}`, problem, expected, asked: (props: Props) => (Array.isArray(props[what]?.[property]) ? filled(props[what]![property] as unknown[]) : props[what]?.[property]),
  }))),
  { property: 'controller.privileged', asked: props => props.controller?.privileged, problem: 'it is written only beside log rotation', expected: 'leave it out: the controller needs no privilege' },
  { property: 'controller.addCapabilities', asked: props => filled(props.controller?.addCapabilities), problem: 'a Driver object has no field for it', expected: 'leave it out: its pods have the defaults of the container runtime' },
  { property: 'node.hostNetwork: false', asked: props => props.node?.hostNetwork === false, problem: 'its node plugins are always on the network of their nodes', expected: 'leave it out' },
  { property: 'csiAddonsPort', asked: props => props.csiAddonsPort, problem: 'its sidecars of csi-addons listen where it says, and not on the network of the nodes', expected: 'leave it out' },
  {
    property: 'clusterMappings[].cephFsFileSystems', asked: props => props.clusterMappings?.some?.(mapping => Object.keys(mapping?.cephFsFileSystems ?? {}).length > 0),
    problem: 'a ClientProfileMapping has no field for file systems', expected: 'leave it out',
  },
  {
    property: 'sidecars.snapshotMetadata', asked: props => Object.entries(props.sidecars?.snapshotMetadata ?? {}).some(([key, value]) => key !== 'image' && value !== undefined),
    problem: 'of that sidecar it takes the image only', expected: 'leave out all but image',
  },
  {
    property: 'omapGenerator with cephConfiguration', asked: props => props.omapGenerator && Object.keys(props.cephConfiguration ?? {}).length > 0,
    problem: 'its csi-omap-generator is not shown ceph.conf, and goes without these settings', expected: 'leave one of them out',
  },
  { property: 'ports', asked: props => Object.values(props.ports ?? {}).some(port => port !== undefined), problem: 'its pods have no health endpoints', expected: 'leave it out' },
  { property: 'monitoring', asked: props => props.monitoring, problem: 'its sidecars serve no metrics, and its pods name no ports that a PodMonitor could find', expected: 'leave it out' },
  { property: 'sidecars.livenessProbe', asked: props => props.sidecars?.livenessProbe, problem: 'its pods have no livenessprobe', expected: 'leave it out' },
];

/** Its pods are always told of fencing, and a driver that does not know the flag ends at once. */
const FENCING_SINCE = 'v3.15.0';

/** CEPH102 */
function checkRelease(scope: Construct, version: string | undefined): void {
  const before = isBefore(version, FENCING_SINCE);
  if (before) {
    fail(scope, CEPH_OPERATOR_RULES.CEPH102, {
      property: `ceph-csi ${version}`, problem: `the operator always passes --enable-fencing, which ceph-csi has since ${FENCING_SINCE}: older ones end at once`,
      expected: 'leave version and image out, or take a newer one; or stay with deployment: CephDeployment.STANDALONE',
    });
  } else if (before === undefined) {
    checkAtSynth(scope, () => unchecked(scope, CEPH_OPERATOR_RULES.CEPH102, 'the release of ceph-csi that the image was made from: version'));
  }
}

/** CEPH102 */
export function checkAble(scope: Construct, props: Props, image: string): void {
  checkRelease(scope, props.version ?? tagOf(image));
  const found = UNABLE.find(({ asked }) => asked(props));
  if (found) {
    const { property, problem, expected } = found;
    fail(scope, CEPH_OPERATOR_RULES.CEPH102, { property, problem, expected: `${expected}; or stay with deployment: CephDeployment.STANDALONE` });
  }
}
