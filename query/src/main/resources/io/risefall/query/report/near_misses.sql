-- Which servers lost lives in the period and recovered before they went DOWN?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
)
select
    m.node, m.proxy, m.server,
    count(*) as near_misses,
    count(*) filter (where m.became_outage) as became_outages,
    min(m.lowest) as lowest,
    arg_min(m.threshold, m.lowest) as threshold,
    arg_max(m.reason, m.at) as reason,
    epoch_us(max(m.at)) as last_us
from near_misses m, period p
where m.at >= p.from_at and m.at < p.to_at
group by m.node, m.proxy, m.server
order by near_misses desc, m.proxy, m.server, m.node;
