-- Which outages were over before their DOWN line came? Parameters: since when lines have come, since when outages began.
with arrived as (
    select node, proxy, server, "at", min(received_at) as received_at
    from store.events
    where received_at >= make_timestamptz($1) and "at" >= make_timestamptz($2) - interval 10 minute and kind = 'switch' and up = false
    group by all
)
select 'DOWN' as kind, substr(md5(record_key), 1, 12) as id, o.node, o.proxy, o.server, epoch_us(o.started_at) as from_us,
    epoch_us(o.started_at) as since_us, o.reason, coalesce(o.reason_text, 'tracks ' || o.via) as words,
    least(600000, greatest(10000, coalesce(3 * c.interval_ms, 0))) as near_ms, epoch_us(o.ended_at) as ended_us, o.ended_by
from store.own_outages o
join arrived a on a.node = o.node and a.proxy = o.proxy and a.server = o.server and a."at" = o.started_at
left join store.check_intervals c on c.proxy = o.proxy
where o.ended_at <= a.received_at
order by o.started_at, o.node, o.proxy, o.server;
