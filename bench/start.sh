#!/bin/sh
# How long `risefall run` takes until all its sources listen: bench/start.sh [ROUNDS] (default 3). With a new data directory, after an
# orderly stop, and after kill -9 of all its processes; then the import of 350 lines. Prints the seconds of each round.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
rounds=${1:-3}
work=$(mktemp -d)
run=
trap 'if [ -n "$run" ]; then kill "$run" 2>/dev/null || true; wait "$run" 2>/dev/null || true; fi; rm -rf "$work"' EXIT
"$here/../risefall" --version >/dev/null
: >"$work/haproxy.log"
"$here/generate.sh" health 350 >"$work/health.log"
echo "machine: $(nproc) cores, $(java -version 2>&1 | head -n 1), load $(cut -d' ' -f1 /proc/loadavg)"

# start NAME: leaves it running
start() {
    begun=$(date +%s.%N)
    "$here/../risefall" run --data "$work/data" --tail "$work/haproxy.log" 2>"$work/err" &
    run=$!
    until grep -q "is running" "$work/err"; do
        kill -0 "$run" || { cat "$work/err"; exit 1; }
        sleep 0.02
    done
    awk -v n="$1" -v s="$begun" -v e="$(date +%s.%N)" 'BEGIN { printf "%-22s %5.1f s\n", n, e - s }'
}

round=0
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    rm -rf "$work/data"
    start "new data directory"
    kill "$run"
    wait "$run" || true
    start "after an orderly stop"
    # shellcheck disable=SC2046 # a word for each process
    kill -9 $(pgrep -P "$run") "$run"
    wait "$run" || true
    start "after kill -9"
    kill "$run"
    wait "$run" || true
    run=
    rm -rf "$work/data"
    command time -f 'import of 350 lines      %e s, %U + %S CPU s' "$here/../risefall" import --data "$work/data" "$work/health.log"
done
