-- Which servers flapped in the period?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
)
select
    f.node, f.proxy, f.server,
    epoch_us(f.started_at) as started_us,
    epoch_us(f.calm_at) as calm_us,
    f.downs,
    f.peak_penalty
from store.flapping f, period p
where f.started_at < p.to_at and f.calm_at > p.from_at
order by f.started_at, f.node, f.proxy, f.server;
