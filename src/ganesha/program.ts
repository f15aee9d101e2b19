import { GLUSTER_HOST, GLUSTERD_PORT, RUN } from './backend';

/** Where the pod has these scripts and its configuration. */
export const SCRIPTS = '/etc/ganesha-server';

/**
 * Starts the server. It goes on without parts of its configuration that it does not understand, or that have no directory: what it says of that until it is
 * initialized ends the pod. An export with the id of another is passed over with a mere EVENT. Warnings on RADOS are on a library that nothing needs; that the portmapper does not answer is right for NFSv4.
 */
export const START_SCRIPT = `#!/bin/bash
# Starts NFS-Ganesha. It would serve on without what it does not understand of its configuration: this ends the pod instead.
# Arguments: directories that the exports need.
set -u
if [ ! -e /etc/mtab ]; then
  echo 'The image has no /etc/mtab, by which NFS-Ganesha finds file systems. Add to its Dockerfile: RUN ln -sf /proc/self/mounts /etc/mtab'
  exit 1
fi
rm -f ${RUN}/ready ${RUN}/refused
mkdir -p "$@" || exit 78

configuration=${SCRIPTS}/ganesha.conf
# The server asks one host of Gluster for the volume: the first that answers.
if [ -n "\${GLUSTER_HOSTS:-}" ]; then
  answering=
  for host in $GLUSTER_HOSTS; do
    if timeout 5 bash -c "exec 3<>/dev/tcp/$host/${GLUSTERD_PORT}" 2>/dev/null; then answering=$host; break; fi
    echo "Gluster does not answer on $host port ${GLUSTERD_PORT}."
  done
  if [ -z "$answering" ]; then exit 1; fi
  sed "s|${GLUSTER_HOST}|$answering|" ${SCRIPTS}/ganesha.conf >${RUN}/ganesha.conf || exit 1
  configuration=${RUN}/ganesha.conf
fi

# Passes every line on, and marks what they say of the start.
judge() {
  local line
  while IFS= read -r line; do
    printf '%s\\n' "$line"
    case $line in
      *' NFS SERVER INITIALIZED'*) [ -e ${RUN}/refused ] || touch ${RUN}/ready ;;
      *' load_rados_config :CONFIG '*) ;;
      *' config_errs_to_log :'* | *' :CONFIG :WARN '* | *' :CONFIG :CRIT '* | *' :CONFIG :MAJ '* | *' :CONFIG :FATAL '* | *' :EXPORT :CRIT '* | *' :FSAL :CRIT '* | *' :FSAL :MAJ '*)
        if [ ! -e ${RUN}/ready ] && [ ! -e ${RUN}/refused ]; then
          printf '%s\\n' "$line" >${RUN}/refused
          kill -TERM $$
        fi ;;
    esac
  done
}

exec 4> >(judge)
judge=$!
ganesha.nfsd -F -f $configuration -L STDOUT -p ${RUN}/pid >&4 2>&1 4>&- &
server=$!
exec 4>&-
trap 'kill -TERM $server 2>/dev/null' TERM INT
# It may have been refused before the trap was set.
if [ -e ${RUN}/refused ]; then kill -TERM $server; fi
# A signal ends a wait, and not the server.
while kill -0 $server 2>/dev/null; do
  wait $server
  code=$?
done
# It may still be reading, and the reason has to be last: Kubernetes shows the end of the log in the pod's status.
wait $judge
if [ -e ${RUN}/refused ]; then
  echo "The server was stopped: it did not take the whole configuration. What it said first: $(cat ${RUN}/refused)"
  exit 78
fi
exit $code
`;

/** Asks the server as clients do: the NULL procedure of NFSv4, which answers with 24 bytes (RFC 5531). */
export const PROBE_SCRIPT = `#!/bin/bash
# Succeeds if the server took its whole configuration and answers a call that does nothing (NULL of NFSv4).
[ -e ${RUN}/ready ] || exit 1
exec 3<>/dev/tcp/127.0.0.1/2049 || exit 1
call='\\x80\\x00\\x00\\x28\\x00\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\x01\\x86\\xa3\\x00\\x00\\x00\\x04'
call=$call'\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00'
printf "$call" >&3
[ "$(head -c 28 <&3 | od -An -tx1 -v | tr -d ' \\n')" = 80000018000000010000000100000000000000000000000000000000 ]
`;
