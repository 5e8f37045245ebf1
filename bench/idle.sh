#!/bin/sh
# What `risefall run` takes while no line comes: bench/idle.sh [SECONDS [SECONDS_BEFORE]] (default 60, after 60).
# Prints when all sources listen, then of each process its CPU share of one core and its memory.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
seconds=${1:-60}
before=${2:-60}
work=$(mktemp -d)
run=
trap 'if [ -n "$run" ]; then kill "$run" 2>/dev/null || true; wait "$run" 2>/dev/null || true; fi; rm -rf "$work"' EXIT
"$here/../risefall" --version >/dev/null
: >"$work/haproxy.log"
started=$(date +%s.%N)
"$here/../risefall" run --data "$work/data" --tail "$work/haproxy.log" 2>"$work/err" &
run=$!
until grep -q "is running" "$work/err"; do
    kill -0 "$run" || { cat "$work/err"; exit 1; }
    sleep 0.02
done
echo "machine: $(nproc) cores, $(java -version 2>&1 | head -n 1), load $(cut -d' ' -f1 /proc/loadavg)"
awk -v s="$started" -v e="$(date +%s.%N)" 'BEGIN { printf "listens after %.1f s\n", e - s }'
sleep "$before"
# Nanoseconds on a core, of all threads.
spent() { cat /proc/"$1"/task/*/schedstat | awk '{ n += $1 } END { printf "%.0f", n }'; }
processes="$run $(pgrep -P "$run" java | tr '\n' ' ')"
for process in $processes; do spent "$process" >"$work/$process"; done
sleep "$seconds"
for process in $processes; do
    name=$(tr '\0' '\n' <"/proc/$process/cmdline" | grep -m 1 '^io\.risefall\.')
    echo "$name $(cat "$work/$process") $(spent "$process") $(awk '/^VmRSS/ { print $2 }' "/proc/$process/status")"
done | awk -v s="$seconds" '{
    share = ($3 - $2) / s / 1e7; all += share; memory += $4 / 1024
    printf "%-45s %5.2f %% of a core, %4.0f MB\n", $1, share, $4 / 1024 }
    END { printf "%-45s %5.2f %% of a core, %4.0f MB\n", "together", all, memory }'
