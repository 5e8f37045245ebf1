#!/bin/sh
# How long a line takes from UDP to its row: bench/latency.sh [LINES] (default 200). One line after another: the next is sent when
# the row of the one before is seen in SQL. Prints the median and the 99th percentile, for the events view and for the servers view,
# whose rows come from the streams part.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
lines=${1:-200}
port=${RISEFALL_LATENCY_PORT:-15515}
work=$(mktemp -d)
run=
trap 'if [ -n "$run" ]; then kill "$run" 2>/dev/null || true; wait "$run" 2>/dev/null || true; fi; rm -rf "$work"' EXIT
"$here/../risefall" --version >/dev/null
"$here/../risefall" run --data "$work/data" --syslog-udp "127.0.0.1:$port" 2>"$work/err" &
run=$!
until grep -q "is running" "$work/err"; do
    kill -0 "$run" || { cat "$work/err"; exit 1; }
    sleep 0.1
done
echo "machine: $(nproc) cores, $(java -version 2>&1 | head -n 1), load $(cut -d' ' -f1 /proc/loadavg)"
java "$here/Latency.java" "127.0.0.1:$port" "$work/data" "$lines"
