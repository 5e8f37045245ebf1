-- What are some outages of backends? Parameter: their ids, as a list.
select b.backend_outage_id, b.node, b.proxy, epoch_us(b.started_at) as started_us, epoch_us(b.ended_at) as ended_us,
    epoch_us(coalesce(b.ended_at, greatest(b.started_at, known.until_at))) as until_us, b.duration_ms
from backend_outages b left join store.node_known known using (node)
where list_contains(?::varchar[], b.backend_outage_id);
