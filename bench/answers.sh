#!/bin/sh
# How long the commands that ask take beside a running service, from the start of the process to its end: bench/answers.sh [ROUNDS [LOG]]
# (default 15 rounds; a log of 350 generated lines). Prints the median and the highest of each.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
rounds=${1:-15}
work=$(mktemp -d)
run=
trap 'if [ -n "$run" ]; then kill "$run" 2>/dev/null || true; wait "$run" 2>/dev/null || true; fi; rm -rf "$work"' EXIT
risefall=$here/../risefall
"$risefall" --version >/dev/null
log=${2:-$work/health.log}
[ -n "${2:-}" ] || "$here/generate.sh" health 350 >"$log"
: >"$work/haproxy.log"
"$risefall" run --data "$work/data" --tail "$work/haproxy.log" 2>"$work/err" &
run=$!
until grep -q "is running" "$work/err"; do
    kill -0 "$run" || { cat "$work/err"; exit 1; }
    sleep 0.1
done
"$risefall" import --data "$work/data" "$log" 2>/dev/null
outage=$("$risefall" query --data "$work/data" --format csv "select outage_id from outages order by started_at limit 1" | tail -n 1)
day=$("$risefall" query --data "$work/data" --format csv "select max(started_at)::date from outages" | tail -n 1)
[ ${#outage} -eq 12 ] || { echo "no outage in $log"; exit 1; }
echo "machine: $(nproc) cores, $(java -version 2>&1 | head -n 1), load $(cut -d' ' -f1 /proc/loadavg)"

# measure COMMAND...: once to warm the service up, then the rounds
measure() {
    "$risefall" "$@" >/dev/null
    round=0
    while [ "$round" -lt "$rounds" ]; do
        round=$((round + 1))
        begun=$(date +%s%N)
        "$risefall" "$@" >/dev/null
        echo $((($(date +%s%N) - begun) / 1000))
    done | sort -n | awk -v n="$1" '{ t[NR] = $1 / 1e6 } END { printf "%-10s median %.2f s, highest %.2f s\n", n, t[int((NR + 1) / 2)], t[NR] }'
}
measure query --data "$work/data" "from outages limit 10"
measure report --data "$work/data" --date "$day"
measure explain --data "$work/data" "$outage"
measure --help
