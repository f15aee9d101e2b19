import { CephServer } from './ceph-server';
import { CephAuthCommandsOptions, CephCluster, CephCredentials, ExistingCephClusterOptions } from '../../../src';
import { refusal } from '../../kubectl';

/** Credentials of two users. */
export function twoUsers(prefix: string): CephCredentials {
  const secret = (role: string) => ({ name: `ceph-${role}`, namespace: 'ceph', userId: `${prefix}-${role}` });
  return CephCredentials.fromSecrets({ provisioner: secret('provisioner'), node: secret('node') });
}

export function clusterOf(ceph: CephServer, options: ExistingCephClusterOptions = {}): CephCluster {
  return CephCluster.external({ clusterId: 'ceph', monitors: ceph.monitors, ...options });
}

/** Runs what is printed, as it stands, and returns the keys that Ceph prints, by user. */
export function makeUsers(ceph: CephServer, credentials: CephCredentials, options: CephAuthCommandsOptions = {}): Record<string, string> {
  credentials.prepareCommands().forEach(command => ceph.sh(command));
  const printed = credentials.authCommands(options).map(command => ceph.sh(command)).join('\n');
  return Object.fromEntries([...printed.matchAll(/\[client\.(\S+)\]\s+key = (\S+)/g)].map(([, user, key]) => [user, key]));
}

/** Runs commands as one of the users; throws with what Ceph says. */
export function asUser(ceph: CephServer, user: string, key: () => string): (...commands: string[]) => string {
  return (...commands) => commands.map(command => ceph.as(user, key(), command)).join('\n');
}

const REFUSED = /EACCES|EPERM|not permitted|[Pp]ermission denied|access denied|Read-only file system/;

/** Each command ends in a refusal by Ceph, and not in another failure. */
export function refused(as: (command: string) => string, ...commands: string[]): void {
  const answers = commands.map(command => {
    const answer = refusal(() => as(command));
    return [command, REFUSED.test(answer) ? 'refused' : answer || 'done'];
  });
  expect(answers).toEqual(commands.map(command => [command, 'refused']));
}
