import { isIP } from 'net';
import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { noteAdmission } from './admission';
import { Backend, NFS_PORT, RECOVERY } from './backend';
import { asNetwork, Client } from './clients';
import { Block, renderConfiguration, Words } from './configuration';
import { checkExports, Export, exportBlock } from './exports';
import { checkExtraConfiguration } from './extra-configuration';
import { GaneshaLogLevel, GaneshaOptions } from './ganesha-options';
import { GaneshaValues, refuseValue, valuesOf } from './ganesha-values';
import { ganeshaPod } from './pod';
import { PROBE_SCRIPT, START_SCRIPT } from './program';
import { bindRole, writeAccount } from '../csi/account';
import { checkImage } from '../csi/image';
import { contentHash } from '../manifest/content-hash';
import { emit } from '../manifest/emit';
import { Namespace } from '../manifest/namespace';
import { checkLabel, isSubdomain } from '../manifest/validate';
import { Cluster } from '../platform/cluster';
import { PodSecurityLevel } from '../platform/distribution';

/** All servers of a cluster. */
export const SERVERS = 'ganesha servers';
/** A StatefulSet adds a hash of eleven letters to its name in a label. */
const NAME = /^[a-z]([-a-z0-9]{0,50}[a-z0-9])?$/;

/** The namespace of a server, which comes before its claim. GAN001 for the name, of which those of the others are made. */
export function writeNamespace(scope: Construct, { name, namespace = name, createNamespace, labels, annotations }: GaneshaOptions, podSecurity: PodSecurityLevel): void {
  if (!NAME.test(name ?? '')) {
    refuseValue(scope, 'the name of the server', name, 'a name of a Service, of at most 52 characters', "use lower-case letters, digits or '-', beginning with a letter: name: 'nfs'");
  }
  if (createNamespace ?? true) {
    new Namespace(scope, 'Namespace', { name: namespace, podSecurity, holdsData: true, labels, annotations });
  }
}

/** The objects of an NFS-Ganesha: configuration, Service, StatefulSet of one, who reaches it. */
export class GaneshaServer extends Construct {
  /** By which clients know it. */
  public readonly host: string;
  public readonly namespace: string;
  public readonly minorVersions: readonly number[];

  /** @throws GAN001, GAN003, GAN004, GAN007; CSI006 for the image; MAN001 for the namespace */
  public constructor(scope: Construct, id: string, options: GaneshaOptions, public readonly backend: Backend) {
    super(scope, id);
    const { name, clusterDomain = 'cluster.local', clusterIp, extraConfiguration } = options;
    if (!isSubdomain(clusterDomain)) {
      refuseValue(this, 'clusterDomain', clusterDomain, 'a DNS domain', "write the kubelets' clusterDomain, such as 'cluster.local', or leave it out");
    }
    if (clusterIp !== undefined && isIP(clusterIp) === 0) {
      refuseValue(this, 'clusterIp', clusterIp, 'an IP address of the cluster\'s Service range', 'leave it out unless the address has to survive a deletion of the Service');
    }
    this.namespace = checkLabel(this, 'the namespace of the server', options.namespace ?? name);
    this.host = `${name}.${this.namespace}.svc.${clusterDomain}`;
    checkImage(this, 'image', options.image);
    checkExports(this, backend.exports);
    const values = valuesOf(this, options);
    this.minorVersions = values.minorVersions;
    checkExtraConfiguration(this, extraConfiguration);
    Cluster.of(this).join(SERVERS, this);
    noteAdmission(this, this.namespace, backend.podSecurity);
    this.write(options, values);
  }

