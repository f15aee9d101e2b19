import { IConstruct } from 'constructs';
import { fail } from '../../findings/report';
import { similar } from '../../manifest/similar';
import { GLUSTER_RULES } from '../rules';

/** Flags of the program glusterfs that a mount can do with, and whether they take a value. Others are set by Kadalu, or end the mount. */
export const FLAGS: Readonly<Record<string, boolean>> = {
  'acl': false,
  'attribute-timeout': true,
  'background-qlen': true,
  'congestion-threshold': true,
  'direct-io-mode': true,
  'entry-timeout': true,
  'event-history': true,
  'fopen-keep-cache': true,
  'gid-timeout': true,
  'invalidate-limit': true,
  'kernel-writeback-cache': true,
  'log-level': true,
  'lru-limit': true,
  'negative-timeout': true,
  'reader-thread-count': true,
  'resolve-gids': false,
  'selinux': false,
  'use-readdirp': true,
};

/** Options of mount.glusterfs, and what says the same to Kadalu. */
const OPTIONS_OF_MOUNT: Record<string, string> = {
  'backup-volfile-servers': 'list all servers: GlusterCluster.external({ hosts })',
  'backupvolfile-server': 'list all servers: GlusterCluster.external({ hosts })',
  'transport': 'leave it out: the volume says its transport',
  'ro': 'mount it read-only in the pods: PodVolume.fromClaim(claim).mountTo(workload, { container, path, readOnly: true })',
  'read-only': 'mount it read-only in the pods: PodVolume.fromClaim(claim).mountTo(workload, { container, path, readOnly: true }); the provisioner has to write',
  'worm': 'leave it out: the provisioner has to write',
  '_netdev': 'leave it out: it is for /etc/fstab',
  'log-file': 'leave it out: Kadalu says it',
  'volfile-server': 'list all servers: GlusterCluster.external({ hosts })',
  'volfile-id': 'leave it out: Kadalu says it',
};

/** GLU020 */
export function checkMountFlags(scope: IConstruct, flags: readonly string[]): void {
  for (const flag of flags) {
    const [name, value] = flag.split(/=(.*)/s);
    const meant = similar(name, Object.keys(FLAGS));
    const problem = /[\s,"'#]|: /.test(flag) ? 'it has a blank, a comma or a quote in it'
      : name.startsWith('-') ? 'Kadalu puts -- in front of it'
        : !Object.hasOwn(FLAGS, name) ? 'it is no flag of glusterfs for a mount: Kadalu would then mount without any of the flags'
          : FLAGS[name] !== (value !== undefined && value !== '') ? `it takes ${FLAGS[name] ? 'a' : 'no'} value` : undefined;
    if (problem) {
      const known = `such as 'log-level=WARNING'; flags that go are ${Object.keys(FLAGS).join(', ')}`;
      fail(scope, GLUSTER_RULES.GLU020, {
        flag, problem,
        expected: Object.hasOwn(OPTIONS_OF_MOUNT, name) ? OPTIONS_OF_MOUNT[name] : meant !== undefined && meant !== name ? `write ${meant}` : `write each flag by itself, ${known}`,
      });
    }
  }
}
