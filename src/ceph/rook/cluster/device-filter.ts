import { ROOK_CLUSTER_RULES } from './rules';
import { fail } from '../../../findings/report';
import { shown } from '../../../manifest/validate';

/** What JavaScript has, and Go (RE2) has not: whoever looks ahead, behind or back. */
const NOT_OF_GO = /\(\?(?:[=!]|<[=!])|\\[1-9]/;

/**
 * A filter of Rook, as Go takes it. Flags at its beginning, such as `(?i)`, are those of JavaScript too.
 *
 * @throws CEPH141
 */
export function compile(what: string, filter: string): RegExp {
  const [, flags = '', rest] = /^\(\?([is]+)\)(.*)$/s.exec(filter) ?? [undefined, '', filter];
  try {
    if (filter !== '' && !/\s/.test(filter) && !NOT_OF_GO.test(filter)) {
      return new RegExp(rest, [...new Set(flags)].join(''));
    }
  } catch {
    // said below
  }
  return fail(undefined, ROOK_CLUSTER_RULES.CEPH141, {
    what, value: shown(filter), problem: 'it is no regular expression that Go knows (no blanks, nothing that looks ahead or back)', expected: "such as deviceFilter: '^nvme[1-4]n1$' or devicePathFilter: '^/dev/disk/by-id/ata-ST4000DM004_'",
  });
}

/** Names that the first disk of a machine, or a partition of it, has. */
const SYSTEM = ['sda', 'vda', 'xvda', 'hda', 'nvme0n1', 'mmcblk0', 'sda2', 'vda1', 'nvme0n1p3'];
/** Links that any disk has: of no vendor, so that a filter that takes them takes all. */
const ANY_LINK = ['/dev/disk/by-id/ata-0', '/dev/disk/by-id/nvme-0', '/dev/disk/by-id/scsi-0', '/dev/disk/by-id/wwn-0x0', '/dev/disk/by-id/virtio-0', '/dev/disk/by-path/pci-0', '/dev/disk/by-uuid/0'];
/** Links of two disks of different makers: who takes both goes by no maker, model or number. */
const LINKS = [
  ['/dev/disk/by-id/nvme-eui.0025385b21404321', '/dev/disk/by-id/nvme-eui.e8238fa6bf530001001b448b4a1c2d3e'],
  ['/dev/disk/by-id/wwn-0x5000c500d5e6f708', '/dev/disk/by-id/wwn-0x50014ee2b1c2d3e4'],
  ['/dev/disk/by-id/scsi-35000c500d5e6f708', '/dev/disk/by-id/scsi-350014ee2b1c2d3e4'],
  ['/dev/disk/by-path/pci-0000:00:17.0-ata-1', '/dev/disk/by-path/pci-0000:3b:00.0-nvme-1'],
  ['/dev/disk/by-id/dm-name-vg0-root', '/dev/disk/by-id/dm-name-ubuntu--vg-ubuntu--lv'],
  ['/dev/disk/by-id/dm-uuid-LVM-0a1b2c', '/dev/disk/by-id/dm-uuid-mpath-35000c5'],
];
const paths = (names: readonly string[]) => names.map(name => `/dev/${name}`);

/** A disk that a filter takes and had better not; nothing where there is none. */
export function systemDisk(filter: RegExp, byPath: boolean): string | undefined {
  const any = byPath ? LINKS.find(links => links.every(name => filter.test(name))) : undefined;
  return (byPath ? [...paths(SYSTEM), ...ANY_LINK] : SYSTEM).find(name => filter.test(name)) ?? any?.[0];
}

/** Names in the order in which the kernel finds disks. */
const OF_KERNEL = /^(\/dev\/)?((s|v|xv|h)d[a-z]+\d*|nvme\d+n\d+(p\d+)?|mmcblk\d+(p\d+)?|dm-\d+|md\d+|loop\d+|nbd\d+|rbd\d+)$/;
const LATER = [...'bcdefgh'].flatMap(letter => [`sd${letter}`, `vd${letter}`, `xvd${letter}`]).concat([1, 2, 3, 4, 5].map(number => `nvme${number}n1`));

export const isOfKernel = (device: string) => OF_KERNEL.test(device);
export const isFirst = (device: string) => SYSTEM.includes(device.replace(/^\/dev\//, ''));

/** A name of the kernel by which a filter goes. */
export function kernelName(filter: RegExp, byPath: boolean): string | undefined {
  return (byPath ? paths(LATER) : LATER).find(name => filter.test(name));
}
