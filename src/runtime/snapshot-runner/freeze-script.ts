/** How the script ends, beside 0: it was told to thaw, and all went well. */
export const ENDINGS: Readonly<Record<number, string>> = {
  71: 'freezing failed',
  72: 'its time was over, so it was thawed before the snapshot was taken',
  73: 'thawing failed: the application may still be frozen',
};

/**
 * Freezes, says so, and thaws when a line comes, when the connection ends or when time is over; in the application's container, so that an end of the
 * runner ends in a thaw. For any POSIX sh: `sh -c FREEZE_SCRIPT sh <seconds> <freeze> <thaw>`.
 *
 * Only the main process waits, and only for the sleep: whatever is first kills it. No process of it holds the output but the freeze itself, so the
 * connection ends with the script. A freeze that hangs is not killed: it might freeze after the thaw, so a second thaw follows its end.
 */
export const FREEZE_SCRIPT = `
exec 3<&0 </dev/null
sleep "$1" >/dev/null 2>&1 3<&- & timer=$!
(read -r _ <&3; kill "$timer") >/dev/null 2>&1 & reader=$!
(if sh -c "$2" >&2 3<&-; then echo frozen; else kill "$timer"; exit 71; fi) & freezer=$!
wait "$timer"; [ $? -gt 128 ]; late=$?
kill "$reader" 2>/dev/null
exec 3<&-
said=$(sh -c "$3" 2>&1); thawed=$?
busy=no; kill -0 "$freezer" 2>/dev/null && busy=yes
wait "$freezer"; frozen=$?
if [ $busy = yes ]; then said=$(sh -c "$3" 2>&1); thawed=$?; fi
trap '' PIPE
[ -z "$said" ] || printf '%s\\n' "$said" >&2
[ $thawed = 0 ] || { echo "thaw ended with $thawed" >&2; exit 73; }
[ $frozen = 0 ] || exit 71
[ $late = 0 ] || exit 72
`.trim();
