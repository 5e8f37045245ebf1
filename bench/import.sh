#!/bin/sh
# Measures `risefall import` of a generated log: bench/import.sh health|traffic LINES
# Prints seconds, lines per second, CPU seconds and the peak memory of the largest process.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
kind=${1:?usage: bench/import.sh health|traffic LINES}
lines=${2:?usage: bench/import.sh health|traffic LINES}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/generate.sh" "$kind" "$lines" >"$work/haproxy.log"
"$here/../risefall" --version >/dev/null
bytes=$(wc -c <"$work/haproxy.log")
start=$(date +%s.%N)
command time -f '%U %S %M' -o "$work/time" "$here/../risefall" import --data "$work/data" "$work/haproxy.log"
end=$(date +%s.%N)
read -r user system peak <"$work/time"
echo "machine: $(nproc) cores, $(java -version 2>&1 | head -n 1)"
awk -v s="$start" -v e="$end" -v l="$lines" -v b="$bytes" -v u="$user" -v y="$system" -v p="$peak" 'BEGIN {
    t = e - s
    printf "%s lines, %.0f MB: %.1f s, %.0f lines/s, %.1f CPU s, largest process %.0f MB\n", l, b / 1e6, t, l / t, u + y, p / 1024
}'
