#!/usr/bin/env bash
# Makes ../shared/cluster ready for test/e2e: started, and with the images that its manifests name. Prints what sets up the
# shell: eval "$(tools/e2e-cluster.sh)". Where the programs are not built yet it takes about 20 minutes.
#   --fresh  throws away the cluster that is there first, with what its drivers left on this machine
#   --clean  does only that
# Exits with 3 if the cluster is there, and the driver of the example or an image cannot be made.
set -euo pipefail
cd "$(dirname "$0")/.."

cluster=$PWD/../shared/cluster
cache=${CLUSTER_CACHE:-$HOME/.cache/storage-cluster}
driver=examples/custom-csi-driver/driver operator=examples/storage-operator/controller

# By their files: a driver in a container gives its loop devices paths that are not those of this machine.
clean() {
  "$cluster/down" >&2
  for image in $(find /var/lib/csi-local -name disk.img 2>/dev/null || true); do
    losetup --noheadings --output NAME --associated "$image" | xargs --no-run-if-empty --max-args=1 losetup --detach
  done
  rm -rf /var/lib/csi-local /var/lib/csi-directory
}

case ${1:-} in
  --fresh) clean ;;
  --clean) clean; exit ;;
esac
set_up=$("$cluster/up")
eval "$set_up" >&2
# A bridge without an address of its own takes the lowest of its pods'. When that changes, as pods come and go, those that are there do not reach the node
# for most of a minute.
ip link set dev cluster0 address 02:00:0a:58:00:01
{
  "$cluster/images"
  "$cluster/build" csi-sanity

  # The releases after those of the sidecar table, for the upgrade.
  for program in csi-attacher@v4.13.0 csi-resizer@v2.3.0 csi-snapshotter@v8.7.0 snapshot-controller@v8.7.0; do
    "$cluster/build" "$program"
    "$cluster/image" "registry.k8s.io/sig-storage/${program/@/:}" --entrypoint "/${program%@*}" "$cache/bin/$program:/${program%@*}"
  done
} >&2

# The driver of the example, made here as its Dockerfile makes it elsewhere.
node=$(ls -d "$cache"/node-*/package/bin/node | tail -n 1)
{
  (cd "$driver" && PATH=$PWD/../../../node_modules/.bin:$PATH npm run --silent build) &&
    "$cluster/image" registry.example.com/storage/csi-local:v1.0.0 --base debian --entrypoint /csi-local/driver \
      "$node:/usr/local/bin/node" "$driver/dist:/csi-local"
} >&2 || exit 3

# The controller of examples/storage-operator, likewise.
(cd "$operator" && PATH=$PWD/../../../node_modules/.bin:$PATH npm run --silent build) >&2 &&
  "$cluster/image" registry.example.com/storage/storage-operator:v1.0.0 --base debian --entrypoint /storage-operator/controller.js \
    "$node:/usr/local/bin/node" "$operator/dist:/storage-operator" >&2 || exit 3

# The server of examples/nfs-server, as its Dockerfile makes it, the client of Gluster, and the clients of tests.
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir "$root/etc" "$root/none"
ln -s /proc/self/mounts "$root/etc/mtab"
{
  "$cluster/image" registry.example.com/storage/nfs-ganesha:4.3 --base debian --packages nfs-ganesha,nfs-ganesha-vfs,nfs-ganesha-gluster,glusterfs-common "$root/etc:/etc" &&
    "$cluster/image" registry.example.com/storage/gluster-client:10.3 --base debian --packages glusterfs-client "$root/none:/none" &&
    "$cluster/image" registry.example.com/storage/nfs-client:2 --base debian --packages libnfs-utils "$root/none:/none"
} >&2 || exit 3
echo "$set_up"
