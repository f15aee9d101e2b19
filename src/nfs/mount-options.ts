import { IConstruct } from 'constructs';
import { NfsNodeService, NfsProtocol, NfsVersion } from './nfs-protocol';
import { NFS_RULES } from './rules';
import { checkAtSynth, fail, report, unchecked } from '../findings/report';
import { Platform } from '../platform/platform';

/** Options that a property of NfsProtocol writes, by their names in the kernel. */
const TYPED: Record<string, string> = {
  nfsvers: 'version', vers: 'version', v3: 'version', v4: 'version', minorversion: 'version',
  hard: 'hard', soft: 'hard', softerr: 'hard',
  timeo: 'timeout', retrans: 'retransmissions', nconnect: 'connections',
  nolock: 'locking', lock: 'locking',
};

/** Options that say the same thing in other words, or the opposite. */
const ALIKE: Record<string, string> = { soft: 'hard', softerr: 'hard', nolock: 'lock', rw: 'ro', noac: 'ac', noacl: 'acl', noatime: 'atime' };

/** Options that need a service on the nodes. */
const SERVICES: { readonly pattern: RegExp; readonly service: NfsNodeService; readonly member: string }[] = [
  { pattern: /^sec=.*krb5/, service: NfsNodeService.RPC_GSSD, member: 'RPC_GSSD' },
  { pattern: /^xprtsec=(?!none$)/, service: NfsNodeService.TLSHD, member: 'TLSHD' },
  { pattern: /^fsc(=|$)/, service: NfsNodeService.CACHEFILESD, member: 'CACHEFILESD' },
];

const NCONNECT_KERNEL = '5.3';

/** The options that each NfsStorage has checked: its classes and volumes need not report the same again. */
const checked = new WeakMap<IConstruct, Set<string>>();

/** Options that take a whole number, and its range. */
const RANGES: Record<string, readonly [number, number]> = { timeo: [1, 6000], retrans: [0, 100], nconnect: [1, 16] };

/** NFS013 */
function refuse(scope: IConstruct, option: string, problem: string, expected: string): never {
  return fail(scope, NFS_RULES.NFS013, { option: `'${option}'`, problem, expected });
}

/** The mount options of a protocol, checked. */
export function renderProtocol(scope: IConstruct, protocol: NfsProtocol, nodesProvide: readonly NfsNodeService[]): string[] {
  const { version = NfsVersion.V4_1, hard = true, timeout, retransmissions, connections, locking = true } = protocol;
  if (!Object.values(NfsVersion).includes(version)) {
    refuse(scope, `nfsvers=${version}`, 'there is no such version', 'use NfsVersion.V4_1, or leave version out');
  }
  const options = [
    `nfsvers=${version}`,
    hard ? 'hard' : 'soft',
    ...(!timeout ? [] : [`timeo=${timeout.toMilliseconds({ integral: false }) / 100}`]),
    ...(retransmissions === undefined ? [] : [`retrans=${retransmissions}`]),
    ...(connections === undefined ? [] : [`nconnect=${connections}`]),
    ...(locking ? [] : ['nolock']),
  ];
  for (const option of (protocol.extraOptions ?? []).map(given => `${given ?? ''}`)) {
    if (option === 'ro') {
      fail(scope, NFS_RULES.NFS012);
    }
    if (option === 'rw') {
      refuse(scope, option, 'it is the default, and contradicts a volume that is read-only', 'leave it out');
    }
    const property = TYPED[option.split('=')[0]] ?? (/^v4\.\d$/.test(option) ? 'version' : undefined);
    if (property) {
      refuse(scope, option, 'it is written already', `use protocol: { ${property} }`);
    }
    options.push(option);
  }
  checkOptions(scope, options, nodesProvide);
  checked.set(scope, (checked.get(scope) ?? new Set()).add(options.join()));
  return options;
}

/**
 * The checks of a list of mount options, also of one that somebody wrote by hand.
 *
 * @param nodesProvide is known of a protocol only
 */
