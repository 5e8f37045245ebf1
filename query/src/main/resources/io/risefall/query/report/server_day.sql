-- What do each server's days hold besides time: flaps, flapping, mean time to repair, doubt? Only servers that have any of these.
-- Parameters: zone, first and last day.
with flapping as (
    select * from store.flapping_days_between($1, $2::date, $3::date)
), doubtful as (
    select node, proxy, server from store.doubt_spans
    union
    select node, proxy, server from flapping
), their_states as (
    select s.*
    from store.own_states s semi join doubtful d on d.node = s.node and d.proxy = s.proxy and d.server = s.server
    where s.from_at <= ($3::date + interval 2 day)::timestamptz
        and (s.to_at is null or s.to_at >= ($2::date - interval 1 day)::timestamptz)
), their_days as (
    select * from store.days_of_states_of('their_states', $1, $2::date, $3::date)
), held as (
    select node, proxy, server, flaps, mttr_ms, 0 as flapping_ms, 0 as doubted_up_ms, 0 as doubted_down_ms
    from store.mended_days_between($1, $2::date, $3::date)
    union all
    -- A day of which nothing is known has no flapping.
    select node, proxy, server, 0, null, flapping_ms, 0, 0 from flapping semi join their_days using (day, node, proxy, server)
    union all
    select node, proxy, server, 0, null, 0, doubted_up_ms, doubted_down_ms from store.doubted_days_of('their_days')
)
select node, proxy, server, sum(flaps)::bigint as flaps, sum(flapping_ms)::bigint as flapping_ms,
    round(sum(mttr_ms * flaps) / nullif(sum(flaps), 0))::bigint as mttr_ms,
    sum(doubted_up_ms)::bigint as doubted_up_ms, sum(doubted_down_ms)::bigint as doubted_down_ms
from held
group by node, proxy, server;
