import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { GlusterExport, GlusterGatewayOptions } from './gateway-options';
import { ICsiDriver } from '../../csi/i-csi-driver';
import { report } from '../../findings/report';
import { Backend, GLUSTER_HOST } from '../../ganesha/backend';
import { Text, Words } from '../../ganesha/configuration';
import { Export } from '../../ganesha/exports';
import { GaneshaServer, writeNamespace } from '../../ganesha/ganesha-server';
import { checkOptionShapes, GANESHA_SHAPES, refuseValue } from '../../ganesha/ganesha-values';
import { ManifestProps } from '../../manifest/manifest-props';
import { merged } from '../../manifest/named-child';
import { all, DURATION, FLAG, listOf, NUMBER, oneOf, RAW, struct, TEXT } from '../../manifest/shapes';
import { noteDeployment } from '../../nfs/deploy';
import { NfsVersion } from '../../nfs/nfs-protocol';
import { NfsServer } from '../../nfs/nfs-server';
import { NfsSquash } from '../../nfs/nfs-squash';
import { NfsStorage } from '../../nfs/nfs-storage';
import { EXPORT_SHAPES, isPath, servedExport } from '../../nfs/served-export';
import { Cluster } from '../../platform/cluster';
import { PodSecurityLevel } from '../../platform/distribution';
import { PersistentVolumeClaim } from '../../volume/persistent-volume-claim';
import { isVolumeName } from '../names';
import { GLUSTER_RULES } from '../rules';

/** A volume of Gluster, as it is reached. */
export interface GatewayTarget {
  readonly hosts: readonly string[];
  readonly volume: string;
}

const SHAPES = {
  ...GANESHA_SHAPES,
  exports: listOf(struct({ ...EXPORT_SHAPES, volume: TEXT })),
  recovery: { ...RAW, expected: 'a class, and a size if it is not to be one gibibyte', example: 'write recovery: { storageClass }' },
  snapshots: FLAG,
  protocol: struct({
    version: oneOf(NfsVersion), ...all(FLAG, 'hard', 'locking'), timeout: DURATION, ...all(NUMBER, 'retransmissions', 'connections'), extraOptions: listOf(TEXT),
  }),
};

/** The log of libgfapi goes where the server's own goes: a file would grow for ever. */
const LOG = '/dev/stdout';

/** nobody: who files belong to is said in each call, and the pod has no rights of its own. */
const USER = 65534;

/** Storage on a gateway: the gateway as a child of the scope, and an NfsStorage that mounts from it. */
export function gatewayStorage(scope: Construct, target: GatewayTarget, given: GlusterGatewayOptions, inherited: ManifestProps, driver?: ICsiDriver): NfsStorage {
  const place = new Construct(scope, 'Gateway');
  checkOptionShapes(place, given, SHAPES);
  const options = { ...given, ...merged(inherited, given) };
  const { hosts, volume } = target;
  const asked: readonly GlusterExport[] = options.exports ?? [{ name: volume }];
  const exports = asked.map(each => exportOf(place, target, options, each));
  for (const each of new Set(asked.map(one => one.volume ?? volume))) {
    // Any host that both know makes them gateways to the same.
    hosts.forEach(host => Cluster.of(scope).claim(scope, 'gluster gateway', `'${each}' on ${host.toLowerCase()}`, GLUSTER_RULES.GLU027));
  }
  if (exports.length === 0) {
    refuseValue(place, 'exports', 'an empty list', 'a list of what is exported', 'leave it out for the whole volume');
  }
  writeNamespace(place, options, PodSecurityLevel.RESTRICTED);
  const backend: Backend = {
    exports,
    claimName: recoveryClaim(place, options),
    glusterHosts: hosts,
    directories: [],
    user: USER,
    addCapabilities: [],
    seccomp: 'RuntimeDefault',
    podSecurity: PodSecurityLevel.RESTRICTED,
    reachesOut: true,
  };
  const gateway = new GaneshaServer(place, 'Server', options, backend);
  const [first] = exports;
  const server = NfsServer.external({ host: gateway.host, share: `/${first.name}`, squash: asked[0].squash ?? NfsSquash.NONE });
  noteDeployment(server, gateway);
  const { snapshots, protocol } = options;
  const { labels, annotations } = inherited;
  return new NfsStorage(scope, 'Nfs', { server, driver, snapshots, protocol, labels, annotations });
}

function exportOf(scope: Construct, target: GatewayTarget, options: GlusterGatewayOptions, given: GlusterExport): Export {
  const { name, volume = target.volume, path = '/' } = given;
  const checked = servedExport(scope, { what: 'the gateway', clients: options.clients }, given, {
    path: `/${volume}${path === '/' ? '' : path}`,
    fsal: { Name: new Words('GLUSTER'), hostname: new Text(GLUSTER_HOST), volume: new Text(volume), volpath: new Text(path), glfs_log: new Text(LOG) },
  });
  if (!path.startsWith('/') || (path !== '/' && !isPath(path.slice(1)))) {
    refuseValue(scope, `the path of the export '${name}'`, path, 'a directory in the volume, absolute, and not with a backslash at its end', "leave it out for the whole volume, or write '/data'");
  }
  if (!isVolumeName(volume)) {
    refuseValue(scope, `the volume of the export '${name}'`, volume, 'a volume of the same Gluster', "give its name alone, as 'gluster volume list' prints it");
  }
  return checked;
}

/** GLU070 */
function recoveryClaim(scope: Construct, { name, namespace = name, recovery, labels, annotations }: GlusterGatewayOptions): string | undefined {
  if (!recovery) {
    report(scope, GLUSTER_RULES.GLU070, { name: `'${name}'` });
    return undefined;
  }
  const { storageClass, size = Size.gibibytes(1), claimName = `${name}-recovery` } = recovery;
  return new PersistentVolumeClaim(scope, 'Recovery', { name: claimName, namespace, storageClass, size, labels, annotations }).claimName;
}
