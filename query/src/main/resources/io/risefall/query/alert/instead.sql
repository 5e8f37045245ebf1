-- Which outage has a server had in a time, on one node? The one of it that it shares most with. Parameters: node, proxy, server, start, end.
select 'DOWN' as kind, substr(md5(record_key), 1, 12) as id, node, proxy, server, epoch_us(started_at) as from_us,
    epoch_us(started_at) as since_us, reason, coalesce(reason_text, 'tracks ' || via) as words, 10000 as near_ms,
    epoch_us(ended_at) as ended_us, ended_by
from store.own_outages
where node = $1 and proxy = $2 and server = $3 and started_at <= make_timestamptz($5) and ended_at >= make_timestamptz($4)
order by least(ended_at, make_timestamptz($5)) - greatest(started_at, make_timestamptz($4)) desc, started_at
limit 1;
