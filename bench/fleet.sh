#!/bin/bash
# Measures a fleet on one host, each part a process of its own, the broker with one copy: bench/fleet.sh [KEY=VALUE]...
# Keys of the logs are those of GenerateFleet (nodes=10 seen=2 servers=100 lines=20 days=1 reloads=4 late=0.01 paths=1 seed=1); also
# partitions=4, threads=2 of streams, heap=1g of each part, rate=100 lines a second for the lag (0: not), work=/tmp/risefall-fleet (emptied),
# limit=1200 seconds for each wait. First all logs are read as they are (a backlog), then single lines are timed from the log to the outage in SQL:
# alone, while others come, and with parts that were killed or have lost their disk.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
partitions=4 threads=2 heap=1g rate=100 work=/tmp/risefall-fleet limit=1200
fleet=()
for key in "$@"; do
    case $key in
        partitions=* | threads=* | heap=* | rate=* | work=* | limit=*) declare "$key" ;;
        *) fleet+=("$key") ;;
    esac
done
[ -d "$here/target/lib" ] || "$here/../mvnw" -q -B -ntp -f "$here/../pom.xml" -Pbench -pl bench -am package -DskipTests
"$here/../risefall" --version >/dev/null
rm -rf "$work" && mkdir -p "$work"
declare -A pid
trap 'for one in ingest streams serve; do kill "${pid[$one]:-0}" 2>/dev/null || true; done; exec 8>&-; wait' EXIT
echo "machine: $(nproc) cores, $(java -version 2>&1 | head -n 1), load $(cut -d' ' -f1 /proc/loadavg); ${fleet[*]:-} partitions=$partitions threads=$threads heap=$heap"

until=$(date -u -d '1 hour ago' +%Y-%m-%dT%H:00:00Z)
read -r lines bytes < <(java -Xmx512m "$here/src/main/java/io/risefall/bench/GenerateFleet.java" "$work/logs" "$until" "${fleet[@]}")
echo "logs: $lines lines, $((bytes / 1000000)) MB"

mkfifo "$work/stdin"
java -Xmx128m -cp "$here/target/lib/*" io.risefall.bench.RunBroker "$work/broker" "$partitions" <"$work/stdin" >"$work/broker.out" &
exec 8>"$work/stdin"
until [ -s "$work/broker.out" ]; do sleep 0.2; done
read -r kafka pid[broker] <"$work/broker.out"
settings=$(find "$work/broker/kafka" -name '*client*' | head -n 1)

start() { # PART ARGUMENT...
    part=$1
    shift
    RISEFALL_JAVA_OPTS=-Xmx$heap "$here/../risefall" "$part" --bootstrap-servers "$kafka" --kafka-config "$settings" --data "$work/$part" "$@" >>"$work/$part.out" 2>&1 &
    pid[$part]=$!
}
start_serve() { start serve --zone UTC --http 127.0.0.1:0; }
start_streams() { start streams --instance one --threads "$threads"; }
start_ingest() {
    paths=()
    for path in "$work"/logs/path-*; do paths+=(--tail "$path/*.log"); done
    start ingest --instance one --zone UTC "${paths[@]}"
}

all() { # PART: its process and those that it has started
    echo "${pid[$1]}" $(pgrep -P "${pid[$1]}" 2>/dev/null)
}
cpu() { # PART: CPU seconds so far
    for one in $(all "$1"); do cat "/proc/$one/stat" 2>/dev/null || true; done | sed 's/.*) //' | awk '{ t += $12 + $13 } END { printf "%.0f", t / 100 }'
}
peak() { # PART: most resident MB so far
    for one in $(all "$1"); do grep VmHWM "/proc/$one/status" 2>/dev/null || true; done | awk '{ m += $2 } END { printf "%.0f", m / 1024 }'
}
megabytes() { # FILE...: without what is only reserved, by the file system or within files
    { du -cm "$@"; du -cm --apparent-size "$@"; } 2>/dev/null | awk '$2 == "total" { m = m == "" || $1 < m ? $1 : m } END { print m + 0 }'
}
ask() { "$here/../risefall" query --data "$work/serve" --format csv "$1" 2>/dev/null | tail -n 1 | tr -d '\r'; }
since() { awk -v b="$1" -v e="$(date +%s.%N)" 'BEGIN { printf "%.1f", e - b }'; }
await() { # WORDS SQL: until its answer is true
    begun=$(date +%s.%N)
    while [ "$(ask "$2" || true)" != true ]; do
        awk -v s="$(since "$begun")" -v l="$limit" 'BEGIN { exit s > l }' || { echo "$1: not within $limit s"; tail -n 5 "$work"/*.out; exit 1; }
        sleep "${pause:-0.5}"
    done
}
marks=0
line() { # WORDS: times one line from the log to the outage
    marks=$((marks + 1))
    server=$(printf 'app0000_00/mark%02d' $marks)
    echo "$(date -u +%Y-%m-%dT%H:%M:%S.%6N+00:00) node0000 haproxy[61000]: Server $server is DOWN, reason: Layer4 timeout, check duration: 2001ms. 1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue." >>"$work/logs/path-1/node0000.log"
    await "$1" "select count(*) > 0 from outages where server = '${server#*/}'"
    echo "$1: $(since "$begun") s"
}

