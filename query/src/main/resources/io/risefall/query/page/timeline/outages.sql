-- Which outages had some servers of the fleet in a range of time, of each server the longest? Parameters: begin and end, backends and
-- servers (two lists, the nth of each makes a server), a node or null, how many at most of each server; nodes and
-- role backends on them, whose standbys are no outages (two lists again).
with asked as (
    select unnest($3::varchar[]) as proxy, unnest($4::varchar[]) as server
), touching as (
    select o.*
    from store.own_outages o semi join asked a on a.proxy = o.proxy and a.server = o.server
        anti join (select unnest($7::varchar[]) as node, unnest($8::varchar[]) as proxy) r on r.node = o.node and r.proxy = o.proxy
    where o.started_at < make_timestamptz($2::bigint) and (o.ended_at is null or o.ended_at > make_timestamptz($1::bigint))
        and ($5::varchar is null or o.node = $5::varchar)
), own as (
    select o.outage_id, o.node, o.proxy, o.server, o.reason, o.code, o.started_at, o.ended_at,
        o.started_at + to_milliseconds(o.duration_ms) as until_at
    from store.told_outages_of('touching') o
), numbered as (
    select *, sum(begins) over (partition by proxy, server order by started_at, node) as island
    from (
        select *, coalesce(started_at > max(until_at) over (partition by proxy, server order by started_at, node
            rows between unbounded preceding and 1 preceding), true)::int as begins
        from own
    )
), islands as (
    select proxy, server, island, min(started_at) as started_at, max(until_at) as until_at, bool_or(ended_at is null) as lasts,
        arg_min(outage_id, (started_at, node)) as outage_id,
        arg_min(coalesce(reason, '') || coalesce(' ' || code, ''), (started_at, node)) as reason
    from numbered group by proxy, server, island
)
select proxy, server, outage_id, reason, lasts, epoch_us(started_at) as started_us, epoch_us(until_at) as until_us
from islands
where until_at > make_timestamptz($1::bigint)
qualify row_number() over (partition by proxy, server order by until_at - started_at desc, started_at) <= $6::bigint
order by proxy, server, started_at;
