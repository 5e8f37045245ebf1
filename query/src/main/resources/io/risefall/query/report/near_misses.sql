-- Which servers lost lives in the period and recovered before they went DOWN, and when? Parameters: start, end.
select m.node, m.proxy, m.server, epoch_us(m.at) as at_us, epoch_us(coalesce(m.recovered_at, m.at)) as until_us,
    m.became_outage, m.lowest, m.threshold, m.reason
from near_misses_between(make_timestamptz(?), make_timestamptz(?)) m
order by m.at, m.proxy, m.server, m.node;
