#!/usr/bin/env bash
# Runs test/servers, or another command: with a network, processes and mounts of its own, so that port 2049 is free, any address can be a client's, and nothing
# is left. Installs Debian's packages where they are missing. Where the servers cannot be had, the tests are told why and skipped.
set -uo pipefail
cd "$(dirname "$0")/.."

missing=()
while read -r program packages; do
  PATH=$PATH:/usr/sbin:/sbin command -v "$program" >/dev/null || missing+=("$packages")
done <<END
ganesha.nfsd nfs-ganesha nfs-ganesha-vfs
ip iproute2
mkfs.ext4 e2fsprogs
mkfs.xfs xfsprogs
unshare util-linux
END

# prepare: installs what is missing, and tries what it is for
prepare() {
  if [ "$(id -u)" != 0 ]; then echo 'not root'; return 1; fi
  # shellcheck disable=SC2086
  if [ ${#missing[@]} != 0 ]; then apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends ${missing[*]} || return 1; fi
  unshare --net --mount --pid --fork --mount-proc ip link set lo up
}

if why=$(prepare 2>&1); then
  exec unshare --net --mount --pid --fork --kill-child --mount-proc sh -c 'ip link set lo up && exec "$@"' - env PATH="$PATH:/usr/sbin:/sbin" "$@"
fi
NO_SERVERS="${why:0:2000}" exec "$@"
