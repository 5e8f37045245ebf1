#!/bin/sh
# When a browser paints each page of a large fleet, what a page costs the service, and how large it is: bench/pages.sh [DATA [ROUNDS [DAY]]]
# (default /tmp/risefall-scale, as bench/scale.sh writes it, 5 rounds, 2026-11-18). Needs a Chromium, which keeps nothing of the site from page to
# page. Prints the median and, in brackets, the highest.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${1:-/tmp/risefall-scale}
[ -e "$data/warehouse.duckdb" ] || { echo "no warehouse in $data: bench/scale.sh $data writes it"; exit 1; }
echo "machine: $(nproc) cores, $(java -version 2>&1 | head -n 1), load $(cut -d' ' -f1 /proc/loadavg)"
exec "$here/../mvnw" -q -B -ntp -f "$here/../pom.xml" -Dwithout-checks -pl query -am test -Dtest=PaintMeasurement \
    -Dsurefire.failIfNoSpecifiedTests=false -Drisefall.warehouse="$data/warehouse.duckdb" -Drisefall.rounds="${2:-5}" \
    -Drisefall.day="${3:-2026-11-18}" -Dtest.jvm='-XX:+UseSerialGC -Xmx1g'
