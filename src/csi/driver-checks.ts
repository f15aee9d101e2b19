import { Construct } from 'constructs';
import { CsiDriverProps } from './csi-driver-props';
import { CsiSidecars } from './csi-sidecar-options';
import { DriverParts } from './driver-parts';
import { tagOf } from './image';
import { CSI_RULES } from './rules';
import { LIVENESS, REGISTRAR } from './sidecars';
import { fail, report } from '../findings/report';
import { KubernetesVersion } from '../platform/kubernetes-version';

/** Arguments that every sidecar gets, by any of their names. */
const OWN_FLAGS = ['csi-address', 'leader-election', 'http-endpoint', 'v', 'timeout', 'probe-timeout', 'kubelet-registration-path', 'feature-gates'];

const flagName = (argument: string) => /^--?([^=]+)/.exec(argument)?.[1] ?? argument;

/** CSI014 to CSI019: what was added to the pods, against what the library writes itself. */
export function checkExtensions(scope: Construct, parts: DriverParts, props: CsiDriverProps): void {
  const { kubernetes, features } = parts.facts;
  if (features.has('modify') && !kubernetes.isAtLeast(KubernetesVersion.V1_34)) {
    report(scope, CSI_RULES.CSI015, { kubernetes: `${kubernetes}` });
  }
  for (const sidecar of [...parts.sidecars, { ...REGISTRAR, option: 'nodeDriverRegistrar' as const, workersFlag: undefined }, { ...LIVENESS, option: 'livenessProbe' as const, workersFlag: undefined }]) {
    const { image, workers, extraArgs = [] } = parts.sidecarOptions[sidecar.option] ?? {};
    const tag = image === undefined ? undefined : tagOf(image);
    if (tag !== undefined && tag !== sidecar.version) {
      report(scope, CSI_RULES.CSI016, { sidecar: sidecar.image, tag, tested: sidecar.version });
    }
    const written = 'flags' in sidecar ? [...OWN_FLAGS, ...sidecar.flags(parts.facts).map(flagName), sidecar.workersFlag ?? ''] : OWN_FLAGS;
    const again = extraArgs.find(argument => written.includes(flagName(argument ?? '')));
    const problem = workers !== undefined && sidecar.workersFlag === undefined ? 'it has no workers'
      : again !== undefined ? `the argument '${again}' says again what the library writes`
        : extraArgs.some(argument => !/^--?[a-z]/.test(argument ?? '')) ? 'an argument does not begin with --' : undefined;
    if (problem) {
      fail(scope, CSI_RULES.CSI014, { sidecar: sidecar.option, problem });
    }
  }
  checkUnused(scope, parts);
  checkValues(scope, parts, props);
  checkNetwork(scope, parts, props);
}

/** CSI013, for single values. */
function checkValues(scope: Construct, parts: DriverParts, props: CsiDriverProps): void {
  const { defaultFsType, changedBlocks } = props;
  const { maxUnavailable } = parts.node;
  const wrong = maxUnavailable !== undefined && !/^([1-9]\d{0,3}|[1-9]\d?%|100%)$/.test(maxUnavailable)
    ? { what: 'node.maxUnavailable', problem: `'${maxUnavailable}' is no number of nodes`, expected: "write a number or percentage above 0: '1' or '10%'" }
    : defaultFsType !== undefined && !/^[a-z0-9]+$/.test(defaultFsType)
      ? { what: 'defaultFsType', problem: `no file system is called '${defaultFsType}'`, expected: "such as 'ext4' or 'xfs'" }
      : changedBlocks && /^\d/.test(parts.pluginName)
        ? { what: 'name', problem: `a Service cannot be called '${parts.pluginName}-…': its name has to begin with a letter`, expected: 'give the driver a name that begins with a letter' } : undefined;
  if (wrong) {
    fail(scope, CSI_RULES.CSI013, wrong);
  }
}

/** CSI014, for sidecars that do not run. */
function checkUnused(scope: Construct, parts: DriverParts): void {
  const running: (keyof CsiSidecars)[] = [...parts.sidecars.map(sidecar => sidecar.option), 'nodeDriverRegistrar', 'livenessProbe'];
  const unused = Object.entries(parts.sidecarOptions).find(([option, value]) => value !== undefined && !running.includes(option as keyof CsiSidecars));
  if (unused) {
    fail(scope, CSI_RULES.CSI014, { sidecar: unused[0], problem: 'it does not run, as no capability of the driver needs it' });
  }
}

/** CSI017, CSI019 */
function checkNetwork(scope: Construct, parts: DriverParts, props: CsiDriverProps): void {
  const { hostNetwork, replicas, affinity } = parts.controller;
  if (props.networkPolicy && hostNetwork) {
    fail(scope, CSI_RULES.CSI017);
  }
  if (hostNetwork && replicas > 1 && affinity !== undefined && !affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.length) {
    fail(scope, CSI_RULES.CSI019, { replicas });
  }
}
