import { IConstruct } from 'constructs';
import { GANESHA_RULES } from './rules';
import { fail, report } from '../findings/report';

/** Those that this library writes. */
const WRITTEN = ['NFS_CORE_PARAM', 'NFSV4', 'NFS_KRB5', 'LOG', 'EXPORT_DEFAULTS'];
/** All others at the top of a configuration. @see https://github.com/nfs-ganesha/nfs-ganesha/tree/V4.3/src/doc/man */
const OTHERS = [
  'EXPORT', 'MDCACHE', 'CACHEINODE', 'DIRECTORY_SERVICES', 'NFS_IP_NAME', '_9P', 'RADOS_KV', 'RADOS_URLS', 'CEPH', 'GLUSTER', 'GPFS', 'LIZARDFS', 'MEM', 'PROXY_V3', 'PROXY_V4', 'PSEUDOFS', 'RGW', 'VFS', 'XFS',
];

/** The names of blocks that lie in no other. */
function blocksOf(text: string): string[] {
  const bare = text.replace(/"(\\.|[^"])*"|'[^']*'|#.*/g, '');
  let depth = 0;
  return [...bare.matchAll(/([\w-]+)\s*\{|[{}]/g)].flatMap(([token, name]) => {
    const isTop = depth === 0;
    depth += token === '}' ? -1 : 1;
    return isTop && name ? [name] : [];
  });
}

/** GAN006, GAN007 */
export function checkExtraConfiguration(scope: IConstruct, text = ''): void {
  for (const block of blocksOf(text)) {
    const name = block.toUpperCase();
    if (WRITTEN.includes(name)) {
      fail(scope, GANESHA_RULES.GAN007, {
        block, problem: 'this library writes that block, and the server would forget what that says: of two it takes the second, with its own defaults for the rest',
        expected: "use the properties of NfsServer.deploy, such as leaseLifetime; extraConfiguration is for blocks beside them: 'MDCACHE { Entries_HWMark = 50000; }'",
      });
    }
    if (!OTHERS.includes(name)) {
      fail(scope, GANESHA_RULES.GAN007, {
        block, problem: 'NFS-Ganesha has no block of that name, and would pass over it without a word', expected: `write one of ${OTHERS.join(', ')}`,
      });
    }
  }
  if (text !== '') {
    report(scope, GANESHA_RULES.GAN006);
  }
}
