import { Construct } from 'constructs';
import { NfsCsiDriverProps, NfsOnDelete } from './nfs-csi-driver-props';
import { checkPermissions } from './permissions';
import { NFS_RULES } from './rules';
import { isBefore } from '../csi/release';
import { CSI_RULES } from '../csi/rules';
import { fail } from '../findings/report';

interface Flag {
  readonly property: keyof NfsCsiDriverProps;
  readonly flag: string;
  /** The first release that has it: an older one does not start with it. */
  readonly since: string;
  /** Where it has an effect. */
  readonly on: readonly ('controller' | 'node')[];
}

/** cmd/nfsplugin/main.go of csi-driver-nfs. */
const FLAGS: readonly Flag[] = [
  { property: 'mountPermissions', flag: 'mount-permissions', since: '3.0.0', on: ['controller', 'node'] },
  { property: 'defaultOnDelete', flag: 'default-ondelete-policy', since: '4.3.0', on: ['controller'] },
  { property: 'removeArchivedVolumePath', flag: 'remove-archived-volume-path', since: '4.9.0', on: ['controller'] },
  { property: 'useTarCommandInSnapshot', flag: 'use-tar-command-in-snapshot', since: '4.10.0', on: ['controller'] },
  { property: 'snapshotCompression', flag: 'enable-snapshot-compression', since: '4.13.0', on: ['controller'] },
  { property: 'volumeStatsCacheExpiry', flag: 'vol-stats-cache-expire-in-minutes', since: '4.6.0', on: ['node'] },
];

/** The flags of the properties that are set, and of no others. */
export function driverFlags(scope: Construct, props: NfsCsiDriverProps, version: string | undefined): { readonly controllerFlags: string[]; readonly nodeFlags: string[] } {
  const values: Partial<Record<keyof NfsCsiDriverProps, string>> = {
    mountPermissions: permissions(scope, props.mountPermissions),
    volumeStatsCacheExpiry: expiry(scope, props),
  };
  const { defaultOnDelete } = props;
  if (defaultOnDelete && !Object.values(NfsOnDelete).includes(defaultOnDelete)) {
    fail(scope, CSI_RULES.CSI005, { what: 'defaultOnDelete', value: `'${defaultOnDelete}'`, expected: 'an NfsOnDelete', example: 'leave it out for NfsOnDelete.DELETE' });
  }
  const set = FLAGS.filter(({ property }) => (props[property] ?? '') !== '');
  const tooOld = set.find(({ since }) => isBefore(version, since));
  if (tooOld) {
    fail(scope, NFS_RULES.NFS126, { property: tooOld.property, flag: `--${tooOld.flag}`, since: `v${tooOld.since}`, version: `'${version}'` });
  }
  const rendered = (where: 'controller' | 'node') => set
    .filter(({ on }) => on.includes(where))
    .map(({ property, flag }) => `--${flag}=${values[property] ?? props[property]}`);
  return { controllerFlags: rendered('controller'), nodeFlags: rendered('node') };
}

/** The flag takes any base: without a 0 in front, 770 would be decimal. */
function permissions(scope: Construct, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `0${`${checkPermissions(scope, value)}`.replace(/^0+/, '')}`;
}

function expiry(scope: Construct, { volumeStatsCacheExpiry }: NfsCsiDriverProps): string | undefined {
  const minutes = volumeStatsCacheExpiry?.toMinutes({ integral: false });
  if (minutes !== undefined && (!Number.isInteger(minutes) || minutes < 1)) {
    fail(scope, CSI_RULES.CSI005, {
      what: 'volumeStatsCacheExpiry in minutes', value: minutes, expected: 'a whole number from 1', example: 'leave it out for 10 minutes, or give Duration.minutes(1) or more',
    });
  }
  return minutes === undefined ? undefined : String(minutes);
}
