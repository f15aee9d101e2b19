import { Construct } from 'constructs';
import { CsiControllerOptions } from './csi-driver-props';
import { CSI_RULES } from './rules';
import { fail } from '../findings/report';

const WHAT = 'controller.addCapabilities';

/** The capabilities of Linux, as Kubernetes writes them. @see https://man7.org/linux/man-pages/man7/capabilities.7.html */
const LINUX_CAPABILITIES = [
  'AUDIT_CONTROL', 'AUDIT_READ', 'AUDIT_WRITE', 'BLOCK_SUSPEND', 'BPF', 'CHECKPOINT_RESTORE', 'CHOWN', 'DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'FSETID', 'IPC_LOCK',
  'IPC_OWNER', 'KILL', 'LEASE', 'LINUX_IMMUTABLE', 'MAC_ADMIN', 'MAC_OVERRIDE', 'MKNOD', 'NET_ADMIN', 'NET_BIND_SERVICE', 'NET_BROADCAST', 'NET_RAW', 'PERFMON', 'SETFCAP',
  'SETGID', 'SETPCAP', 'SETUID', 'SYSLOG', 'SYS_ADMIN', 'SYS_BOOT', 'SYS_CHROOT', 'SYS_MODULE', 'SYS_NICE', 'SYS_PACCT', 'SYS_PTRACE', 'SYS_RAWIO', 'SYS_RESOURCE', 'SYS_TIME',
  'SYS_TTY_CONFIG', 'WAKE_ALARM',
];

/** CSI013, for capabilities that the driver's container in the controller gets added. */
export function checkLinuxCapabilities(scope: Construct, { addCapabilities = [], privileged }: CsiControllerOptions): void {
  const refuse = (problem: string, expected: string) => fail(scope, CSI_RULES.CSI013, { what: WHAT, problem, expected });
  for (const [index, given] of addCapabilities.entries()) {
    const name = given.toUpperCase().replace(/^CAP_/, '');
    if (name === 'ALL') {
      refuse(`'${given}' is every capability there is`, 'name those that the driver needs, or say so openly: controller: { privileged: true }');
    }
    if (!LINUX_CAPABILITIES.includes(name)) {
      refuse(`Linux has no capability '${given}'`, "write those of capabilities(7) without CAP_, such as ['CHOWN', 'DAC_OVERRIDE', 'FOWNER']");
    }
    if (/^CAP_/i.test(given)) {
      refuse(`'${given}' begins with CAP_, which containerd puts in front by itself: the container would not start, or start without it`, `leave the prefix out: '${name}'`);
    }
    if (name !== given) {
      refuse(`'${given}' is not in capitals`, `write '${name}'`);
    }
    if (addCapabilities.indexOf(given) < index) {
      refuse(`'${given}' is given twice`, 'write each once');
    }
  }
  if (privileged && addCapabilities.length > 0) {
    refuse('a privileged container has every capability already', 'leave it out; or privileged, where the driver can do without');
  }
}
