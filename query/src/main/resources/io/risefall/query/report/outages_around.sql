-- What did the nodes see of these servers around the period? Only to tell how far outages of the period reach beyond it.
with wanted as (
    select distinct unnest(?) as proxy, unnest(?) as server
)
select substr(md5(o.record_key), 1, 12) as outage_id, o.node, o.proxy, o.server, o.backup,
    epoch_us(o.started_at) as started_us, epoch_us(o.ended_at) as ended_us,
    epoch_us(coalesce(o.ended_at, greatest(o.started_at, known.until_at))) as until_us,
    greatest(0, epoch_ms(coalesce(o.ended_at, known.until_at)) - epoch_ms(o.started_at)) as duration_ms,
    o.ended_by, o.reason, o.reason_text, o.code, o.info, o.via, o.agent, epoch_us(o.first_failure_at) as first_failure_us,
    o.backend_emptied, o.certain, epoch_us(o.first_success_at) as first_success_us,
    null::bigint as detection_ms, null::bigint as recovery_ms
from store.outages o
join wanted w on w.proxy = o.proxy and w.server = o.server
join store.node_known known on known.node = o.node
where o.started_at < make_timestamptz(?) and (o.ended_at is null or o.ended_at > make_timestamptz(?))
order by started_us, o.node;
