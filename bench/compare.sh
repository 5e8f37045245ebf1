#!/bin/sh
# Finds the health lines of a traffic log with this program's scan and with others, on one core each where that can be
# told, and prints how they compare: bench/compare.sh [LINES, 4000000 unless told]
# grep, ripgrep (ripgrep), lognormalizer (liblognorm-utils) and rsyslogd (rsyslog) are measured where they are installed.
set -eu
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
lines=${1:-4000000}
work=$(mktemp -d)
rsyslog=
trap 'if [ -n "$rsyslog" ]; then kill "$rsyslog" 2>/dev/null || true; wait "$rsyslog" 2>/dev/null || true; fi; rm -rf "$work"' EXIT
log=$work/haproxy.log
# What HAProxy's sentences about health begin with, behind a header; the words of HealthPrefixes.
pattern='haproxy\[[0-9]+\]: ((Backup )?Server |(Health|Agent) check for |(backend|proxy) [^ ]+ has no |Proxy [^ ]+ (started|stopped|hard-stopped)|SIGHUP|(Stopping|Pausing|Paused|Enabling|Resumed|Load-balancing on) |Connect\(\) failed|Cannot bind to |[^ ]+/[^ ]+ (changed its|IP changed|port changed) )'

"$here/generate.sh" traffic "$lines" >"$log"
"$here/../mvnw" -q -B -ntp -f "$here/../pom.xml" -Pbench -pl bench -am package -DskipTests
bytes=$(wc -c <"$log")
echo "machine: $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(java -version 2>&1 | head -n 1), load $(cut -d' ' -f1 /proc/loadavg)"
echo "file: $(wc -l <"$log") lines, $((bytes / 1000000)) MB, in the page cache"

now() { date +%s.%N; }

first=
# show NAME SECONDS FOUND
show() {
    first=${first:-$2}
    awk -v n="$1" -v t="$2" -v b="$bytes" -v f="$first" -v c="$3" 'BEGIN {
        printf "%-34s %8.2f s %7.2f GB/s %7.2f x the time of the first   %s lines\n", n, t, b / 1e9 / t, t / f, c }'
}

# measure NAME COMMAND...: the best of three
measure() {
    name=$1
    shift
    best=
    for _ in 1 2 3; do
        begun=$(now)
        found=$("$@")
        best=$(awk -v a="$begun" -v b="$(now)" -v best="$best" 'BEGIN { t = b - a; print (best == "" || t < best) ? t : best }')
    done
    show "$name" "$best" "$found"
}

one=
if command -v taskset >/dev/null; then one="taskset -c 0"; fi
measure "risefall scan, with JVM start" java -XX:+UseSerialGC -cp "$here/target/lib/*" io.risefall.bench.CountHealthLines "$log"
if [ -n "$one" ]; then
    measure "  the same on one core, JIT too" $one java -XX:+UseSerialGC -cp "$here/target/lib/*" io.risefall.bench.CountHealthLines "$log"
fi
measure "grep -c -E" grep -c -E "$pattern" "$log"
measure "grep -c Server (not the same)" grep -c "Server " "$log"
if command -v rg >/dev/null; then
    measure "rg -c -j 1" rg -c -j 1 "$pattern" "$log"
fi
if command -v lognormalizer >/dev/null; then
    cat >"$work/rules" <<'RULES'
version=2
rule=:%at:word% %host:word% haproxy[%pid:number%]: Server %server:word% is %rest:rest%
rule=:%at:word% %host:word% haproxy[%pid:number%]: Health check for server %server:word% %rest:rest%
rule=:%at:word% %host:word% haproxy[%pid:number%]: backend %backend:word% has no server available!
RULES
    normalized() { lognormalizer -r "$work/rules" -e json <"$log" 2>/dev/null | grep -c -v '"unparsed-data"'; }
    measure "lognormalizer, three rules" normalized
fi
if command -v rsyslogd >/dev/null; then
    events=$(grep -c -E "$pattern" "$log")
    cat >"$work/rsyslog.conf" <<CONF
global(workDirectory="$work" maxMessageSize="64k")
module(load="imfile" mode="inotify")
template(name="line" type="string" string="%msg%\n")
ruleset(name="health") {
    if re_extract(\$msg, "haproxy\\\\[[0-9]+\\\\]: (Server|Backup Server|Health check for|Agent check for|backend [^ ]+ has no) ", 0, 0, "") != "" then {
        action(type="omfile" file="$work/found" template="line")
    }
}
input(type="imfile" file="$log" tag="x:" ruleset="health" freshStartTail="off")
CONF
    begun=$(now)
    rsyslogd -n -f "$work/rsyslog.conf" -i "$work/rsyslog.pid" >"$work/rsyslog.out" 2>&1 &
    rsyslog=$!
    deadline=$(($(date +%s) + 300))
    while found=$(cat "$work/found" 2>/dev/null | wc -l) && [ "$found" -lt "$events" ] && [ "$(date +%s)" -lt "$deadline" ]; do
        sleep 0.05
    done
    show "rsyslogd, imfile and a regex" "$(awk -v a="$begun" -v b="$(now)" 'BEGIN { print b - a }')" "$found"
    if [ "$found" -lt "$events" ]; then
        cat "$work/rsyslog.out" >&2
    fi
fi
