-- Which checks failed in each hour, for which reason, and how many of them marked a server DOWN?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at, cast(? as varchar) as node
)
select
    epoch_us(r.hour) as hour_us,
    r.reason,
    r.code,
    sum(r.failures)::bigint as failures,
    sum(r.downs)::bigint as downs,
    max(r.max_duration_ms) as max_duration_ms,
    count(distinct (r.proxy, r.server)) as servers
from reasons_hour r, period p
where r.hour >= p.from_at and r.hour < p.to_at and (p.node is null or r.node = p.node)
group by all
order by hour_us, failures desc, r.reason, r.code nulls first;
