import { BlockList, isIP } from 'net';
import { ApiObject, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { firstProblem } from './problems';
import { NFS_RULES } from './rules';
import { fail, report } from '../findings/report';
import { emit } from '../manifest/emit';
import { ManifestProps } from '../manifest/manifest-props';
import { checkLabel, isSubdomain } from '../manifest/validate';
import { objectsOf } from '../platform/cluster-checks';
import { GitOpsTool } from '../platform/git-ops-tool';
import { Platform } from '../platform/platform';

const NFS_PORT = 2049;

/** Properties of an NfsServerAlias: give `externalName` or `addresses`, not both. */
export interface NfsServerAliasProps extends ManifestProps {
  /** The name of the Service. It is frozen into every volume, so it says what is stored there, not where. */
  readonly name: string;

  /**
   * The namespace of the Service, which is frozen into every volume too.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;

  /**
   * The DNS name of the server. The cluster's DNS answers with it (CNAME); nodes keep the address that they got when they mounted.
   *
   * @default - none: `addresses` are given
   */
  readonly externalName?: string;

  /**
   * The IP address of the server. The Service gets a virtual IP, and nodes keep that: when this changes, mounts that live follow. Only
   * for NFSv4 on port 2049. Several are for one server with several addresses, as connections are spread over them.
   *
   * @default - none: `externalName` is given
   */
  readonly addresses?: string[];

  /**
   * The virtual IP of the Service, from the cluster's Service range, so that it is the same when the Service is created anew.
   *
   * @default - the cluster picks one
   */
  readonly clusterIp?: string;

  /**
   * The DNS domain of the cluster (`clusterDomain` of the kubelets).
   *
   * @default cluster.local
   */
  readonly clusterDomain?: string;
}

/** Addresses that no server has, or that the API server takes in no EndpointSlice; by families, as a list of IPv6 matches IPv4-mapped ones too. */
const SPECIAL = {
  ipv4: subnets('ipv4', ['0.0.0.0', 32], ['127.0.0.0', 8], ['169.254.0.0', 16], ['224.0.0.0', 4]),
  ipv6: subnets('ipv6', ['::', 127], ['::ffff:0:0', 96], ['fe80::', 10], ['ff00::', 8]),
};

function subnets(family: 'ipv4' | 'ipv6', ...all: [string, number][]): BlockList {
  const list = new BlockList();
  all.forEach(([network, prefix]) => list.addSubnet(network, prefix, family));
  return list;
}

function isSpecial(address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return SPECIAL[family].check(address, family);
}

/** An IPv6 address as RFC 5952 writes it: since Kubernetes 1.33 no other form is taken. */
function canonical(address: string): string {
  return new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1);
}

const AFFINITY_SECONDS = 86400; // the most that Kubernetes takes

/**
 * A name in the cluster for a server outside of it. The server's name is frozen into every volume; an alias is what lets
 * the server move without recreating volumes. Hand it to `NfsServer.alias`.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
 */
export class NfsServerAlias extends Construct {
  /** The name by which volumes know the server: `<name>.<namespace>.svc.<clusterDomain>`. */
  public readonly host: string;

  /** Whether clients reach the server by a virtual IP (`addresses`). */
  public readonly virtualIp: boolean;

  /** Every object, in the order in which it is written. */
  public get apiObjects(): ApiObject[] {
    return objectsOf(this);
  }