  /** Clients hang without it, so it is kept from pruning: all but who may reach and evict it. */
  private write(options: GaneshaOptions, values: GaneshaValues): void {
    const { namespace, backend } = this;
    const { name } = options;
    const metadata = { name, namespace };
    const labels = { 'app.kubernetes.io/name': 'nfs-ganesha', 'app.kubernetes.io/instance': name };
    const emitted = (id: string, manifest: any): ApiObject => emit(this, id, manifest, options, { holdsData: true });
    const data = {
      'ganesha.conf': [renderConfiguration(configuration(backend.exports, values, options.logLevel)), ...(options.extraConfiguration ? [options.extraConfiguration] : [])].join('\n'),
      'start.sh': START_SCRIPT,
      'probe.sh': PROBE_SCRIPT,
    };
    emitted('Configuration', k8s.KubeConfigMap.manifest({ metadata, data }));
    writeAccount(this, name, namespace, options, { holdsData: true });
    emitted('Service', k8s.KubeService.manifest({
      metadata,
      spec: { type: 'ClusterIP', clusterIp: options.clusterIp, selector: labels, ports: [{ name: 'nfs', port: NFS_PORT, protocol: 'TCP', targetPort: k8s.IntOrString.fromString('nfs') }] },
    }));
    emitted('Server', k8s.KubeStatefulSet.manifest({
      metadata,
      spec: {
        // Two would serve one directory without knowing of each other's locks.
        replicas: 1,
        serviceName: name,
        // Else a pod that does not become ready would never be replaced, not even by one that is right.
        podManagementPolicy: 'Parallel',
        selector: { matchLabels: labels },
        template: ganeshaPod(this, options, values, { labels, backend, configuration: contentHash(data).slice(0, 16) }),
      },
    }));
    if (options.networkPolicy ?? true) {
      emit(this, 'NetworkPolicy', k8s.KubeNetworkPolicy.manifest({ metadata, spec: networkPolicy(labels, backend, values) }), options);
    }
    const { privilegedClusterRole } = Cluster.of(this).platform.distribution;
    // OpenShift lets pods choose a user by one that allows that and no more.
    const role = backend.user === 0 ? privilegedClusterRole : privilegedClusterRole?.replace(/^(system:openshift:scc:)privileged$/, '$1nonroot-v2');
    bindRole(this, 'SecurityRoleBinding', role, { name: `${name}-scc`, namespace, accounts: [name] }, options, { holdsData: true });
    if (options.evictable === false) {
      emit(this, 'Budget', k8s.KubePodDisruptionBudget.manifest({
        metadata, spec: { maxUnavailable: k8s.IntOrString.fromNumber(0), selector: { matchLabels: labels }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
      }), options);
    }
  }
}

function configuration(exports: readonly Export[], values: GaneshaValues, logLevel = GaneshaLogLevel.EVENT): Block[] {
  return [
    { name: 'NFS_CORE_PARAM', values: { Protocols: 4, NFS_Port: NFS_PORT, Enable_UDP: false, Enable_NLM: false, Enable_RQUOTA: false } },
    {
      name: 'NFSV4',
      values: {
        Minor_Versions: new Words(...values.minorVersions),
        Lease_Lifetime: values.lease,
        Grace_Period: values.grace,
        // There is nobody to ask for names of users.
        Only_Numeric_Owners: true,
        RecoveryBackend: new Words('fs'),
        RecoveryRoot: new Words(RECOVERY),
      },
    },
    { name: 'NFS_KRB5', values: { Active_krb5: false } },
    {
      name: 'LOG',
      values: { Default_Log_Level: new Words(logLevel) },
      // Neither of them is there, which they call critical.
      blocks: [{ name: 'COMPONENTS', values: { DBUS: new Words('FATAL'), NFS_CB: new Words('FATAL') } }],
    },
    { name: 'EXPORT_DEFAULTS', values: { Access_Type: new Words('None'), Protocols: 4, Transports: new Words('TCP'), SecType: new Words('sys') } },
    ...exports.map(exportBlock),
  ];
}

function networkPolicy(labels: Record<string, string>, { exports, reachesOut }: Backend, { minorVersions }: GaneshaValues): k8s.NetworkPolicySpec {
  const clients = new Map<string, Client>(exports.flatMap(({ clients: each }) => each.map(client => [asNetwork(client), client])));
  // NFSv4.0 calls its clients back; later versions do so on the connection that is there.
  const isSilent = !reachesOut && !minorVersions.includes(0);
  return {
    podSelector: { matchLabels: labels },
    policyTypes: ['Ingress', ...(isSilent ? ['Egress'] : [])],
    ingress: [{ from: [...clients.keys()].map(cidr => ({ ipBlock: { cidr } })), ports: [{ port: k8s.IntOrString.fromNumber(NFS_PORT), protocol: 'TCP' }] }],
  };
}