start_serve
start_streams
pause=0.2
await "serve answers" "select true"
echo "all lines are read"
begun=$(date +%s.%N) from=$begun
start_ingest
await "lines read" "select coalesce(sum(lines), 0) >= $lines and sum(waiting) = 0 from ingest"
echo "ingest has read all: $(since "$from") s"
metrics() { curl -fs "$(sed 's/.*"url":"\([^"]*\)".*/\1/' "$work/serve/service.json")/metrics"; }
behind() { # PARTS: records; -1 while the metrics do not come
    metrics | awk -v of="^risefall_($1)_behind_records" '$0 ~ of { b += $NF; n++ } END { print n ? b : -1 }'
}
line "a line after all of them" >/dev/null
until [ "$(behind 'streams|warehouse')" = 0 ]; do sleep 0.5; done
echo "all are rows: $(since "$from") s"
echo "| part | CPU s | most MB |"
for part in broker ingest streams serve; do echo "| $part | $(cpu $part) | $(peak $part) |"; done
echo "| on disk | MB |"
echo "| broker | $(megabytes "$work/broker") |"
echo "| streams | $(megabytes "$work/streams") |"
echo "| warehouse | $(megabytes "$work"/serve/warehouse.duckdb*) |"
echo "rows: $(ask "select (select count(*) from events) || ' events, ' || (select count(*) from outages) || ' outages, ' || (select count(*) from servers) || ' servers'")"

line "one more line"
nodes=$(find "$work/logs/path-1" -name '*.log' | wc -l)
feed() { # a second's lines at a time, of a server that each node has
    for ((second = 0; ; second++)); do
        awk -v r="$rate" -v n="$nodes" -v s="$second" -v t="$(date -u +%Y-%m-%dT%H:%M:%S)" -v f="$work/logs/path-1/node" 'BEGIN {
            for (i = 0; i < r; i++) {
                node = sprintf("%04d", (s * r + i) % n)
                log_ = f node ".log"
                printf "%s.%06d+00:00 node%s haproxy[%d]: Server feed/srv%d is %s, reason: Layer4 timeout, check duration: 2001ms. 1 active and 0 backup servers %s\n", t, i, node, 61000 + node, i % 10,
                    s % 2 ? "UP" : "DOWN", s % 2 ? "online. 0 sessions requeued, 0 total in queue." : "left. 0 sessions active, 0 requeued, 0 remaining in queue." >> log_
                close(log_)
            }
        }'
        sleep 1
    done
}
if [ "$rate" -gt 0 ]; then
    feed &
    feeding=$!
    sleep 10
    for one in 1 2 3 4 5; do line "a line while $rate a second come ($one)"; done
    kill "$feeding"
fi
until [ "$(behind 'streams|warehouse')" = 0 ]; do sleep 0.5; done
day=${until%T*}
for report in "report day --date $day" "report month"; do
    # shellcheck disable=SC2086 # words
    command time -f "$report: %e s" "$here/../risefall" $report --data "$work/serve" -o "$work/report.txt" || true
done
url=$(sed 's/.*"url":"\([^"]*\)".*/\1/' "$work/serve/service.json")
curl -fs -o /dev/null -w 'page /: %{time_total} s\n' "$url/" || true

kill -9 "${pid[streams]}" && wait "${pid[streams]}" 2>/dev/null || true
start_streams
line "after kill -9 of streams"
kill -9 "${pid[streams]}" && wait "${pid[streams]}" 2>/dev/null || true
rm -rf "$work/streams"
start_streams
line "after streams lost its disk"
# shellcheck disable=SC2046 # a word for each process
kill -9 $(all serve) && wait "${pid[serve]}" 2>/dev/null || true
start_serve
line "after kill -9 of serve"
# shellcheck disable=SC2046
kill -9 $(all serve) && wait "${pid[serve]}" 2>/dev/null || true
rm -rf "$work/serve"
start_serve
line "after serve lost its disk"
until [ "$(behind warehouse)" = 0 ]; do sleep 0.5; done
echo "  and all topics are read again: $(since "$begun") s"
echo "load $(cut -d' ' -f1 /proc/loadavg)"
