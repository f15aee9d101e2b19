/** Where the pod sees the directory of its node. */
export const MOUNTS = '/mounts';
export const SCRIPTS = '/etc/gluster-mount';

/** Its first argument is the directory, the others are those of glusterfs. */
export const MOUNT_SCRIPT = `#!/bin/sh
# Mounts a volume of Gluster on the node, and stays with it.
directory=$1
shift
# One that was killed leaves a mount behind that nobody serves.
while grep -q " $directory fuse.glusterfs " /proc/self/mounts; do umount -l "$directory" || exit 1; done
mkdir -p "$directory" || exit 1
exec glusterfs --no-daemon --process-name=fuse --log-file=/dev/stdout "$@" "$directory"
`;

/** Its argument is the directory. */
export const MOUNTED_SCRIPT = `#!/bin/sh
# Succeeds if the volume is mounted and answers.
grep -q " $1 fuse.glusterfs " /proc/self/mounts && stat "$1" >/dev/null
`;
