#!/usr/bin/env bash
# Runs the containers of docker-compose.yml from zero and tries what they promise: build, up, a server that fails, seen through SQL, page
# and alert, kill -9 of each container, another streams, down and up again with the data kept. Prints a table, and exits with 1 if
# something failed. Every wait has a limit.
#
#   docker/smoke.sh              # needs docker, compose and the ports of docker-compose.yml; about ten minutes
#
# Where no registry can be reached, docker/base-images.sh makes stand-ins first. To kill a container's process from outside it needs root.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Names, volumes and addresses of its own: a demo that is there stays as it is.
export COMPOSE_PROJECT_NAME=risefall-smoke RISEFALL_NETWORK=${RISEFALL_NETWORK:-172.30.85} TZ=Europe/Berlin
compose=(docker-compose)
if docker compose version >/dev/null 2>&1; then
    compose=(docker compose)
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
table=$scratch/table
failed=0

# Prints a row of the table: passed or not, what, seconds since $3 (empty: none), and a remark.
row() {
    local result=$1 what=$2 since=$3 remark=${4:-}
    [ "$result" = PASS ] || failed=1
    printf '%-4s  %-58s %6s  %s\n' "$result" "$what" "${since:+$((SECONDS - since)) s}" "$remark" | tee -a "$table"
}

# until_true LIMIT COMMAND...: runs it each second until it succeeds; fails after LIMIT seconds.
until_true() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$deadline" ] || return 1
        sleep 1
    done
}

# step WHAT LIMIT COMMAND...: a row for what has to become true.
step() {
    local what=$1 limit=$2 since=$SECONDS
    shift 2
    if until_true "$limit" "$@"; then row PASS "$what" "$since"; else row FAIL "$what" "$since" "not within $limit s"; fi
}

# What has no name in the compose file's profiles, and does not end by itself.
services() {
    "${compose[@]}" config --services | grep -vxE 'topics|prometheus|grafana'
}

id() { "${compose[@]}" ps -q "$1" | head -n 1; }

is_healthy() { [ "$(docker inspect -f '{{.State.Running}} {{.State.Health.Status}}' "$(id "$1")")" = 'true healthy' ]; }

all_healthy() {
    local service
    for service in $(services); do
        is_healthy "$service" || return 1
    done
}

# What hangs must not hang this.
sql() { timeout 40 "${compose[@]}" exec -T serve risefall query --format csv "$1" | tail -n +2 | tr -d '\r'; }

sql_has() { [ "$(sql "$1")" = "$2" ]; }

page_has() {
    curl -fsS --max-time 10 -b "$scratch/cookies" http://127.0.0.1:8404/ | grep -q "$1"
}

alerts_have() { "${compose[@]}" logs --no-color alerts | grep -q "$1"; }

restarts() { docker inspect -f '{{.RestartCount}}' "$1"; }

came_back() { [ "$(restarts "$(id "$1")")" -gt "$2" ] && is_healthy "$1"; }

# An outage of the server that flaps which began after the moment $1.
flapped_after() { [ "$(sql "select count(*) > 0 from outages where server = 'api1' and started_at > timestamptz '$1'")" = true ]; }

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

echo "risefall smoke, $(date -u +%FT%TZ): docker $(docker version -f '{{.Server.Version}}'), ${compose[*]} $("${compose[@]}" version --short)"

images() { grep -hoE '(^FROM|image:) +[a-z/-]+:[^ ]+' Dockerfile docker-compose.yml | awk '{ print $2 }' | grep -vE '^(risefall|grafana|prom)[/:]' | sort -u; }
for image in $(images); do
    if ! docker image inspect "$image" >/dev/null 2>&1 && ! docker pull -q "$image" >/dev/null 2>&1; then
        since=$SECONDS
        if docker/base-images.sh >"$scratch/base-images.log" 2>&1; then
            row PASS 'stand-ins for images that cannot be pulled' "$since"
        else
            row FAIL 'stand-ins for images that cannot be pulled' "$since" "$(tail -n 1 "$scratch/base-images.log")"
        fi
        break
    fi
done

"${compose[@]}" down -v --remove-orphans >/dev/null 2>&1
since=$SECONDS
if "${compose[@]}" build >"$scratch/build.log" 2>&1; then
    tag=$(grep -m 1 -oE 'risefall:[0-9.]+' docker-compose.yml)
    own=$(docker history --format '{{.Size}} {{.CreatedBy}}' "$tag" | awk '/COPY (dir|\/opt)/ { print $1; exit }')
    row PASS 'the image is built' "$since" "$(docker image ls --format '{{.Size}}' "$tag"), $own of it ours"
else
    row FAIL 'the image is built' "$since" "$(tail -n 1 "$scratch/build.log")"
    tail -n 30 "$scratch/build.log"
    exit 1
fi

