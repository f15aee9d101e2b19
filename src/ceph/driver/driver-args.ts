import { Construct } from 'constructs';
import { CephFsCsiDriverProps } from './ceph-fs-csi-driver-props';
import { CephRbdCsiDriverProps, RbdFlattening } from './ceph-rbd-csi-driver-props';
import { DriverKind } from './driver-kind';
import { checkRange } from '../../csi/fill-parts';
import { fail } from '../../findings/report';
import { withDefaults } from '../../manifest/defaults';
import { shown } from '../../manifest/validate';
import { CEPH_RULES } from '../rules';

type Props = CephRbdCsiDriverProps & CephFsCsiDriverProps;

interface Arguments {
  readonly controllerArgs: string[];
  readonly nodeArgs: string[];
}

/** ceph-csi's own, for comparing one with the other. */
const FLATTENING: Required<RbdFlattening> = { hardMaxCloneDepth: 8, softMaxCloneDepth: 4, maxSnapshotsOnImage: 450, minSnapshotsOnImage: 250 };

/** What a flag may have in it: it is one word, and the driver's records have it in their names. */
const WORD = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/** The arguments of ceph-csi. @see docs/proof/ceph-csi.md */
export function driverArgs(scope: Construct, kind: DriverKind, driverName: string, props: Props, kubeletDirectory: string): Arguments {
  const { clusterName, instanceId, fencing, domainLabels, logLevel = 4 } = props;
  for (const [what, value] of Object.entries({ clusterName, instanceId })) {
    if (value !== undefined && (typeof value !== 'string' || !WORD.test(value))) {
      fail(scope, CEPH_RULES.CEPH001, { what, value: shown(value), problem: 'it is no name', expected: "letters, digits, '-', '_' and '.', such as 'production'" });
    }
  }
  const common = [
    `--type=${kind.type}`,
    '--nodeid=$(NODE_ID)',
    '--endpoint=$(CSI_ENDPOINT)',
    `--drivername=${driverName}`,
    ...flags({ 'instanceid': instanceId, 'enable-fencing': fencing || undefined }),
    `--v=${checkRange(scope, 'logLevel', logLevel, 0, 10)}`,
  ];
  return {
    controllerArgs: [
      ...common,
      '--controllerserver=true',
      ...flags({ clustername: clusterName }),
      ...flattening(scope, props.flattening),
    ],
    nodeArgs: [
      ...common,
      '--nodeserver=true',
      '--pidlimit=-1', // librbd and ceph-fuse start many threads for each volume
      ...(kind.type === 'rbd' ? [`--pluginpath=${kubeletDirectory}/plugins`, `--stagingpath=${kubeletDirectory}/plugins/kubernetes.io/csi/`] : []),
      ...flags({ domainlabels: checkLabels(scope, domainLabels)?.join(',') }),
    ],
  };
}

function flags(values: Record<string, string | number | boolean | undefined>): string[] {
  return Object.entries(values).filter(([, value]) => value !== undefined).map(([flag, value]) => `--${flag}=${value}`);
}

function flattening(scope: Construct, given: RbdFlattening | undefined): string[] {
  const { hardMaxCloneDepth, softMaxCloneDepth, maxSnapshotsOnImage, minSnapshotsOnImage } = withDefaults(FLATTENING, given);
  checkRange(scope, 'flattening.hardMaxCloneDepth', hardMaxCloneDepth, 1, 14);
  checkRange(scope, 'flattening.softMaxCloneDepth', softMaxCloneDepth, 1, hardMaxCloneDepth);
  checkRange(scope, 'flattening.maxSnapshotsOnImage', maxSnapshotsOnImage, 1, 500);
  checkRange(scope, 'flattening.minSnapshotsOnImage', minSnapshotsOnImage, 1, maxSnapshotsOnImage);
  return flags({
    rbdhardmaxclonedepth: given?.hardMaxCloneDepth,
    rbdsoftmaxclonedepth: given?.softMaxCloneDepth,
    maxsnapshotsonimage: given?.maxSnapshotsOnImage,
    minsnapshotsonimage: given?.minSnapshotsOnImage,
  });
}

function checkLabels(scope: Construct, labels: readonly string[] | undefined): readonly string[] | undefined {
  if (labels !== undefined && labels !== null && !(Array.isArray(labels) && labels.every(label => typeof label === 'string'))) {
    fail(scope, CEPH_RULES.CEPH001, { what: 'domainLabels', value: shown(labels), problem: 'it is no list of labels', expected: "such as ['topology.kubernetes.io/zone']" });
  }
  const wrong = labels?.find(label => !/^([a-z0-9.-]+\/)?[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/.test(label));
  const domains = labels?.map(label => label.replace(/^.*\//, '')) ?? [];
  const again = domains.find((domain, index) => domains.indexOf(domain) < index);
  if (labels && (labels.length === 0 || wrong !== undefined || again !== undefined)) {
    const problem = again !== undefined ? `two of them end in '${again}', by which pools name them` : 'it is no label of nodes';
    fail(scope, CEPH_RULES.CEPH001, { what: 'domainLabels', value: shown(wrong ?? labels), problem, expected: "such as ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone']" });
  }
  return labels;
}
