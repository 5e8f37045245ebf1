-- How did each server spend the period, span by span, cut to the period? Parameters: start, end.
with period as (
    select make_timestamptz($1) as from_at, make_timestamptz($2) as to_at
)
select
    s.node,
    s.proxy,
    s.server,
    s.state,
    epoch_us(greatest(s.from_at, p.from_at)) as from_us,
    epoch_us(least(coalesce(s.to_at, greatest(s.from_at, known.until_at)), p.to_at)) as to_us,
    epoch_us(s.from_at) as since_us,
    epoch_us(s.to_at) as until_us,
    s.cause
from store.state_times_between(make_timestamptz($1), make_timestamptz($2)) s join store.node_known known on known.node = s.node, period p
where s.from_at < p.to_at and (s.from_at >= p.from_at or coalesce(s.to_at, known.until_at) > p.from_at)
order by s.node, s.proxy, s.server, s.from_at;
