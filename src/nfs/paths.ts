import { isIP } from 'net';
import { IConstruct } from 'constructs';
import { firstProblem } from './problems';
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
  return firstProblem(
    [/[\s\0]/.test(path), 'it has a blank in it'],
    [path.includes('#'), "'#' separates the parts of a volume handle, so the volume would point elsewhere"],
    [path.includes('\\'), 'it has a backslash in it'],
    [path.split('/').some(part => part === '..' || part === '.'), "it has '.' or '..' in it"],
    [path.includes('//'), 'it has a slash too many'],
  );
}

const SERVER_ADVICE = "give its name or address alone: 'nfs.example.com'; the path goes into share, a port into protocol: { extraOptions: ['port=2050'] }";
const SHARE_ADVICE = "give the exported directory as the server shows it (showmount -e): '/exports/k8s'";

export function checkHost(scope: IConstruct, given: string | undefined): string {
  const host = `${given ?? ''}`;
  const isAddress = isIP(host) > 0;
  const problem = firstProblem(
    [host.includes('://'), 'it has a scheme'],
    [host.includes('/'), 'it has a path'],
    // The driver does not take these for IPv6 and leaves the brackets out.
    [isAddress && /%|^::ffff:.*\./i.test(host), 'it is an address with a zone, or IPv4 in the notation of IPv6'],
    [!isAddress && isIP(host.replace(/^\[|\]$/g, '')) > 0, 'it has brackets, which the driver adds by itself'],
    [!isAddress && host.includes(':'), 'it has a port'],
    [!isAddress && (host.length > 253 || host.split('.').some(label => label.length > 63) || !HOST.test(host) || /^[\d.]+$/.test(host)), 'it is no host name'],
  );
  if (problem) {
    malformed(scope, 'the server', host, problem, SERVER_ADVICE);
  }
  return host;
}

export function checkShare(scope: IConstruct, given: string | undefined): string {
  const share = `${given ?? ''}`;
  const problem = pathProblem(share) ?? firstProblem(
    [!share.startsWith('/'), 'it is not absolute'],
    [share !== '/' && share.endsWith('/'), 'it ends with a slash'],
  );
  if (problem) {
    malformed(scope, 'the share', share, problem, SHARE_ADVICE);
  }
  return share;
}

/** A directory below the share. @param tokens those that may stand in it */
export function checkSubDir(scope: IConstruct, given: string, tokens: readonly string[] = []): string {
  const subDir = `${given ?? ''}`;
  // Also '$(…)' and the like, which would be one directory for all.
  const rest = tokens.reduce((text, token) => text.split(token).join(''), subDir);
  const unknown = /\$\{[^}]*\}?|[${}]/.exec(rest)?.[0];
  const problem = firstProblem(
    [subDir === '', 'it is empty, which would be the share itself'],
    [unknown !== undefined, `nothing fills in ${unknown}`],
  ) ?? pathProblem(subDir) ?? firstProblem([/^\/|\/$/.test(subDir), 'it begins or ends with a slash']);
  if (problem) {
    const expected = tokens.length > 0 ? `give a directory below the share, such as '\${pvc.metadata.namespace}/\${pvc.metadata.name}', from text and ${tokens.join(', ')}` : "give a directory below the share: 'reports/2026'";
    malformed(scope, 'the subDir', subDir, problem, expected);
  }
  return subDir;
}

/** What a volume without a handle shows: only what cannot be mounted is refused. */
export function checkSource(scope: IConstruct, server = '', share = '', subDir = ''): void {
  if (server === '') {
    malformed(scope, 'the server', server, 'it is missing', SERVER_ADVICE);
  }
  if (!share.startsWith('/')) {
    malformed(scope, 'the share', share, 'it is not absolute', SHARE_ADVICE);
  }
  for (const [what, path] of [['the share', share], ['the subDir', subDir]]) {
    if (path.split('/').includes('..')) {
      malformed(scope, what, path, "it has '..' in it", 'name the directory itself');
    }
  }
}

/** How the driver writes a path into a handle. */
export function inHandle(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}
