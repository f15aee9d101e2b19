import { GitOpsTool } from '../platform/git-ops-tool';

/**
 * What keeps an object that holds data when it leaves Git, or when the whole
 * application is deleted. Argo CD treats the two apart, so it gets both options.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 * @see https://helm.sh/docs/howto/charts_tips_and_tricks/
 */
const ANNOTATIONS: Record<GitOpsTool, Record<string, string>> = {
  [GitOpsTool.NONE]: {},
  [GitOpsTool.ARGO_CD]: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
  [GitOpsTool.FLUX]: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
  [GitOpsTool.HELM]: { 'helm.sh/resource-policy': 'keep' },
};

/** Adds the protection to annotations that the user gave. What he says of it himself stays; a list of options is extended. */
export function protect(tool: GitOpsTool, annotations: Record<string, string> = {}): Record<string, string> {
  const result = { ...annotations };
  for (const [key, value] of Object.entries(ANNOTATIONS[tool])) {
    const own = result[key]?.split(',') ?? [];
    const names = own.map(option => option.split('=')[0].trim());
    const missing = tool === GitOpsTool.ARGO_CD ? value.split(',').filter(option => !names.includes(option.split('=')[0])) : own.length > 0 ? [] : [value];
    result[key] = [...own, ...missing].join(',');
  }
  return result;
}
