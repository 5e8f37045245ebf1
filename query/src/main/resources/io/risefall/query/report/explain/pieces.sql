-- How was one server's day spent, interval by interval, cut to the day as the view cuts it? Parameters: zone, day, node, proxy,
-- server.
with asked as (
    select ? as zone, cast(? as date)::timestamp as day, ? as node, ? as proxy, ? as server
), edges as (
    select *, epoch_ms(day at time zone zone) as day_from, epoch_ms((day + interval 1 day) at time zone zone) as day_to
    from asked
), spans as (
    select e.*, s.state, s.cause, s.from_at, s.to_at, coalesce(s.to_at, greatest(s.from_at, known.until_at)) as until_at,
        lead(s.state) over in_order as next_state, lead(s.cause) over in_order as next_cause, lag(s.cause) over in_order as cause_before
    from edges e join states s on s.node = e.node and s.proxy = e.proxy and s.server = e.server
        join store.node_known known on known.node = s.node
    window in_order as (order by s.from_at)
)
select state, cause, epoch_us(from_at) as from_us, epoch_us(to_at) as to_us, epoch_us(until_at) as until_us,
    greatest(epoch_ms(from_at), day_from) as from_ms, least(epoch_ms(until_at), day_to) as to_ms, next_state,
    next_cause, cause_before
from spans
where greatest(epoch_ms(from_at), day_from) < least(epoch_ms(until_at), day_to)
order by from_at;
