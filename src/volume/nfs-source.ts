import { isIP } from 'net';
import { IConstruct } from 'constructs';
import { malformed } from './checks';
import { NfsVolumeSourceOptions } from './persistent-volume-source';
import { WrittenVolume } from './pod-spec';
import { VOLUME_RULES } from './rules';
import { fail, report } from '../findings/report';

/** Whether a name is that of a Service, in full or nearly. */
const isService = (server: string) => /\.svc(\.|$)/.test(server);
const unresolved = (server: string) => `a node does not resolve '${server}', as it does not ask the DNS of the cluster`;

/** VOL045, for an NFS volume that the user wrote: he may have nodes that ask the DNS of the cluster, or resolve a short name. */
export function checkWrittenNfs(scope: IConstruct, { source: { nfs } }: WrittenVolume): void {
  if (nfs && isService(`${nfs.server}`)) {
    report(scope, VOLUME_RULES.VOL045, { problem: unresolved(nfs.server) });
  }
}

/** Why a node does not, or may not, resolve a server's name: it does not ask the DNS of the cluster. */
function resolution(source: NfsVolumeSourceOptions): string | undefined {
  if (source.nodesResolve) {
    return undefined;
  }
  return isService(source.server) ? unresolved(source.server)
    : !source.server.includes('.') && isIP(source.server.replace(/^\[(.*)\]$/, '$1')) === 0 ? `'${source.server}' is a short name: as that of a Service no node resolves it, and otherwise only one with the right search domain` : undefined;
}

/**
 * VOL005, VOL014: an NFS volume that the node mounts by itself, in a PersistentVolume or a pod.
 *
 * @param problem what else is wrong with the volume
 */
export function nfsSource(scope: IConstruct | undefined, source: NfsVolumeSourceOptions, problem?: string): { server: string; path: string; readOnly?: boolean } {
  const { server, path, readOnly } = source;
  if (typeof server !== 'string' || !/^[^\s/]+$/.test(server) || (/:\d+$/.test(server) && isIP(server) === 0)) {
    malformed(scope, 'server', server, 'it is not a host', "such as 'nfs.example.com', without a port");
  }
  const found = problem ?? resolution(source);
  if (found) {
    fail(scope, VOLUME_RULES.VOL014, { problem: found });
  }
  if (typeof path !== 'string' || !/^\/[^\0]*$/.test(path)) {
    malformed(scope, 'path', path, 'it is not absolute', "such as '/exports/data'");
  }
  return { server, path, ...(typeof readOnly === 'boolean' ? { readOnly } : {}) };
}
