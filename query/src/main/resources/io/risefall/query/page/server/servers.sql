-- Which servers has a backend, how are they now, and what befell them in a range of time? Parameters: the backend, begin and end of the range.
with asked as (
    select ?::varchar as proxy, make_timestamptz(?) as begin_at, make_timestamptz(?) as end_at
), latest as (
    select s.server, count(*) as nodes, bool_and(s.backup) as backup, string_agg(distinct s.state, ', ' order by s.state) as state,
        max(s.since) as since, bool_or(s.flapping) as flapping
    from servers s, asked where s.proxy = asked.proxy and s.node not in (select node from store.folded_nodes)
    group by s.server
), troubles as (
    select o.server, count(*) as outages, max(o.duration_ms) as longest_ms
    from outages o, asked
    where o.proxy = asked.proxy and o.started_at < asked.end_at and (o.ended_at is null or o.ended_at > asked.begin_at)
    group by o.server
)
select server, nodes, backup, state, epoch_us(since) as since_us, flapping, coalesce(outages, 0) as outages, coalesce(longest_ms, 0) as longest_ms
from latest left join troubles using (server)
order by outages desc, server;
