-- Which outages touch a range of time, of one server or of all of a backend? Parameters: backend, server or null, begin, end, how many at most.
with asked as (
    select ?::varchar as proxy, ?::varchar as server, make_timestamptz(?) as begin_at, make_timestamptz(?) as end_at
)
select o.outage_id, o.node, o.server, epoch_us(o.started_at) as started_us, epoch_us(o.ended_at) as ended_us, o.duration_ms, o.reason, o.code,
    o.info, o.certain, o.role
from outages o, asked
where o.proxy = asked.proxy and (asked.server is null or o.server = asked.server)
    and o.started_at < asked.end_at and (o.ended_at is null or o.ended_at > asked.begin_at)
order by o.started_at desc, o.node, o.server
limit ?::bigint;
