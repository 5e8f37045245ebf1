-- What do the health lines of the period look like: how many, from when to when, and what do they lack?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at, cast(? as varchar) as node
)
select
    count(*) as events,
    epoch_us(min(e.at)) as first_us,
    epoch_us(max(e.at)) as last_us,
    count(*) filter (where e.pid is null) as without_pid,
    count(*) filter (where not e.up) as downs,
    count(*) filter (where e.up) as ups,
    -- Also of other days: a log target that has ever let one through lets them through.
    (
        select count(*) > 0 from store.own_outages o, period p
        where o.ended_by = 'up' and (p.node is null or o.node = p.node)
    ) as ever_up
from store.events e, period p
where e.at >= p.from_at and e.at < p.to_at and (p.node is null or e.node = p.node);
