-- Who led the backends that may have a leader, span by span, cut to the period?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
), requested as (
    select coalesce(cast(? as varchar), store.role_patterns()) as patterns
)
select
    s.node, s.proxy, s.kind, s.leader,
    epoch_us(greatest(s.from_at, p.from_at)) as from_us,
    epoch_us(least(coalesce(s.to_at, greatest(s.from_at, known.until_at)), p.to_at)) as to_us,
    epoch_us(s.from_at) as since_us,
    epoch_us(s.to_at) as until_us,
    s.duration_ms
from store.leadership_in((select patterns from requested)) s join store.node_known known on known.node = s.node, period p
where s.from_at < p.to_at and (s.from_at >= p.from_at or coalesce(s.to_at, known.until_at) > p.from_at)
order by s.node, s.proxy, s.from_at;
