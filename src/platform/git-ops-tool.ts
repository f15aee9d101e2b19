/** What applies the manifests. Decides how objects that hold data are kept from being pruned. */
export enum GitOpsTool {
  /** `kubectl apply` or anything else that prunes nothing by itself: no annotations. */
  NONE = 'none',
  /** Argo CD: `argocd.argoproj.io/sync-options: Prune=false,Delete=false`. */
  ARGO_CD = 'argo-cd',
  /** Flux: `kustomize.toolkit.fluxcd.io/prune: disabled`. */
  FLUX = 'flux',
  /** Helm: `helm.sh/resource-policy: keep`. */
  HELM = 'helm',
}
