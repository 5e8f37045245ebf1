-- Which lines were counted first as failed checks, for each of some reasons, and how many were counted? As failures.sql tells all of one.
-- Parameters: from when, to when; the reasons, as a list; how many lines of each.
with counted as materialized (
    select r.reason as of_reason, v.source, v.position, v.repeat, v.nth, v.left_out
    from store.own_rollups r join store.evidence v using (record_key)
    where r.minute >= make_timestamptz($1) and r.minute < make_timestamptz($2) and list_contains($3::varchar[], r.reason)
), placed as (
    select c.of_reason, e."at", e.node, e.source, e.position, e.repeat,
        row_number() over (partition by c.of_reason order by e."at", e.node, e.source, e.position, e.repeat) as place,
        count(*) over (partition by c.of_reason) as of_all
    from counted c join store.events e on e.source = c.source and e.position = c.position and e.repeat = c.repeat
), first as materialized (
    select p.*, (select coalesce(sum(c.left_out), 0)::bigint from counted c where c.of_reason = p.of_reason and c.nth = 1) as left_out
    from placed p
    where place <= $4
)
select f.of_reason, f.of_all + f.left_out as of_all, epoch_us(e."at") as at_us,
    epoch_us(e.received_at) as received_us, e.node, e.proxy, e.server, e.pid, e.kind, e.agent, e.outcome, e.reason, e.code, e.duration_ms,
    e.health, e.threshold, e.state, e.up, e.active_left, e.backup_left, e.message, e.line, e.source, e.position, e.repeat, false as again
from first f join store.events e on e."at" = f."at" and e.source = f.source and e.position = f.position and e.repeat = f.repeat
order by f.of_reason, f.place;
