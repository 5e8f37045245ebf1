-- Which servers lost lives in the period and recovered before they went DOWN, and when?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
)
select m.node, m.proxy, m.server, epoch_us(m.at) as at_us, epoch_us(coalesce(m.recovered_at, m.at)) as until_us,
    m.became_outage, m.lowest, m.threshold, m.reason
from near_misses m, period p
where m.at >= p.from_at and m.at < p.to_at
order by m.at, m.proxy, m.server, m.node;
