import { CsiSidecarOptions } from './csi-sidecar-options';
import { PlacedSidecar } from './driver-parts';
import { SidecarFacts } from './sidecars';
import { similar } from '../manifest/similar';

/** Arguments that the library writes to each sidecar that needs them, by any of their names. */
const OWN_FLAGS = ['csi-address', 'leader-election', 'http-endpoint', 'v', 'timeout', 'probe-timeout', 'kubelet-registration-path'];

/** Arguments that would make a sidecar do what it is not granted, or stop it. */
const REFUSED_FLAGS: Record<string, string> = {
  'enable-capacity': 'needs permissions that only the capability capacity brings',
  'node-deployment': 'needs the sidecar on every node, which is not offered',
  'enable-node-watcher': 'would watch every pod and node of the cluster, which is not granted',
  'leader-election-namespace': "needs a lease outside of the driver's namespace, which is not granted",
  'health-port': 'cannot go with --http-endpoint, which the library writes',
  'metrics-address': 'is the old form of --http-endpoint, which monitoring writes',
  'feature-gates': 'switches on what may need permissions and CRDs that only a capability brings; gates follow from the capabilities and the Kubernetes release',
};

/** One sidecar, of the controller or beside each driver container. */
export type AnySidecar = Pick<PlacedSidecar, 'image' | 'version' | 'option' | 'knownFlags'> & Partial<PlacedSidecar>;

const flagName = (argument: string) => /^--?([^=]+)/.exec(argument)?.[1] ?? argument;

/** CSI014: what is wrong with the arguments that were added. @param isTested whether it is the release whose flags are known */
export function argumentProblem(sidecar: AnySidecar, facts: SidecarFacts, { workers, extraArgs = [] }: CsiSidecarOptions, isTested: boolean): string | undefined {
  const written = [...OWN_FLAGS, ...sidecar.flags?.(facts).map(flagName) ?? [], sidecar.workersFlag ?? ''];
  const again = extraArgs.find(argument => written.includes(flagName(argument)));
  const refused = extraArgs.find(argument => flagName(argument) in REFUSED_FLAGS);
  const noFlag = extraArgs.find(argument => !/^--[a-z]/.test(argument));
  const unknown = isTested ? extraArgs.find(argument => !sidecar.knownFlags.includes(flagName(argument))) : undefined;
  return workers !== undefined && sidecar.workersFlag === undefined ? 'it has no workers'
    : again !== undefined ? `the argument '${again}' is one that the library writes, where it is needed`
      : refused !== undefined ? `the argument '${refused}' ${REFUSED_FLAGS[flagName(refused)]}`
        : noFlag !== undefined ? `the argument '${noFlag}' does not begin with --: a flag and its value are one argument, '--flag=value'`
          : unknown !== undefined ? unknownFlag(sidecar, flagName(unknown)) : undefined;
}

function unknownFlag({ image, version, knownFlags }: AnySidecar, flag: string): string {
  const meant = similar(flag, knownFlags);
  return `${image} ${version} has no flag --${flag} and would not start${meant === undefined ? '' : `; it has --${meant}`}`;
}
