#!/bin/sh
# Keeps the classes of a build parsed and verified for all later starts, which then need half the CPU time: sh archive.sh JAVA LIB.
# A run with everything in it tells which classes those are, unless LIB/classes.list does. Whatever fails here is no error: without
# LIB/classes.jsa, Java reads the jars. The launcher calls it after a build, Maven before the tests that start Risefall, a package when
# it is installed.
set -u
java=$1
lib=$2
learned=$(mktemp -d) || exit 0
running=''
trap '[ -z "$running" ] || kill "$running"; wait; rm -rf "$learned"' EXIT
trap 'exit 130' HUP INT TERM
exec >"$learned/archive.out" 2>&1 </dev/null

# What the archive depends on is as in the launcher.
set -- "$java" -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -XX:+UseSerialGC -Djava.library.path="$lib" -cp "$lib/*"

# What a new warehouse begins with: a build makes it, a package does not bring it, as its bytes differ from build to build.
[ -f "$lib/empty.duckdb" ] || "$@" io.risefall.query.warehouse.EmptyWarehouse "$lib"

# Writes down which classes are loaded.
learn() {
    # The children of the run inherit it.
    export JDK_JAVA_OPTIONS="'-XX:DumpLoadedClassList=$learned/%p.classes' -XX:TieredStopAtLevel=1"
    : >"$learned/haproxy.log"
    "$@" io.risefall.app.Main run --data "$learned/data" --tail "$learned/haproxy.log" --http 127.0.0.1:0 >"$learned/run.out" 2>&1 &
    running=$!
    seconds=0
    until grep -q 'is running' "$learned/run.out"; do
        seconds=$((seconds + 1))
        kill -0 "$running" && [ "$seconds" -lt 120 ] || exit 0
        sleep 1
    done
    cat >>"$learned/haproxy.log" <<'EOF'
2026-01-01T00:00:00.000000+00:00 lb1 haproxy[10]: Server app/web1 is DOWN, reason: Layer4 timeout, check duration: 2001ms. 1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.
2026-01-01T00:01:00.000000+00:00 lb1 haproxy[10]: Server app/web1 is UP, reason: Layer4 check passed, check duration: 0ms. 2 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.
EOF
    "$@" io.risefall.app.Main import --data "$learned/data" "$learned/haproxy.log"
    "$@" io.risefall.app.Main report --data "$learned/data" --date 2026-01-01
    "$@" io.risefall.app.Main query --data "$learned/data" "FROM outages"
    "$@" io.risefall.app.Main explain --data "$learned/data" --zone UTC "2026-01-01 lb1 app/web1 down_ms"
    "$@" io.risefall.app.Main query --help
    kill "$running"
    wait "$running"
    running=''
    "$@" io.risefall.app.Main query --data "$learned/data" "FROM outages"
    unset JDK_JAVA_OPTIONS
    # Not sorted: the order says which class is needed by which.
    awk '!seen[$0]++' "$learned"/*.classes >"$learned/list" && mv "$learned/list" "$lib/classes.list"
}

[ -s "$lib/classes.list" ] || learn "$@"
"$@" -Xshare:dump -XX:SharedClassListFile="$lib/classes.list" -XX:SharedArchiveFile="$learned/jsa" || exit 0
mv "$learned/jsa" "$lib/classes.jsa" && printf '%s %s\n' "$(readlink -f "$java")" "$lib" >"$lib/.archived"
