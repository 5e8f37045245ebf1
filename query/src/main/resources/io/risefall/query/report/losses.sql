-- Where within the period do a backend's counts not follow from the lines before them?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
)
select l.node, l.proxy, l.pid, epoch_us(l.from_at) as from_us, epoch_us(l.to_at) as to_us, l.missing,
    l.expected_active, l.expected_backup, l.seen_active, l.seen_backup, l.absence
from losses l, period p
where l.from_at < p.to_at and l.to_at >= p.from_at
order by l.from_at, l.node, l.proxy, l.pid, l.to_at;
