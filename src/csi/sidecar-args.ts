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
  'version': 'only prints the release, and the sidecar ends',
  'mode': 'may let it only probe the registration, and end',
  'kubeconfig': 'is for a sidecar outside of the cluster; here it uses its service account',
  'master': 'is for a sidecar outside of the cluster; here it uses its service account',
  'plugin-registration-path': 'is where the kubelet looks for sockets, which the library mounts',
  'feature-gates': 'switches on what may need permissions and CRDs that only a capability brings; gates follow from the capabilities and the Kubernetes release',
};

/** One sidecar, of the controller or beside each driver container. */
export type AnySidecar = Pick<PlacedSidecar, 'image' | 'version' | 'option' | 'knownFlags'> & Partial<PlacedSidecar>;

const flagName = (argument: string) => /^--?([^=]+)/.exec(argument)?.[1] ?? argument;

/** What is wrong, and what to write instead. */
export interface ArgumentProblem {
  readonly problem: string;
  readonly expected: string;
}

/** What to write where nothing is known that was meant. */
export const LEAVE_OUT = 'leave it out; capabilities decide which sidecars run, and timeout, workers, logLevel and monitoring have properties of their own';

const wrong = (problem: string, expected = LEAVE_OUT): ArgumentProblem => ({ problem, expected });

/** CSI014: what is wrong with the arguments that were added. @param isTested whether it is the release whose flags are known */
export function argumentProblem(sidecar: AnySidecar, facts: SidecarFacts, { workers, extraArgs = [] }: CsiSidecarOptions, isTested: boolean): ArgumentProblem | undefined {
  const written = [...OWN_FLAGS, ...sidecar.flags?.(facts).map(flagName) ?? [], sidecar.workersFlag ?? ''];
  const again = extraArgs.find(argument => written.includes(flagName(argument)));
  const refused = extraArgs.find(argument => Object.hasOwn(REFUSED_FLAGS, flagName(argument)));
  const noFlag = extraArgs.find(argument => !/^--[a-z]/.test(argument));
  const unknown = isTested ? extraArgs.find(argument => !sidecar.knownFlags.includes(flagName(argument))) : undefined;
  return workers !== undefined && sidecar.workersFlag === undefined ? wrong('it has no workers')
    : again !== undefined ? wrong(`the argument '${again}' is one that the library writes, where it is needed`)
      : refused !== undefined ? wrong(`the argument '${refused}' ${REFUSED_FLAGS[flagName(refused)]}`)
        : noFlag !== undefined ? malformed(noFlag)
          : unknown !== undefined ? unknownFlag(sidecar, flagName(unknown)) : undefined;
}

function malformed(argument: string): ArgumentProblem {
  return /^-[a-z]/.test(argument) ? wrong(`the argument '${argument}' has one dash, which csi-provisioner takes for a row of letters`, `write '-${argument}'`)
    : wrong(`the argument '${argument}' does not begin with --`, "write a flag and its value as one argument: '--flag=value'");
}

function unknownFlag({ image, version, knownFlags }: AnySidecar, flag: string): ArgumentProblem {
  const meant = similar(flag, knownFlags);
  const problem = `${image} ${version} has no flag --${flag} and would not start`;
  return meant === undefined ? wrong(problem) : wrong(`${problem}; it has --${meant}`, `write --${meant}`);
}
