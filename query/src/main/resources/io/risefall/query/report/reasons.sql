-- Which checks failed in each hour, for which reason, and how many of them marked a server DOWN? Parameters: start, end, node or null.
with counted as (
    select time_bucket(interval 1 hour, minute) as hour, *
    from store.own_rollups
    where minute >= make_timestamptz($1) and minute < make_timestamptz($2) + interval 1 hour
        and (cast($3 as varchar) is null or node = cast($3 as varchar))
)
select
    epoch_us(hour) as hour_us,
    reason,
    code,
    sum(failures)::bigint as failures,
    sum(downs)::bigint as downs,
    max(max_duration_ms) as max_duration_ms,
    count(distinct (proxy, server)) as servers
from counted
where hour >= make_timestamptz($1) and hour < make_timestamptz($2)
group by hour, reason, code
order by hour_us, failures desc, reason, code nulls first;
