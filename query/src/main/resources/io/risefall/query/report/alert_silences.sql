-- Of which servers did nobody want to be told, within the period?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
)
select s.node, s.proxy, s.server, epoch_us(s.from_at) as from_us, epoch_us(s.until_at) as until_us, s.why, s.author
from alert_silences s, period p
where s.from_at < p.to_at and s.until_at > p.from_at and s.from_at < s.until_at
order by s.from_at, s.proxy, s.server, s.node;
