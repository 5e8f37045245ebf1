#!/bin/sh
# Writes a log as rsyslog would, for measuring: bench/generate.sh health|traffic LINES > FILE
set -eu
exec java "$(dirname "$0")/src/main/java/io/risefall/bench/GenerateLog.java" "${1:?usage: bench/generate.sh health|traffic LINES}" "${2:?usage: bench/generate.sh health|traffic LINES}"
