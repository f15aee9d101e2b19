import { isIP } from 'net';
import { IConstruct } from 'constructs';
import { NFS_RULES } from './rules';
import { fail } from '../findings/report';

/** What a subDir may have in it, and csi-provisioner fills in. */
export const TOKENS = ['${pvc.metadata.name}', '${pvc.metadata.namespace}', '${pv.metadata.name}'];

const HOST = /^[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*\.?$/;

function malformed(scope: IConstruct, what: string, value: string, problem: string, expected: string): never {
  return fail(scope, NFS_RULES.NFS002, { what, value: `'${value}'`, problem, expected });
}

/** What can be wrong with any path; '#' separates the parts of a volume handle. */
function pathProblem(path: string): string | undefined {
  return /[\s\0]/.test(path) ? 'it has a blank in it'
    : path.includes('#') ? "'#' separates the parts of a volume handle, so the volume would point elsewhere"
      : path.includes('\\') ? 'it has a backslash in it'
        : path.split('/').some(part => part === '..' || part === '.') ? "it has '.' or '..' in it"
          : path.includes('//') ? 'it has a slash too many' : undefined;
}

export function checkHost(scope: IConstruct, given: string | undefined): string {
  const host = given ?? '';
  const problem = host.includes('://') ? 'it has a scheme'
    : host.includes('/') ? 'it has a path'
      : isIP(host) > 0 ? undefined : isIP(host.replace(/^\[|\]$/g, '')) > 0 ? 'it has brackets, which the driver adds by itself'
        : /:\d+$/.test(host) || host.includes(':') ? 'it has a port'
          : host.length > 253 || !HOST.test(host) || /^[\d.]+$/.test(host) ? 'it is no host name' : undefined;
  if (problem) {
    malformed(scope, 'the server', host, problem, "give its name or address alone: 'nfs.example.com'; the path goes into share, a port into protocol: { extraOptions: ['port=2050'] }");
  }
  return host;
}

export function checkShare(scope: IConstruct, given: string | undefined): string {
  const share = given ?? '';
  const problem = pathProblem(share)
    ?? (!share.startsWith('/') ? 'it is not absolute' : share !== '/' && share.endsWith('/') ? 'it ends with a slash' : undefined);
  if (problem) {
    malformed(scope, 'the share', share, problem, "give the exported directory as the server shows it (showmount -e): '/exports/k8s'");
  }
  return share;
}

/** A directory below the share. @param tokens those that may stand in it */
export function checkSubDir(scope: IConstruct, subDir: string, tokens: readonly string[] = []): string {
  // Also '$(…)' and the like, which would be one directory for all.
  const rest = tokens.reduce((text, token) => text.split(token).join(''), subDir);
  const unknown = /\$\{[^}]*\}?|[${}]/.exec(rest)?.[0];
  const problem = subDir === '' ? 'it is empty, which would be the share itself'
    : unknown !== undefined ? `nothing fills in ${unknown}`
      : pathProblem(subDir) ?? (subDir.startsWith('/') || subDir.endsWith('/') ? 'it begins or ends with a slash' : undefined);
  if (problem) {
    const expected = tokens.length > 0 ? `give a directory below the share, such as '\${pvc.metadata.namespace}/\${pvc.metadata.name}', from text and ${tokens.join(', ')}` : "give a directory below the share: 'reports/2026'";
    malformed(scope, 'the subDir', subDir, problem, expected);
  }
  return subDir;
}

/** How the driver writes a path into a handle. */
export function inHandle(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}
