import { Construct } from 'constructs';
import { CsiDriverProps, NodeUpdateStrategy } from './csi-driver-props';
import { CsiSidecars } from './csi-sidecar-options';
import { DriverParts } from './driver-parts';
import { checkTested, tagOf } from './image';
import { checkLinuxCapabilities } from './linux-capabilities';
import { CSI_RULES } from './rules';
import { argumentProblem, LEAVE_OUT } from './sidecar-args';
import { LIVENESS, REGISTRAR } from './sidecars';
import { checkAtSynth, fail, report, unchecked } from '../findings/report';
import { KubernetesVersion } from '../platform/kubernetes-version';

/** CSI014 to CSI019, CSI022: what was added to the pods, against what the library writes itself. */
export function checkExtensions(scope: Construct, parts: DriverParts, props: CsiDriverProps): void {
  const { kubernetes, features } = parts.facts;
  if (features.has('modify') && !kubernetes.isAtLeast(KubernetesVersion.V1_34)) {
    report(scope, CSI_RULES.CSI015, { kubernetes: `${kubernetes}` });
  }
  for (const sidecar of [...parts.sidecars, { ...REGISTRAR, option: 'nodeDriverRegistrar' as const }, { ...LIVENESS, option: 'livenessProbe' as const }]) {
    const options = parts.sidecarOptions[sidecar.option] ?? {};
    const { image, extraArgs = [] } = options;
    const tag = image === undefined ? undefined : tagOf(image);
    checkTested(scope, sidecar.image, image, sidecar.version);
    const problem = argumentProblem(sidecar, parts.facts, options, image === undefined || tag === sidecar.version);
    if (problem) {
      fail(scope, CSI_RULES.CSI014, { sidecar: sidecar.option, ...problem });
    }
    if (extraArgs.length > 0 && image !== undefined && tag === undefined) {
      checkAtSynth(scope, () => unchecked(scope, CSI_RULES.CSI014, `the release of sidecars.${sidecar.option}.image: a tag beside the digest`));
    }
  }
  checkUnused(scope, parts);
  checkValues(scope, parts, props);
  checkLinuxCapabilities(scope, parts.controller);
  checkNetwork(scope, parts, props);
}

/** CSI013, for single values. */
function checkValues(scope: Construct, parts: DriverParts, props: CsiDriverProps): void {
  const { defaultFsType, changedBlocks } = props;
  const { maxUnavailable, updateStrategy } = parts.node;
  const refuse = (what: string, problem: string, expected: string) => fail(scope, CSI_RULES.CSI013, { what, problem, expected });
  if (maxUnavailable !== undefined && !/^([1-9]\d{0,3}|[1-9]\d?%|100%)$/.test(maxUnavailable)) {
    refuse('node.maxUnavailable', `'${maxUnavailable}' is no number of nodes`, "write a number or percentage above 0: '1' or '10%'");
  }
  if (maxUnavailable !== undefined && updateStrategy === NodeUpdateStrategy.ON_DELETE) {
    refuse('node.maxUnavailable', 'with NodeUpdateStrategy.ON_DELETE nothing is rolled out', 'leave one of them out');
  }
  if (defaultFsType !== undefined && !/^[a-z0-9]+$/.test(defaultFsType)) {
    refuse('defaultFsType', `no file system is called '${defaultFsType}'`, "such as 'ext4' or 'xfs'");
  }
  if (changedBlocks && /^\d/.test(parts.pluginName)) {
    refuse('name', `a Service cannot be called '${parts.pluginName}-…': its name has to begin with a letter`, 'give the driver a name that begins with a letter');
  }
}

/** CSI014, for sidecars that do not run. */
function checkUnused(scope: Construct, parts: DriverParts): void {
  const running: (keyof CsiSidecars)[] = [...parts.sidecars.map(sidecar => sidecar.option), 'nodeDriverRegistrar', 'livenessProbe'];
  const unused = Object.entries(parts.sidecarOptions).find(([option, value]) => value !== undefined && !running.includes(option as keyof CsiSidecars));
  if (unused) {
    fail(scope, CSI_RULES.CSI014, { sidecar: unused[0], problem: 'it does not run, as no capability of the driver needs it', expected: LEAVE_OUT });
  }
}

/** CSI017, CSI019, CSI022 */
function checkNetwork(scope: Construct, parts: DriverParts, props: CsiDriverProps): void {
  const { hostNetwork, replicas, affinity, podLabels } = parts.controller;
  const what = props.networkPolicy ? 'networkPolicy' : props.monitoring ? 'monitoring' : undefined;
  if (what !== undefined && parts.sidecars.length === 0) {
    fail(scope, CSI_RULES.CSI022, { what });
  }
  if (props.networkPolicy && hostNetwork) {
    fail(scope, CSI_RULES.CSI017);
  }
  const own = parts.selector('controller');
  if (hostNetwork && replicas > 1 && affinity !== undefined && !keepsApart(affinity, { ...podLabels, ...own })) {
    const labels = Object.entries(own).map(([key, value]) => `'${key}': '${value}'`);
    fail(scope, CSI_RULES.CSI019, { replicas, labels: `{ ${labels.join(', ')} }` });
  }
}

/** Whether pods of these labels must be on different nodes. A term without a labelSelector matches no pod at all. */
function keepsApart(affinity: any, labels: Record<string, string>): boolean {
  const terms = affinity.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return Array.isArray(terms) && terms.some(term => term?.topologyKey === 'kubernetes.io/hostname' && term.labelSelector
    && Object.entries(term.labelSelector.matchLabels ?? {}).every(([key, value]) => labels[key] === value));
}
