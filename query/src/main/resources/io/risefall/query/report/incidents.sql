-- Which outages of the period belong together? One that stands alone is shown as an outage.
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
)
select
    i.incident_id, i.kind, i.label,
    epoch_us(i.started_at) as started_us,
    epoch_us(i.ended_at) as ended_us,
    i.duration_ms, i.outages, i.servers, i.backends, i.nodes, i.reason, i.emptied,
    i.worst_node, i.worst_backend, i.active_before, i.active_left, i.backup_left, i.sessions_active, i.requeued,
    i.outage_ids
from incidents i, period p
where i.outages > 1 and i.started_at < p.to_at and (i.ended_at is null or i.ended_at > p.from_at)
order by i.started_at, i.incident_id;
