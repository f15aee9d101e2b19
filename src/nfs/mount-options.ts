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

/** Options that need a service on the nodes. */
const SERVICES: { readonly pattern: RegExp; readonly service: NfsNodeService; readonly member: string }[] = [
  { pattern: /^sec=.*krb5/, service: NfsNodeService.RPC_GSSD, member: 'RPC_GSSD' },
  { pattern: /^xprtsec=(?!none$)/, service: NfsNodeService.TLSHD, member: 'TLSHD' },
  { pattern: /^fsc(=|$)/, service: NfsNodeService.CACHEFILESD, member: 'CACHEFILESD' },
];

const NCONNECT_KERNEL = '5.3';

/** The mount options of a protocol, checked. */
export function renderProtocol(scope: IConstruct, protocol: NfsProtocol, nodesProvide: readonly NfsNodeService[]): string[] {
  const { version = NfsVersion.V4_1, hard = true, timeout, retransmissions, connections, locking = true, extraOptions = [] } = protocol;
  const refuse = (option: string, problem: string, expected: string): never => fail(scope, NFS_RULES.NFS013, { option: `'${option}'`, problem, expected });
  const inRange = (option: string, value: number, lowest: number, highest: number) => {
    if (!Number.isInteger(value) || value < lowest || value > highest) {
      refuse(`${option}=${value}`, 'it is out of range', `give a whole number from ${lowest} to ${highest}`);
    }
    return `${option}=${value}`;
  };
  if (version === NfsVersion.V3 && locking) {
    refuse('nfsvers=3', 'its locks need rpc.statd, which does not run in the pod of the driver, so every mount would fail', 'set locking: false if nothing locks files across nodes, or use NfsVersion.V4_1');
  }
  if (version !== NfsVersion.V3 && !locking) {
    refuse('nolock', 'NFSv4 has locking built in and ignores it', 'leave locking out');
  }
  const options = [`nfsvers=${version}`, hard ? 'hard' : 'soft'];
  if (timeout !== undefined) {
    options.push(inRange('timeo', timeout.toMilliseconds({ integral: false }) / 100, 1, 6000));
  }
  if (retransmissions !== undefined) {
    options.push(inRange('retrans', retransmissions, 0, 100));
  }
  if (connections !== undefined) {
    options.push(inRange('nconnect', connections, 1, 16));
  }
  if (!locking) {
    options.push('nolock');
  }
  for (const option of extraOptions) {
    const property = TYPED[option.split('=')[0]] ?? (/^v4\.\d$/.test(option) ? 'version' : undefined);
    if (property) {
      refuse(option, 'it is written already', `use protocol: { ${property} }`);
    }
    if (options.includes(option)) {
      refuse(option, 'it is given twice', 'give it once');
    }
    options.push(option);
  }
  checkOptions(scope, options, nodesProvide);
  if (!hard) {
    report(scope, NFS_RULES.NFS113);
  }
  return options;
}

/** The checks that also hold for options somebody wrote by hand. */
export function checkOptions(scope: IConstruct, options: readonly string[], nodesProvide: readonly NfsNodeService[]): void {
  for (const option of options) {
    const refuse = (problem: string, expected: string) => fail(scope, NFS_RULES.NFS013, { option: `'${option}'`, problem, expected });
    if (!/^[A-Za-z0-9_]+(=[^\s,"'\\]+)?$/.test(option)) {
      refuse('it is empty, or has a blank, comma or quote in it, so the list of all options would be read wrongly', "give one option per entry, such as 'noatime' or 'rsize=1048576'");
    }
    if (/^(proto|mountproto)=udp6?$/.test(option) || option === 'udp') {
      refuse('NFS over UDP corrupts data on fast networks and is compiled out of current kernels', 'leave it out: TCP is the default');
    }
    const needed = SERVICES.find(row => row.pattern.test(option));
    if (needed && !nodesProvide.includes(needed.service)) {
      fail(scope, NFS_RULES.NFS014, { option: `'${option}'`, service: needed.service, member: needed.member });
    }
  }
  const versions = options.filter(option => /^(nfsvers|vers)=|^v[34](\.\d)?$/.test(option));
  if (versions.length > 1) {
    fail(scope, NFS_RULES.NFS013, { option: `'${versions[1]}'`, problem: `the version is given already by '${versions[0]}'`, expected: 'give it once' });
  }
  const connections = options.find(option => /^nconnect=/.test(option) && option !== 'nconnect=1');
  if (connections) {
    checkAtSynth(scope, () => {
      const platform = Platform.of(scope);
      const known = platform.hasKernel(NCONNECT_KERNEL);
      if (known === undefined) {
        unchecked(scope, NFS_RULES.NFS114, 'the kernel of the nodes: Platform.set(…, { kernel })');
      } else if (!known) {
        report(scope, NFS_RULES.NFS114, { option: connections, needed: `'${NCONNECT_KERNEL}'`, kernel: `'${platform.kernel}'` });
      }
    });
  }
}
