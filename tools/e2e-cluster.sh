#!/usr/bin/env bash
# Makes ../shared/cluster ready for test/e2e: started, and with the images that its manifests name. Prints what sets up the
# shell: eval "$(tools/e2e-cluster.sh)". Where the programs are not built yet it takes about 20 minutes.
#   --fresh  throws away the cluster that is there first, with what its drivers left on this machine
set -euo pipefail
cd "$(dirname "$0")/.."

cluster=$PWD/../shared/cluster
cache=${CLUSTER_CACHE:-$HOME/.cache/storage-cluster}
driver=examples/custom-csi-driver/driver

if [ "${1:-}" = --fresh ]; then
  "$cluster/down" >&2
  for device in $(losetup --noheadings --output NAME,BACK-FILE | awk '/\/volumes\/.*\/disk.img/ {print $1}'); do losetup --detach "$device"; done
  rm -rf /var/lib/csi-local /var/lib/csi-directory
fi
set_up=$("$cluster/up") || set_up=$("$cluster/up")
eval "$set_up" >&2
{
  "$cluster/images"
  "$cluster/build" csi-sanity

  # The driver of the example, made here as its Dockerfile makes it elsewhere.
  (cd "$driver" && PATH=$PWD/../../../node_modules/.bin:$PATH npm run --silent build)
  node=$(ls -d "$cache"/node-*/package/bin/node | tail -n 1)
  "$cluster/image" registry.example.com/storage/csi-local:v1.0.0 --base debian --entrypoint /csi-local/driver \
    "$node:/usr/local/bin/node" "$driver/dist:/csi-local"

  # The releases after those of the sidecar table, for the upgrade.
  for program in csi-attacher@v4.13.0 csi-resizer@v2.3.0 csi-snapshotter@v8.7.0 snapshot-controller@v8.7.0; do
    "$cluster/build" "$program"
    "$cluster/image" "registry.k8s.io/sig-storage/${program/@/:}" --entrypoint "/${program%@*}" "$cache/bin/$program:/${program%@*}"
  done
} >&2
echo "$set_up"