export function checkOptions(scope: IConstruct, options: readonly string[], nodesProvide?: readonly NfsNodeService[]): void {
  const written = options.filter(option => option !== 'ro').join();
  if (scope.node.scopes.some(ancestor => checked.get(ancestor)?.has(written))) {
    return;
  }
  options.forEach(option => checkOption(scope, option, nodesProvide));
  const [version, second] = options.filter(option => /^(nfsvers|vers)=|^v[34](\.\d)?$/.test(option));
  if (second) {
    refuse(scope, second, `the version is given already by '${version}'`, 'give it once');
  }
  const names = options.map(option => ALIKE[option] ?? option.split('=')[0]);
  const again = names.findIndex((name, index) => names.indexOf(name) < index);
  if (again >= 0) {
    refuse(scope, options[again], `'${options[names.indexOf(names[again])]}' says it already`, 'give one of them');
  }
  const isV3 = version !== undefined && /^(nfsvers=|vers=|v)3(\.0)?$/.test(version);
  const locking = !options.includes('nolock');
  if (isV3 && locking) {
    refuse(scope, version, 'its locks need rpc.statd, which does not run in the pod of the driver, so every mount would fail', "with locking: false ('nolock') if nothing locks files across nodes, or use NfsVersion.V4_1");
  }
  if (version !== undefined && !isV3 && !locking) {
    refuse(scope, 'nolock', 'NFSv4 has locking built in and ignores it', 'leave locking out');
  }
  if (options.includes('soft') || options.includes('softerr')) {
    report(scope, NFS_RULES.NFS113);
  }
  const connections = options.find(option => /^nconnect=/.test(option) && option !== 'nconnect=1');
  if (connections) {
    checkAtSynth(scope, () => checkKernel(scope, connections, NCONNECT_KERNEL));
  }
}

function checkOption(scope: IConstruct, option: string, nodesProvide?: readonly NfsNodeService[]): void {
  if (!/^[A-Za-z0-9_]+(=[^\s,"'\\]+)?$/.test(option) && !/^v4\.\d$/.test(option)) {
    refuse(scope, option, 'it is empty, or has a blank, comma or quote in it, so the list of all options would be read wrongly', "give one option per entry, such as 'noatime' or 'rsize=1048576'");
  }
  if (/^(proto|mountproto)=udp6?$/.test(option) || option === 'udp') {
    refuse(scope, option, 'NFS over UDP corrupts data on fast networks and is compiled out of current kernels', 'leave it out: TCP is the default');
  }
  const [name, value] = option.split('=');
  const range = RANGES[name];
  if (range && (!/^\d+$/.test(value ?? '') || Number(value) < range[0] || Number(value) > range[1])) {
    refuse(scope, option, 'it is out of range', `give a whole number from ${range[0]} to ${range[1]}${name === 'timeo' ? ', in tenths of a second' : ''}`);
  }
  const needed = SERVICES.find(row => row.pattern.test(option));
  if (needed && !nodesProvide) {
    checkAtSynth(scope, () => unchecked(scope, NFS_RULES.NFS014, `whether ${needed.service} runs on every node: NfsStorage with nodesProvide`));
  } else if (needed && !nodesProvide?.includes(needed.service)) {
    fail(scope, NFS_RULES.NFS014, { option: `'${option}'`, service: needed.service, member: needed.member });
  }
}

/** NFS114 */
function checkKernel(scope: IConstruct, option: string, needed: string): void {
  const platform = Platform.of(scope);
  const known = platform.hasKernel(needed);
  if (known === undefined) {
    unchecked(scope, NFS_RULES.NFS114, 'the kernel of the nodes: Platform.set(…, { kernel })');
  } else if (!known) {
    report(scope, NFS_RULES.NFS114, { option: `'${option}'`, needed: `'${needed}'`, kernel: `'${platform.kernel}'` });
  }
}
