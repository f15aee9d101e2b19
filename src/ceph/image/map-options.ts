import { IConstruct } from 'constructs';
import { warn } from './once';
import { KnownOption, KRBD_MAP, KRBD_UNMAP, NBD_MAP, NBD_UNMAP } from './option-tables';
import { kernelNeeds, Need, readOptions, refuse } from './options';
import { CEPH_IMAGE_RULES } from './rules';

type Mounter = 'krbd' | 'nbd';

/** The options of each mounter, in the words of ceph-csi. */
export type MapOptions = Readonly<Record<Mounter, string[]>>;

const KNOWN: Readonly<Record<string, Readonly<Record<Mounter, Readonly<Record<string, KnownOption>>>>>> = {
  mapOptions: { krbd: KRBD_MAP, nbd: NBD_MAP },
  unmapOptions: { krbd: KRBD_UNMAP, nbd: NBD_UNMAP },
};

/** `krbd:a,b;nbd:c`, read as ceph-csi does. CEPH035 to CEPH037 */
export function parseMapOptions(scope: IConstruct, key: 'mapOptions' | 'unmapOptions', written: string): MapOptions {
  const options: Record<Mounter, string[]> = { krbd: [], nbd: [] };
  for (const segment of written.split(';').filter(part => part !== '')) {
    // Only the first colon divides; without one, all of it is for the kernel.
    const [, mounter, list] = /^([^:]*):(.*)$/s.exec(segment) ?? [undefined, 'krbd', segment];
    const name = mounter.trim().toLowerCase() as Mounter;
    if (!(name === 'krbd' || name === 'nbd')) {
      refuse(scope, `in ${key} the mounter`, mounter, 'what comes before the first colon has to be krbd or nbd, else no volume is mapped', `write ${key}: 'krbd:${segment.includes('=') ? segment : list}'`);
    }
    if (options[name].length > 0) {
      refuse(scope, key, written, `${name} is there twice, and only the last one would count`, `write all its options in one: '${name}:${[...options[name], list.trim()].join(',')}'`);
    }
    options[name] = readOptions(scope, { key, known: KNOWN[key][name], isProgram: name === 'nbd' }, list.trim());
  }
  if (options.nbd.length > 1) {
    warn(scope, CEPH_IMAGE_RULES.CEPH037, { what: key, value: options.nbd.join(',') });
  }
  return options;
}

/** What the kernel has to have to map and unmap. */
export function mapNeeds(map: MapOptions, unmap: MapOptions): Need[] {
  return [...kernelNeeds(map.krbd, KRBD_MAP), ...kernelNeeds(unmap.krbd, KRBD_UNMAP)];
}
