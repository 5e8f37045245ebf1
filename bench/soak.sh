#!/bin/sh
# A steady UDP feed into `risefall run`: bench/soak.sh [SECONDS [LINES_PER_SECOND]] (default 3600 and 20000).
# Every ten seconds a line: CPU share of one core and memory of both processes (the second is the Kafka broker); at the
# end what was received, read and dropped.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
seconds=${1:-3600}
rate=${2:-20000}
port=${RISEFALL_SOAK_PORT:-15514}
work=$(mktemp -d)
"$here/../risefall" --version >/dev/null
"$here/../risefall" run --data "$work/data" --syslog-udp "127.0.0.1:$port" 2>"$work/err" &
run=$!
trap 'kill "$run" 2>/dev/null || true; wait "$run" 2>/dev/null || true; rm -rf "$work"' EXIT
until grep -q "is running" "$work/err"; do
    kill -0 "$run" || { cat "$work/err"; exit 1; }
    sleep 0.2
done
broker=$(pgrep -P "$run" java | head -n 1)
echo "machine: $(nproc) cores, $(java -version 2>&1 | head -n 1); run is process $run, its broker $broker"
java "$here/Feed.java" "127.0.0.1:$port" "$rate" "$seconds" "$run" "$broker"
sleep 6
"$here/../risefall" query --data "$work/data" "select source, received, events, traffic, repeats, rejected, waiting, dropped from ingest"
