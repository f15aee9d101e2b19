import { ApiClient } from './api-client';

const FRESH = 10_000;

/** What is needed of a pod that runs; one that is ending writes until it has. */
export interface Pod {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly claims: readonly string[];
  /** The one that is meant where none is named. */
  readonly container: string;
}

/** The running pods of namespaces, listed once for all claims that are frozen at about the same time. */
export class PodLister {
  private readonly lists = new Map<string, { readonly time: number; readonly pods: Promise<Pod[]> }>();

  public constructor(private readonly api: ApiClient) {}

  public list(namespace: string): Promise<Pod[]> {
    let list = this.lists.get(namespace);
    if (list === undefined || Date.now() - list.time > FRESH) {
      list = { time: Date.now(), pods: this.api.list(`/api/v1/namespaces/${namespace}/pods`, {}, read) };
      this.lists.set(namespace, list);
    }
    return list.pods;
  }
}

function read({ metadata, spec, status }: any): Pod | undefined {
  if (status?.phase !== 'Running') {
    return undefined;
  }
  const claims = (spec.volumes ?? []).map(({ name, persistentVolumeClaim, ephemeral }: any) => persistentVolumeClaim?.claimName ?? (ephemeral && `${metadata.name}-${name}`));
  return {
    name: metadata.name,
    labels: metadata.labels ?? {},
    claims: claims.filter((claim: unknown) => claim !== undefined),
    container: metadata.annotations?.['kubectl.kubernetes.io/default-container'] ?? spec.containers[0].name,
  };
}
