-- When did nodes print nothing for longer than is their habit, within the period?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
)
select s.node, epoch_us(s.from_at) as from_us, epoch_us(s.to_at) as to_us, s.duration_ms, s.habit_ms
from silences s, period p
where s.from_at < p.to_at and (s.to_at is null or s.to_at > p.from_at)
order by s.from_at, s.node;
