-- What was done shortly before a server went DOWN? To its backend, or to its node. That it was forced DOWN is how it went, not before.
-- Parameters: from when on, when it went DOWN, its node, proxy and name.
with asked as (
    select make_timestamptz(?::bigint) as from_at, make_timestamptz(?::bigint) as down_at, ?::varchar as node, ?::varchar as proxy,
        ?::varchar as server
)
select epoch_us(c."at") as at_us, c.node, c.kind, c.subject, c.what, c.proxy, c.server, c.pid, c.source, c.position
from changes c, asked
where c."at" between asked.from_at and asked.down_at
    and (c.node is null or c.node = asked.node) and (c.proxy is null or c.proxy = asked.proxy)
    and not (c.kind in ('forced', 'server-state') and c."at" = asked.down_at and c.server is not distinct from asked.server)
order by c."at" desc, c.source, c.position, c.kind, c.subject, c.what;