  /** @throws NFS121 for a target that cannot work; MAN001 for a namespace that none can be */
  public constructor(scope: Construct, id: string, props: NfsServerAliasProps) {
    super(scope, id);
    const { name, clusterDomain = 'cluster.local' } = props;
    const [externalName, given, clusterIp] = [props.externalName ?? undefined, props.addresses ?? undefined, props.clusterIp ?? undefined];
    if (!/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name ?? '')) {
      this.refuse(`the name '${name ?? ''}' cannot be a Service's`, "use at most 63 lower-case letters, digits or '-', beginning with a letter, such as 'nas'");
    }
    if (!isSubdomain(clusterDomain)) {
      this.refuse(`the clusterDomain '${clusterDomain}' is no DNS domain`, "write the kubelets' clusterDomain, such as 'cluster.local', or leave it out");
    }
    const namespace = this.namespaceOf(props.namespace);
    if ((externalName === undefined) === (given === undefined)) {
      this.refuse(externalName === undefined ? 'it has no target' : 'it has two targets, externalName and addresses',
        "give externalName: 'nas.example.com' for a server with a DNS name, or addresses: ['10.0.0.1'] for one without");
    }
    this.virtualIp = externalName === undefined;
    this.host = `${name}.${namespace}.svc.${clusterDomain}`;
    const metadata = { name, namespace };
    if (externalName !== undefined) {
      this.checkExternalName(externalName, clusterIp);
      this.write('Service', k8s.KubeService.manifest({ metadata, spec: { type: 'ExternalName', externalName } }), props);
      return;
    }
    const addresses = [given ?? []].flat();
    const family = this.checkAddresses(addresses, clusterIp);
    const port = { name: 'nfs', port: NFS_PORT, protocol: 'TCP' };
    this.write('Service', k8s.KubeService.manifest({
      metadata,
      spec: {
        type: 'ClusterIP',
        clusterIp,
        ipFamilies: [family],
        ipFamilyPolicy: 'SingleStack',
        ports: [{ ...port, targetPort: k8s.IntOrString.fromNumber(NFS_PORT) }],
        // A node that reconnects had better meet the address that knows its state.
        ...(addresses.length > 1 ? { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIp: { timeoutSeconds: AFFINITY_SECONDS } } } : {}),
      },
    }), props);
    this.write('Endpoints', k8s.KubeEndpointSlice.manifest({
      metadata: { name, namespace, labels: { 'kubernetes.io/service-name': name, 'endpointslice.kubernetes.io/managed-by': 'cdk8s-storage' } },
      addressType: family,
      // One each: the addresses of one endpoint are taken for the same, and only the first is used.
      endpoints: addresses.map(address => ({ addresses: [address], conditions: { ready: true } })),
      ports: [port],
    }), props);
    this.warn(addresses);
  }

  private warn(addresses: readonly string[]): void {
    if (addresses.length > 1) {
      report(this, NFS_RULES.NFS123, { host: this.host, addresses: addresses.join(', ') });
    }
    if (Platform.of(this).gitOps === GitOpsTool.ARGO_CD) {
      report(this, NFS_RULES.NFS124, { host: this.host });
    }
  }

  /** Live mounts hang without it, so it is kept from pruning. */
  private write(id: string, manifest: any, props: ManifestProps): void {
    emit(this, id, manifest, props, { holdsData: true });
  }

  private namespaceOf(given: string | undefined): string {
    const namespace = given ?? Chart.of(this).namespace;
    if (namespace === undefined) {
      this.refuse('its namespace is not known, which is part of the name', "give namespace: 'storage', or a namespace to the chart");
    }
    return checkLabel(this, 'the namespace of the alias', namespace);
  }

  private checkExternalName(externalName: string, clusterIp: string | undefined): void {
    const target = `${externalName}`.replace(/\.$/, '');
    const problem = firstProblem(
      [isIP(externalName) > 0, 'the externalName is an IP address, which the DNS would treat as a name'],
      [!isSubdomain(target), 'the externalName is no DNS name in lower case'],
      [target === this.host, 'the externalName is the alias itself'],
      [clusterIp !== undefined, 'a clusterIp goes with addresses only: an externalName has no virtual IP'],
    );
    if (problem) {
      this.refuse(problem, "write externalName: 'nas.example.com'; a server without a DNS name takes addresses: ['10.0.0.1']");
    }
  }

  /** The one family of all addresses. */
  private checkAddresses(addresses: readonly string[], clusterIp: string | undefined): string {
    const wrong = addresses.map(address => `${address ?? ''}`).find(address => isIP(address) === 0 || address.includes('%') || isSpecial(address));
    const unusual = [...addresses, clusterIp ?? ''].find(address => isIP(address) === 6 && address !== canonical(address));
    const families = new Set(addresses.map(isIP));
    const problem = firstProblem(
      [addresses.length === 0, 'the list of addresses is empty'],
      [wrong !== undefined, `'${wrong}' is no IP address that a node could mount from`],
      [unusual !== undefined, `the API server takes '${unusual}' only as '${unusual && canonical(unusual)}'`],
      [new Set(addresses).size < addresses.length, 'an address is given twice'],
      [families.size > 1, 'the addresses are of two families, but a virtual IP has one'],
      [clusterIp === 'None', "clusterIp 'None' makes the Service headless: nodes would keep the server's own address, and live mounts could not follow"],
      [clusterIp !== undefined && !families.has(isIP(clusterIp)), `the clusterIp '${clusterIp}' is no IP address of the same family`],
    );
    if (problem) {
      this.refuse(problem, "write addresses: ['10.0.0.1'], or ['fd00::1'], and leave clusterIp out unless the address has to survive a deletion of the Service");
    }
    return families.has(6) ? 'IPv6' : 'IPv4';
  }

  private refuse(problem: string, expected: string): never {
    return fail(this, NFS_RULES.NFS121, { problem, expected });
  }
}
