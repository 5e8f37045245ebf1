-- Which outages touch a range of time, of one server or of all of a backend? Parameters: backend, server or null, begin, end, how many at most.
with touching as (
    select * from store.own_outages
    where proxy = $1::varchar and ($2::varchar is null or server = $2::varchar)
        and started_at < make_timestamptz($4::bigint) and (ended_at is null or ended_at > make_timestamptz($3::bigint))
)
select o.outage_id, o.node, o.server, epoch_us(o.started_at) as started_us, epoch_us(o.ended_at) as ended_us, o.duration_ms, o.reason, o.code,
    o.info, o.certain, o.node in (select node from role_backends where proxy = $1::varchar) as role
from store.told_outages_of('touching') o
order by o.started_at desc, o.node, o.server
limit $5::bigint;
