-- Which outages did some servers have, outside of role backends unless one is asked for? Parameters: from when, to when,
-- backend or null, server or null, node or null.
with asked as (
    select make_timestamptz(cast(? as bigint)) as from_at, make_timestamptz(cast(? as bigint)) as to_at,
        cast(? as varchar) as of_proxy, cast(? as varchar) as of_server, cast(? as varchar) as of_node
)
select o.outage_id, o.node, o.proxy, o.server, epoch_us(o.started_at) as started_us, epoch_us(o.ended_at) as ended_us,
    coalesce(o.reason, '') as reason,
    coalesce(o.reason_text, '') as reason_text, o.agent, o.via
from outages o, asked
where (not o.role or asked.of_proxy is not null)
    and o.started_at >= asked.from_at and o.started_at < asked.to_at
    and (asked.of_proxy is null or o.proxy = asked.of_proxy) and (asked.of_server is null or o.server = asked.of_server)
    and (asked.of_node is null or o.node = asked.of_node)
order by o.node, o.proxy, o.server, o.started_at;
