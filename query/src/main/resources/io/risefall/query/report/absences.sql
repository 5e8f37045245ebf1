-- When was Risefall itself away, within the period?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
)
select a.source, epoch_us(a.from_at) as from_us, epoch_us(a.to_at) as to_us, a.ms, a.why,
    array_to_string(a.nodes[:3], ', ') as nodes, len(a.nodes) as node_count
from absences a, period p
where a.from_at < p.to_at and a.to_at > p.from_at
order by a.from_at, a.source;
