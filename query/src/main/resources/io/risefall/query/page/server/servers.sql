-- Which servers has a backend, how are they now, and what befell them in a range of time? Parameters: the backend, begin and end of the range.
with lasting as (
    select * from store.own_states where proxy = $1::varchar and to_at is null and node not in (select node from store.same_hosts)
), latest as (
    select server, count(*) as nodes, bool_and(backup) as backup, string_agg(distinct state, ', ' order by state) as state, max(from_at) as since,
        bool_or(flaps) as flapping
    from (
        select l.server, l.backup, l.state, l.from_at, f.server is not null as flaps
        from store.state_times_of('lasting') l
        left join (select distinct node, server from flapping where proxy = $1::varchar and ended_at is null) f
            on f.node = l.node and f.server = l.server
        where l.to_at is null
    )
    group by server
), touching as (
    select * from store.own_outages
    where proxy = $1::varchar and started_at < make_timestamptz($3::bigint) and (ended_at is null or ended_at > make_timestamptz($2::bigint))
), troubles as (
    select server, count(*) as outages, max(duration_ms) as longest_ms from store.told_outages_of('touching') group by server
)
select server, nodes, backup, state, epoch_us(since) as since_us, flapping, coalesce(outages, 0) as outages, coalesce(longest_ms, 0) as longest_ms
from latest left join troubles using (server)
order by outages desc, server;
