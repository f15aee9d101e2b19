#!/usr/bin/env bash
# Applies every example, and what random props render, to an API server of each Kubernetes release that
# ../shared/cluster can build. The examples are synthesized for that release: in a copy, their platform is changed.
# The first build of a release takes about 10 minutes. Usage: npm run test:api:matrix [-- v1.34.4 …]
set -uo pipefail
cd "$(dirname "$0")/.."

releases=("$@")
[ $# -gt 0 ] || releases=(v1.34.4 v1.35.4 v1.36.3 v1.37.2)
cluster=$(cd ../shared/cluster && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
failed=0

for release in "${releases[@]}"; do
  minor=$(echo "$release" | cut -d. -f2)
  copy=$root/$release
  mkdir -p "$copy"
  git ls-files -z --cached --others --exclude-standard | xargs -0 -I{} cp --parents {} "$copy" 2>/dev/null
  ln -s "$PWD/node_modules" "$copy/node_modules"
  grep -rl 'KubernetesVersion.V1_35' "$copy/examples" --include=main.ts | xargs sed -i "s/KubernetesVersion\.V1_35/KubernetesVersion.V1_$minor/g"
  export CLUSTER_STATE=$root/state-$release CLUSTER_PORT=$((24900 + minor * 10))
  set_up=$("$cluster/up" --api-only --kubernetes-version "$release" 2>>"$root/up.log") || { tail -5 "$root/up.log"; echo "$release: no API server"; failed=1; continue; }
  (
    eval "$set_up"
    export PATH=$PATH:${CLUSTER_CACHE:-$HOME/.cache/storage-cluster}/bin
    cd "$copy" && npx jest --ci --testPathIgnorePatterns /node_modules/ --testMatch '**/test/api/**/*.test.ts' --runInBand
  ) >"$root/$release.log" 2>&1 || { failed=1; cat "$root/$release.log"; }
  echo "$release: $(grep '^Tests:' "$root/$release.log" || echo 'no tests ran')"
  "$cluster/down" --api-only >/dev/null 2>&1
done
exit $failed
