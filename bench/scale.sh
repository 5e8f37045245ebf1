#!/bin/sh
# Measures reports and views on the warehouse of a large fleet: bench/scale.sh [DATA [ROUNDS [NAME...]]]
# Writes that warehouse first if DATA (default /tmp/risefall-scale) has none; of this size, which takes 3 minutes and 0.8 GB:
#   DAYS=90 NODES=10 SERVERS=10000 OUTAGES=100000 EVENTS=10000000 SEED=1 LAST_DAY=2026-11-22 DAY=2026-11-18
# NAME: only these of 'report day', 'report month' and the views, each limited to DAY.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${1:-/tmp/risefall-scale}
rounds=${2:-5}
[ $# -lt 2 ] || shift
[ $# -lt 1 ] || shift
"$here/../mvnw" -q -B -ntp -f "$here/../pom.xml" -Pbench -pl bench -am package -DskipTests
if [ ! -e "$data/warehouse.duckdb" ]; then
    java -Xmx1g -cp "$here/target/lib/*" io.risefall.bench.WriteWarehouse "$data/warehouse.duckdb" "${LAST_DAY:-2026-11-22}" "${DAYS:-90}" "${NODES:-10}" \
        "${SERVERS:-10000}" "${OUTAGES:-100000}" "${EVENTS:-10000000}" "${SEED:-1}"
fi
echo "machine: $(nproc) cores, $(java -version 2>&1 | head -n 1), load $(cut -d' ' -f1 /proc/loadavg)"
exec java -Xmx1g -cp "$here/target/lib/*" io.risefall.bench.MeasureReports "$data/warehouse.duckdb" "${DAY:-2026-11-18}" "$rounds" "$@"
