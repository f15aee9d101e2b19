import { ApiObject, App, Chart, ChartProps, Testing, Yaml } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { CsiDriver, Distribution, ExistingCsiDriverOptions, Finding, Findings, ICsiDriver, KubernetesVersion, NfsServer, NfsSquash, NfsStorage, NfsStorageProps, Platform, PlatformProps } from '../src';
import { FindingError } from '../src/findings/report';

/** Kubernetes 1.35 of no particular distribution, unless said otherwise. */
export function platformProps(props: Partial<PlatformProps> = {}): PlatformProps {
  return { kubernetes: KubernetesVersion.V1_35, distribution: Distribution.VANILLA, ...props };
}

/** An app for one cluster. */
export function testApp(props: Partial<PlatformProps> = {}): App {
  const app = new App();
  Platform.set(app, platformProps(props));
  return app;
}

/** A chart in an app of its own. */
export function testChart(props: Partial<PlatformProps> = {}, chartProps: ChartProps = {}): Chart {
  return new Chart(testApp(props), 'chart', chartProps);
}

/** The charts of two clusters in one app. */
export function twoClusters(): [Chart, Chart] {
  const app = new App();
  const chartOf = (name: string) => {
    const scope = new Construct(app, name);
    Platform.set(scope, platformProps());
    return new Chart(scope, 'chart', { namespace: 'apps' });
  };
  return [chartOf('east'), chartOf('west')];
}

/** A server that trips nothing. */
export const SERVER = NfsServer.external({ host: 'nfs.example.com', share: '/exports', squash: NfsSquash.NONE });

export const ACCOUNT = { name: 'csi-nfs-controller', namespace: 'csi-nfs' };

/** csi-driver-nfs, installed by somebody else. */
export function existingNfs(options: ExistingCsiDriverOptions = { controllerServiceAccount: ACCOUNT }): ICsiDriver {
  return CsiDriver.fromDriverName('nfs.csi.k8s.io', { version: 'v4.13.4', ...options });
}

/** Storage on `SERVER`; with a driver that is there already, so that only its own objects are written. */
export function nfs(scope: Construct, props: Partial<NfsStorageProps> = {}): NfsStorage {
  return new NfsStorage(scope, 'Nfs', { server: SERVER, driver: existingNfs(), ...props });
}

/** An object that the user writes beside ours. */
export function object(scope: Construct, kind: string, fields: object = {}, apiVersion = 'v1'): ApiObject {
  return new ApiObject(scope, `${kind}-${scope.node.children.length}`, { apiVersion, kind, ...fields });
}

/** A Deployment as the user writes it, with containers of these names. */
export function deployment(scope: Construct, ...containers: string[]): ApiObject {
  const template = { spec: { containers: containers.map(name => ({ name, image: 'busybox:1.36' })) } };
  return object(scope, 'Deployment', { metadata: { name: 'web' }, spec: { template } }, 'apps/v1');
}

/** Everything that the app writes. */
export function objects(scope: IConstruct): any[] {
  return App.of(scope).charts.flatMap(chart => Testing.synth(chart));
}

/** Everything that the app writes, to be read. */
export function yaml(scope: IConstruct): string {
  return Yaml.stringify(...objects(scope));
}

/** The objects of one kind. */
export function all(scope: IConstruct, kind: string): any[] {
  return objects(scope).filter(candidate => candidate.kind === kind);
}

/** The one object of a kind, or of a kind and name. */
export function one(scope: IConstruct, kind: string, name?: string): any {
  const found = all(scope, kind).filter(candidate => name === undefined || candidate.metadata.name === name);
  if (found.length !== 1) {
    throw new Error(`${found.length} objects are ${kind} ${name ?? ''}`);
  }
  return found[0];
}

/** A container of a workload as it is written. */
export function containerOf(workload: any, name: string): any {
  const { containers, initContainers = [] } = workload.spec.template.spec;
  return [...containers, ...initContainers].find((candidate: any) => candidate.name === name);
}

/** The finding that a constructor throws; any other error is passed on. */
export function thrown(build: () => unknown): Finding | undefined {
  try {
    build();
    return undefined;
  } catch (error) {
    if (error instanceof FindingError) {
      return error.finding;
    }
    throw error;
  }
}

/** The code of the finding that a constructor throws. */
export function code(build: () => unknown): string | undefined {
  return thrown(build)?.code;
}

/** The codes of what is found in the whole tree and not acknowledged, each once. */
export function codes(scope: IConstruct): string[] {
  const open = Findings.of(scope.node.root).list().filter(finding => finding.acknowledged === undefined);
  return [...new Set(open.map(finding => finding.code))].sort();
}

/** The codes of what could not be checked in the whole tree, each once. */
export function uncheckedCodes(scope: IConstruct): string[] {
  return [...new Set(Findings.of(scope.node.root).unchecked().map(rule => rule.code))].sort();
}

/** Collects what is printed to stderr while a function runs. */
export function stderr(run: () => unknown): string {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    run();
    return write.mock.calls.map(call => call[0]).join('');
  } finally {
    write.mockRestore();
  }
}
