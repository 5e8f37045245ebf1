-- Which records are missing that may tell of the period?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
)
select epoch_us(g.accepted_at) as accepted_us, epoch_us(g.since_at) as since_us, g.reason, count(*) as partitions,
    sum(g.records)::bigint as records, string_agg(distinct g.topic, ', ' order by g.topic) as topics
from gaps g, period p
where (g.since_at is null or g.since_at < p.to_at) and g.accepted_at > p.from_at
group by g.accepted_at, g.since_at, g.reason
order by g.accepted_at, g.reason;
