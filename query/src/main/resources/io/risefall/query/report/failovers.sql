-- Which leaders changed in the period?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
), requested as (
    select coalesce(cast(? as varchar), store.role_patterns()) as patterns
)
select f.node, f.proxy, epoch_us(f.at) as at_us, f.from_server, f.to_server, f.leaderless_ms
from failovers_in((select patterns from requested)) f, period p
where f.at >= p.from_at and f.at < p.to_at
order by f.at, f.proxy, f.node;
