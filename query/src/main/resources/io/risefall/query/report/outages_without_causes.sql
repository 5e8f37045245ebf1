-- Which outages touch the period? Without what helps to name their causes, as there may be many.
with period as (
    select make_timestamptz($1) as from_at, make_timestamptz($2) as to_at
)
select o.outage_id, o.node, o.proxy, o.server, o.backup,
    epoch_us(o.started_at) as started_us, epoch_us(o.ended_at) as ended_us,
    epoch_us(coalesce(o.ended_at, greatest(o.started_at, known.until_at))) as until_us,
    o.duration_ms, o.ended_by, o.reason, o.reason_text, o.code, o.info, o.via, o.agent,
    epoch_us(o.first_failure_at) as first_failure_us, o.backend_emptied, o.certain,
    epoch_us(o.first_success_at) as first_success_us, o.detection_ms, o.recovery_ms
from store.told_outages_between(make_timestamptz($1), make_timestamptz($2)) o join store.node_known known on known.node = o.node, period p
where o.started_at < p.to_at and (o.started_at >= p.from_at or coalesce(o.ended_at, known.until_at) > p.from_at)
order by o.started_at, o.node, o.proxy, o.server;
