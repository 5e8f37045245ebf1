-- What was done in a period? Of some servers: also to the whole backend, and to processes of the nodes that know them.
with asked as (
    select make_timestamptz(?::bigint) as from_at, make_timestamptz(?::bigint) as to_at, ?::varchar as proxy, ?::varchar as server,
        ?::varchar[] as nodes
)
select epoch_us(c."at") as at_us, c.node, c.kind, c.subject, c.what, c.proxy, c.server, c.pid, c.source, c.position
from changes c, asked
where c."at" >= asked.from_at and c."at" < asked.to_at
    and (asked.nodes is null or c.node is null or list_contains(asked.nodes, c.node))
    and (asked.proxy is null or c.proxy is null or c.proxy = asked.proxy)
    and (asked.server is null or c.server is null or c.server = asked.server)
order by c."at" desc, c.node, c.source, c.position, c.kind, c.subject, c.what;
