-- Which of some backends with a server that is DOWN have few servers left now, as one node sees it? Parameters: the backends, below how
-- many that is.
select 'LOW' as kind, u.node || '/' || u.proxy as id, u.node, u.proxy, '' as server, epoch_us(d.from_at) as from_us,
    epoch_us(d.from_at) as since_us, null as reason, u.usable || ' of ' || u.configured as words, 10000 as near_ms
from store.usable_servers u
join (
    select node, proxy, max(started_at) as from_at
    from store.own_outages where ended_at is null and list_contains($1::varchar[], proxy) group by node, proxy
) d on d.node = u.node and d.proxy = u.proxy
where list_contains($1::varchar[], u.proxy) and u.usable > 0 and u.usable < $2::bigint and u.usable < u.configured;
