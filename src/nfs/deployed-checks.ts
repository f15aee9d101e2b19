import { Construct } from 'constructs';
import { deploymentOf } from './deploy';
import { NfsServer } from './nfs-server';
import { NFS_RULES } from './rules';
import { checkVirtualIp } from './virtual-ip';
import { fail, report } from '../findings/report';
import { GaneshaServer, SERVERS } from '../ganesha/ganesha-server';
import { liesIn } from '../manifest/paths';
import { Cluster } from '../platform/cluster';
import { clusterChecks } from '../platform/cluster-checks';

/** What is done with a share. */
export interface ShareUse {
  /** What uses it, for messages. */
  readonly what: string;
  /** Whether directories are created in it, as root. */
  readonly provisions: boolean;
  readonly writes: boolean;
}

/** NFS132: a share of a server that is deployed here, against what that exports. */
export function checkExported(scope: Construct, server: NfsServer, share: string, { what, provisions, writes }: ShareUse): void {
  const { exports } = deploymentOf(server)?.backend ?? {};
  const served = exports?.find(({ name }) => liesIn(share, `/${name}`));
  const problem = exports === undefined ? undefined
    : served === undefined ? `the server exports only ${exports.map(({ name }) => `/${name}`).join(', ')}`
      : served.readOnly && writes ? `the server exports it read-only, so ${provisions ? 'no directory could be created' : 'every write would fail'}`
        : served.squash !== 'No_Root_Squash' && provisions ? `the server takes root for an anonymous user there (${served.squash}), who may not create directories` : undefined;
  if (problem) {
    const expected = served?.readOnly && writes && !provisions ? 'say so of the volume, too: readOnly: true'
      : served === undefined ? `write one of those as share, or add an export to the server: exports: [{ name: '${`${share}`.split('/')[1] || 'shared'}' }]`
        : "add an export to the server that is written, and by root: exports: [{ name: 'shared' }]";
    fail(scope, NFS_RULES.NFS132, { what, share: `'${share}'`, problem, expected });
  }
}

/** NFS122, NFS130: how a server that is deployed here is mounted. */
export function checkServed(scope: Construct, server: NfsServer, options: readonly string[]): void {
  const deployment = deploymentOf(server);
  if (!deployment) {
    return;
  }
  checkVirtualIp(scope, server.host, options);
  const version = options.map(option => /^(?:nfsvers|vers)=4(?:\.(\d))?$/.exec(option)).find(match => match);
  const minor = Number(version?.[1] ?? 0);
  if (version && !deployment.minorVersions.includes(minor)) {
    fail(scope, NFS_RULES.NFS130, { version: `4.${minor}`, served: deployment.minorVersions.map(each => `4.${each}`).join(', '), minor, host: server.host });
  }
}

/** NFS134, for the claims of all servers, whoever wrote the class. */
clusterChecks.push((objects, cluster) => {
  for (const server of Cluster.of(cluster).members<GaneshaServer>(SERVERS)) {
    const { claimName } = server.backend;
    const claim = objects.find(({ kind, name, metadata }) => kind === 'PersistentVolumeClaim' && name === claimName && metadata.namespace === server.namespace);
    const storageClass = claim?.toJson().spec?.storageClassName;
    const own = objects.find(({ kind, name }) => kind === 'StorageClass' && name === storageClass);
    if (storageClass !== undefined && own?.toJson().parameters?.server === server.host) {
      report(server, NFS_RULES.NFS134, { host: `'${server.host}'`, storageClass: `'${storageClass}'` });
    }
  }
});
