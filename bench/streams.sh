#!/bin/sh
# Measures the streams part on an embedded broker of four partitions: bench/streams.sh [NODES LINES_OF_EACH THREADS...]
# (default 40 nodes, 10000 health lines of each, 1, 2 and 4 threads). Each node has 1000 servers: 100 nodes are 100000.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 0 ] || set -- 40 10000 1 2 4
"$here/../mvnw" -q -B -ntp -f "$here/../pom.xml" -Pbench -pl bench -am package -DskipTests
echo "machine: $(nproc) cores, $(java -version 2>&1 | head -n 1), load $(cut -d' ' -f1 /proc/loadavg)"
exec java -Xmx2g -cp "$here/target/lib/*" io.risefall.bench.MeasureStreams "$@"
