import { IConstruct } from 'constructs';
import { NFS_RULES } from './rules';
import { fail } from '../findings/report';

/** What does not pass a virtual IP. */
const UNFIT: { readonly pattern: RegExp; readonly problem: string }[] = [
  { pattern: /^(nfsvers=|vers=|v)3(\.0)?$/, problem: 'NFSv3 needs the ports of rpcbind, mountd and lockd too' },
  { pattern: /^port=(?!2049$)/, problem: 'nobody listens on that port' },
  { pattern: /^(rdma|proto=rdma6?)$/, problem: 'a virtual IP is made of address translation, which RDMA goes around' },
];

/** NFS122 */
export function checkVirtualIp(scope: IConstruct, host: string, options: readonly string[]): void {
  for (const { pattern, problem } of UNFIT) {
    const option = options.find(candidate => pattern.test(candidate));
    if (option !== undefined) {
      fail(scope, NFS_RULES.NFS122, { host, option: `'${option}'`, problem });
    }
  }
}
