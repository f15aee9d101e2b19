import { IConstruct } from 'constructs';
import { once } from './once';
import { CEPH_IMAGE_RULES } from './rules';
import { checkAtSynth, fail, unchecked } from '../../findings/report';

const [V1, V2] = ['6789', '3300'];

/**
 * CEPH038: which protocol is heard at a monitor is only known of its usual ports.
 *
 * @param mode what the kernel was told to speak
 * @param property where that is said, as code with a mode left open
 */
export function checkMonitors(scope: IConstruct, monitors: readonly string[] | undefined, mode: string | undefined, property: (member: string) => string): void {
  const ports = [...new Set((monitors ?? []).map(monitor => monitor.replace(/^.*:/, '')))];
  const [port] = ports;
  if (ports.length === 0 || !ports.every(each => each === V1 || each === V2)) {
    once(scope, 'CEPH038', () => checkAtSynth(scope, () => unchecked(scope, CEPH_IMAGE_RULES.CEPH038, monitors ? 'what is spoken on the ports of the monitors' : 'the monitors: CephCluster.external({ monitors })')));
    return;
  }
  // The class itself, which sees no monitors, has nothing left to say.
  once(scope, 'CEPH038', () => undefined);
  const isLegacy = mode === undefined || mode === 'legacy';
  if (ports.length === 1 && (port === V1) !== isLegacy) {
    fail(scope, CEPH_IMAGE_RULES.CEPH038, {
      spoken: isLegacy ? 'messenger v1, as it does by itself,' : `messenger v2 (ms_mode=${mode})`,
      monitors: monitors!.join(', '),
      heard: port === V1 ? 'v1' : 'v2',
      expected: isLegacy ? `say that it is v2: ${property('PREFER_CRC')}, or SECURE to encrypt; or list the monitors on port 6789 too`
        : 'list the monitors on port 3300, or leave the msMode out',
    });
  }
}
