-- When did a backend have no server at all?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
)
select b.backend_outage_id, b.node, b.proxy, epoch_us(b.started_at) as started_us, epoch_us(b.ended_at) as ended_us,
    epoch_us(coalesce(b.ended_at, greatest(b.started_at, known.until_at))) as until_us,
    b.duration_ms
from backend_outages b join store.node_known known on known.node = b.node, period p
where b.started_at < p.to_at and (b.started_at >= p.from_at or coalesce(b.ended_at, known.until_at) > p.from_at)
order by b.started_at, b.node, b.proxy;
