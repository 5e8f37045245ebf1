-- When was one server flapping on a day, cut to the day as the view cuts it? Parameters: zone, day, node, proxy, server.
with asked as (
    select ? as zone, cast(? as date)::timestamp as day, ? as node, ? as proxy, ? as server
), edges as (
    select *, epoch_ms(day at time zone zone) as day_from, epoch_ms((day + interval 1 day) at time zone zone) as day_to
    from asked
), episodes as (
    select e.*, f.started_at, f.ended_at, coalesce(f.ended_at, now()) as until_at, f.downs, f.peak_penalty
    from edges e join flapping f on f.node = e.node and f.proxy = e.proxy and f.server = e.server
)
select epoch_us(started_at) as started_us, epoch_us(ended_at) as ended_us, epoch_us(until_at) as until_us, downs, peak_penalty,
    greatest(epoch_ms(started_at), day_from) as from_ms, least(epoch_ms(until_at), day_to) as to_ms
from episodes
where epoch_ms(started_at) < day_to and epoch_ms(until_at) >= day_from
order by started_at;
