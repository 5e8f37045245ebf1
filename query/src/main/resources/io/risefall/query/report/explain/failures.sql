-- Which lines were counted as failed checks? Without log-health-checks that is the DOWN line. Of many in one minute the first
-- ones and the slowest were recorded. Parameters: from when, to when; node, proxy, server, reason, or nothing; code, - for none,
-- or nothing.
with asked as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at, ?::varchar as node, ?::varchar as proxy,
        ?::varchar as server, ?::varchar as reason, ?::varchar as code
), counted as (
    select v.* from store.own_rollups r join store.evidence v using (record_key), asked a
    where r.minute >= a.from_at and r.minute < a.to_at and a.node in ('', r.node) and a.proxy in ('', r.proxy)
        and a.server in ('', r.server) and a.reason in ('', r.reason)
        and (a.code = '' or a.code = '-' and r.code is null or r.code = try_cast(a.code as integer))
), lines as (
    select e.* from counted c join store.events e on e.source = c.source and e.position = c.position and e.repeat = c.repeat
)
select count(*) over () as of_all, max(duration_ms) over () as slowest,
    (select coalesce(sum(left_out), 0)::bigint from counted where nth = 1) as left_out, epoch_us("at") as at_us,
    epoch_us(received_at) as received_us, node, proxy, server, pid, kind, agent, outcome, reason, code, duration_ms, health,
    threshold, state, up, active_left, backup_left, message, line, source, position, repeat, false as again
from lines
order by "at", node, source, position, repeat
limit 400;
