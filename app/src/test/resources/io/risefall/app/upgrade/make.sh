#!/usr/bin/env bash
# Makes an archive of a data directory as the build of an older commit leaves it, for UpgradeTest:
#   make.sh COMMIT ARCHIVE.zip
# In it: data/ (what `risefall import before.log` of that commit made), before.log, and after.log with the lines that came
# later. before-versions.zip was made of e5ca6ec2de4f, the last commit before outages had first_success_at and before the
# streams part's stores had a version; before-schema-2.zip of 89136916de4f, the last one before events had schema 2.
# Works in a folder whose name tells nothing of the machine, because RocksDB and the sources' names keep it.
set -euo pipefail
commit=$1
archive=$(realpath "$2")
root=$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)
work=/var/lib/risefall-upgrade
[ ! -e "$work" ] || { echo "$work is in the way" >&2; exit 1; }
mkdir -p "$work/build"
trap 'rm -rf "$work"' EXIT

git -C "$root" archive "$commit" | tar -x -C "$work/build"
cp -r "$root/schemas/src/test/resources/corpus" "$work/corpus"

# A node for each run; of each log two thirds come before the upgrade, so some things last over it.
cd "$work"
node=0
for run in basic maintenance reload agent tracked rotation; do
    node=$((node + 1))
    log=corpus/$run-2.6/logs/rsyslog-iso.log
    { [ ! -e "$log" ] || cat "$log"; [ ! -e "$log.gz" ] || gzip -dc "$log.gz"; } |
        sed "s/^2026-11-23T/2025-06-01T/; s/ edge-lb-01 / edge-$node /" >all.log
    before=$(($(wc -l <all.log) * 2 / 3))
    head -n "$before" all.log >>before.log
    tail -n +"$((before + 1))" all.log >>after.log
done

build/risefall import --data "$work/data" --zone UTC "$work/before.log"
rm -r data/logs
find data -name '*.lock' -o -name .lock | xargs -r rm
rm -f "$archive"
jar --create --no-manifest --file "$archive" data before.log after.log
ls -l "$archive"