since=$SECONDS
"${compose[@]}" up -d >"$scratch/up.log" 2>&1 || row FAIL 'up' "$since" "$(tail -n 1 "$scratch/up.log")"
if until_true 180 all_healthy; then row PASS 'up: all are healthy' "$since"; else row FAIL 'up: all are healthy' "$since" "$("${compose[@]}" ps)"; fi

token=$("${compose[@]}" logs --no-color serve | grep -oE 'admin:[0-9a-f]{64}' | head -n 1)
curl -fsS --max-time 10 -o /dev/null -c "$scratch/cookies" --data-urlencode "token=$token" http://127.0.0.1:8404/login \
    -H 'Origin: http://127.0.0.1:8404' && row PASS 'the page lets in who has the token of the log' '' || row FAIL 'the page lets in who has the token of the log' ''
step 'a server flaps by itself: the page is filled' 90 page_has api1
step 'SQL: its outage with reason and code' 30 sql_has "select distinct reason || code from outages where server = 'api1'" L7STS503
in_zone() { sql 'select max(started_at) from outages' | grep -q '+0[12]:00$'; }
step 'SQL: times are in the zone that was given' 5 in_zone
step 'metrics are answered to another container' 5 "${compose[@]}" exec -T ingest curl -fsS --max-time 10 http://serve:8404/metrics

"${compose[@]}" kill -s KILL web1 >/dev/null 2>&1
step 'kill web1: SQL says that it is down' 30 sql_has "select state from servers where server = 'web1'" down
step 'kill web1: the page says so' 10 page_has web/web1
step 'kill web1: the alert has arrived' 60 alerts_have 'web1'
sleep 25
step 'its name is gone for 25 s: still an outage, not maintenance' 5 sql_has "select state from servers where server = 'web1'" down
"${compose[@]}" start web1 >/dev/null 2>&1
step 'start web1: the outage has ended, by up' 40 sql_has "select ended_by from outages where server = 'web1'" up

address() { docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$(id ingest)"; }
for service in $(services); do
    container=$(id "$service")
    before=$(restarts "$container")
    since=$SECONDS
    if kill -9 "$(docker inspect -f '{{.State.Pid}}' "$container")" && until_true 90 came_back "$service" "$before"; then
        row PASS "kill -9 $service: it comes back and is healthy" "$since"
    else
        row FAIL "kill -9 $service: it comes back and is healthy" "$since" "$("${compose[@]}" logs --no-color --tail 1 "$service")"
    fi
done
after=$(now)
step 'after all kills: new outages are seen' 120 flapped_after "$after"

"${compose[@]}" up -d --force-recreate --no-deps ingest >/dev/null 2>&1
step 'ingest made anew: it is healthy' 60 is_healthy ingest
[ "$(address)" = "$RISEFALL_NETWORK.10" ] && row PASS 'ingest made anew: its address is the same' '' || row FAIL 'ingest made anew: its address is the same' '' "$(address)"
after=$(now)
step 'ingest made anew: HAProxy sends there, outages are seen' 120 flapped_after "$after"

"${compose[@]}" up -d --no-recreate --scale streams=2 >/dev/null 2>&1
second=$("${compose[@]}" ps -q streams | tail -n 1)
second_works() { [ "$(docker inspect -f '{{.State.Health.Status}} {{.RestartCount}}' "$second")" = 'healthy 0' ]; }
step 'two streams: both are healthy' 60 second_works
after=$(now)
step 'two streams: outages are seen' 120 flapped_after "$after"
second_works && row PASS 'two streams: neither was started again' '' || row FAIL 'two streams: neither was started again' ''

echo
docker stats --no-stream --format 'table {{.Name}}\t{{.MemUsage}}\t{{.CPUPerc}}' $("${compose[@]}" ps -q) | tee "$scratch/memory"
echo

outages=$(sql "select count(*) from outages")
"${compose[@]}" down >"$scratch/down.log" 2>&1 && row PASS "down ($outages outages are known)" '' || row FAIL 'down' '' "$(tail -n 1 "$scratch/down.log")"
since=$SECONDS
"${compose[@]}" up -d >"$scratch/up.log" 2>&1
if until_true 180 all_healthy; then row PASS 'up again: all are healthy' "$since"; else row FAIL 'up again: all are healthy' "$since"; fi
kept() { [ "$(sql 'select count(*) from outages')" -ge "$outages" ]; }
step 'up again: the data is there' 30 kept
after=$(now)
step 'up again: new outages are seen' 120 flapped_after "$after"
killed=$(docker inspect -f '{{.Name}} {{.State.OOMKilled}}' $("${compose[@]}" ps -q) | grep -c true)
[ "$killed" = 0 ] && row PASS 'nothing was killed for lack of memory' '' || row FAIL 'nothing was killed for lack of memory' ''
"${compose[@]}" down -v >/dev/null 2>&1

echo
cat "$table"
if [ "$failed" = 0 ]; then echo "PASS: all, in $SECONDS s"; else echo "FAIL"; fi
exit "$failed"
