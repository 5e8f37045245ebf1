-- What did the logged health checks of some servers find? Parameters: from when, to when, backend or null, server or null, node or
-- null. Agents are no health checks.
with asked as (
    select make_timestamptz(cast(? as bigint)) as from_at, make_timestamptz(cast(? as bigint)) as to_at,
        cast(? as varchar) as of_proxy, cast(? as varchar) as of_server, cast(? as varchar) as of_node
), lines as (
    select e.*, row_number() over (partition by e.node, e.proxy, e.server, e.pid order by e."at", e.source, e.position, e.repeat)
        as nth_of_process
    from store.check_lines e, asked
    where not e.agent and e.health is not null and e.threshold is not null
        and e.node not in (select node from store.folded_nodes)
        and (asked.of_proxy is null or e.proxy = asked.of_proxy) and (asked.of_server is null or e.server = asked.of_server)
        and (asked.of_node is null or e.node = asked.of_node)
)
select l.node, l.proxy, l.server, epoch_us(l."at") as at_us, l.pid, l.outcome <> 'failed' as passed, l.reason, l.health,
    l.threshold, l.state = 'down' as down, coalesce(l.duration_ms, 0) as duration_ms, l.source, l.position, l.nth_of_process = 1 as first
from lines l, asked
where l."at" >= asked.from_at and l."at" < asked.to_at
order by l.node, l.proxy, l.server, l."at", l.source, l.position, l.repeat;
