-- When did a backend have no server at all?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
)
select b.node, b.proxy, epoch_us(b.started_at) as started_us, epoch_us(b.ended_at) as ended_us
from backend_outages b, period p
where b.started_at < p.to_at and coalesce(b.ended_at, p.to_at) > p.from_at
order by b.started_at, b.node, b.proxy;
