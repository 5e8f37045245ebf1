-- Which outages of the period belong together? One that stands alone is shown as an outage. Parameters: start, end,
-- nodes and proxies of the role backends.
with roles as (
    select unnest($3::varchar[]) as node, unnest($4::varchar[]) as proxy
)
select
    i.incident_id, i.kind, i.label,
    epoch_us(i.started_at) as started_us,
    epoch_us(i.ended_at) as ended_us,
    i.duration_ms, i.outages, i.servers, i.backends, i.nodes, i.reason, i.emptied,
    i.worst_node, i.worst_backend, i.active_before, i.active_left, i.backup_left, i.sessions_active, i.requeued,
    i.outage_ids
from store.incidents_of('roles', make_timestamptz($1), make_timestamptz($2)) i
where i.outages > 1
order by i.started_at, i.incident_id;
