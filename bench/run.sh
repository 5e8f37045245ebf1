#!/bin/sh
# Builds and runs the benchmarks: bench/run.sh [JMH'S OPTIONS] [NAME]..., as: bench/run.sh Scan
# All take some twenty minutes; -h shows the options, -l the names.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
"$here/../mvnw" -q -B -ntp -f "$here/../pom.xml" -Pbench -pl bench -am package -DskipTests
echo "machine: $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(java -version 2>&1 | head -n 1), load $(cut -d' ' -f1 /proc/loadavg)"
exec java -cp "$here/target/lib/*" org.openjdk.jmh.Main "$@"
