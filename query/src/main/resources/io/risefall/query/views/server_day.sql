-- How did each server spend each day?
-- Its states day by day, where a day ends in the zone. Of some states only: chosen is the name of what has rows of store.own_states.
create or replace macro store.days_of_states_of(chosen, zone, first_day, last_day) as table
with cut as (select zone as zone), spans as (
    select s.node, s.proxy, s.server, s.state, s.from_at, coalesce(s.to_at, greatest(s.from_at, known.until_at)) as to_at
    from store.state_times_of(chosen) s join store.node_known known on known.node = s.node
    -- A day more on both sides: in no zone does a day begin that far from UTC's.
    where s.from_at < (last_day::date + interval 2 day)::timestamptz
        and (s.to_at is null or s.to_at >= (first_day::date - interval 1 day)::timestamptz)
), pieces as (
    select spans.*, unnest(generate_series(
        date_trunc('day', from_at at time zone cut.zone),
        date_trunc('day', greatest(from_at, to_at - interval 1 microsecond) at time zone cut.zone), interval 1 day)) as local_day
    from spans, cut
), clipped as (
    select node, proxy, server, state, local_day::date as day,
        greatest(epoch_ms(from_at), epoch_ms(local_day at time zone cut.zone)) as from_ms,
        least(epoch_ms(to_at), epoch_ms((local_day + interval 1 day) at time zone cut.zone)) as to_ms
    from pieces, cut
)
select * from clipped where to_ms >= from_ms and day between first_day::date and last_day::date;

-- Time of which a lost line may tell otherwise: no count says which server it was about, and nobody listened.
-- days is the name of what has rows of store.days_of_states_of.
create or replace macro store.doubted_days_of(days) as table
select day, node, proxy, server,
    coalesce(sum(lost_ms) filter (where state in ('up', 'drain')), 0)::bigint as doubted_up_ms,
    coalesce(sum(lost_ms) filter (where state = 'down'), 0)::bigint as doubted_down_ms
from (
    select clipped.*,
        least(to_ms, epoch_ms(lost.to_at)) - greatest(from_ms, epoch_ms(lost.from_at)) as lost_ms
    from query_table(days) clipped join store.doubt_spans lost on lost.node = clipped.node and lost.proxy = clipped.proxy
        and lost.server = clipped.server and epoch_ms(lost.from_at) < to_ms and epoch_ms(lost.to_at) > from_ms
)
group by day, node, proxy, server;

-- The outages that ended with UP.
create or replace macro store.mended_days_between(zone, first_day, last_day) as table
with cut as (select zone as zone), mended as (
    select (ended_at at time zone cut.zone)::date as day, node, proxy, server, count(*)::bigint as flaps,
        avg((epoch_ms(ended_at) - epoch_ms(started_at))::double)::bigint as mttr_ms
    from store.own_outages, cut
    where ended_by = 'up' and ended_at >= (first_day::date - interval 1 day)::timestamptz and ended_at < (last_day::date + interval 2 day)::timestamptz
    group by day, node, proxy, server
)
select * from mended where day between first_day::date and last_day::date;

-- The time in which each flapped.
create or replace macro store.flapping_days_between(zone, first_day, last_day) as table
with cut as (select zone as zone), touched as (
    select node, proxy, server, started_at, least(calm_at, now()) as until_at, unnest(generate_series(
        date_trunc('day', started_at at time zone cut.zone),
        date_trunc('day', least(calm_at, now()) at time zone cut.zone), interval 1 day)) as local_day
    from store.own_flapping, cut
    where started_at < (last_day::date + interval 2 day)::timestamptz and calm_at >= (first_day::date - interval 1 day)::timestamptz
)
select local_day::date as day, node, proxy, server,
    sum(least(epoch_ms(until_at), epoch_ms((local_day + interval 1 day) at time zone cut.zone))
        - greatest(epoch_ms(started_at), epoch_ms(local_day at time zone cut.zone)))::bigint as flapping_ms
from touched, cut
where local_day::date between first_day::date and last_day::date
group by day, node, proxy, server;

create or replace macro server_day_between(zone, first_day, last_day) as table
with cut as (select zone as zone), touching as (
    select * from store.own_states
    where from_at <= (last_day::date + interval 2 day)::timestamptz
        and (to_at is null or to_at >= (first_day::date - interval 1 day)::timestamptz)
), clipped as (
    select * from store.days_of_states_of('touching', zone, first_day, last_day)
), sums as (
    select day, node, proxy, server,
        coalesce(sum(to_ms - from_ms) filter (where state = 'up'), 0)::bigint as up_ms,
        coalesce(sum(to_ms - from_ms) filter (where state = 'down'), 0)::bigint as down_ms,
        coalesce(sum(to_ms - from_ms) filter (where state = 'maint'), 0)::bigint as maint_ms,
        coalesce(sum(to_ms - from_ms) filter (where state = 'drain'), 0)::bigint as drain_ms,
        coalesce(max(to_ms - from_ms) filter (where state = 'down'), 0)::bigint as longest_ms
    from clipped group by day, node, proxy, server
), whole as (
    select sums.*,
        (least(epoch_ms((day::timestamp + interval 1 day) at time zone cut.zone), epoch_ms(now()))
            - epoch_ms(day::timestamp at time zone cut.zone) - up_ms - down_ms - maint_ms - drain_ms)::bigint as unknown_ms
    from sums, cut
), doubts as (
    select * from store.doubted_days_of('clipped')
), begun as (
    select (started_at at time zone cut.zone)::date as day, node, proxy, server, count(*)::bigint as outages
    from store.own_outages, cut
    where started_at >= (first_day::date - interval 1 day)::timestamptz and started_at < (last_day::date + interval 2 day)::timestamptz
    group by day, node, proxy, server
), mended as (
    select * from store.mended_days_between(zone, first_day, last_day)
), unrest as (
    select * from store.flapping_days_between(zone, first_day, last_day)
)
select day, node, proxy, server, up_ms, down_ms, maint_ms, drain_ms, unknown_ms,
    case when up_ms + drain_ms + down_ms > 0 then (up_ms + drain_ms) / (up_ms + drain_ms + down_ms)::double end
        as availability,
    case when up_ms + drain_ms + down_ms + unknown_ms > 0
        then (up_ms + drain_ms - coalesce(doubted_up_ms, 0)) / (up_ms + drain_ms + down_ms + unknown_ms)::double end
        as availability_low,
    case when up_ms + drain_ms + down_ms + unknown_ms > 0
        then (up_ms + drain_ms + unknown_ms + coalesce(doubted_down_ms, 0))
            / (up_ms + drain_ms + down_ms + unknown_ms)::double end as availability_high,
    coalesce(outages, 0) as outages, coalesce(flaps, 0) as flaps, coalesce(flapping_ms, 0) as flapping_ms, longest_ms,
    mttr_ms, case when outages > 0 then (up_ms + drain_ms) // outages end as mtbf_ms,
    coalesce(doubted_up_ms, 0) as doubted_up_ms, coalesce(doubted_down_ms, 0) as doubted_down_ms
from whole
left join doubts using (day, node, proxy, server)
left join begun using (day, node, proxy, server)
left join mended using (day, node, proxy, server)
left join unrest using (day, node, proxy, server);

create or replace macro server_day_in(zone) as table
-- Lines of other times are rejected.
select * from server_day_between(zone, date '1900-01-01', date '2300-01-01');

create or replace view server_day as
select * from server_day_in((select any_value(settings.zone) from store.settings settings));

comment on macro table server_day_in is 'The view server_day with days of another zone: server_day_in(''Europe/Berlin'').';
comment on view server_day is 'One row per server and day of the report zone. The five times add up to the day exactly; today, up to now.';
comment on column server_day.day is 'The day, in the report zone.';
comment on column server_day.node is 'The HAProxy host.';
comment on column server_day.proxy is 'The backend.';
comment on column server_day.server is 'The server.';
comment on column server_day.up_ms is 'Time up.';
comment on column server_day.down_ms is 'Time down.';
comment on column server_day.maint_ms is 'Time in maintenance.';
comment on column server_day.drain_ms is 'Time draining; it counts as up.';
comment on column server_day.unknown_ms is 'Time that the log does not cover.';
comment on column server_day.availability is '(up + drain) / (up + drain + down); null if nothing is known.';
comment on column server_day.availability_low is 'The same if the server was down in all unknown time and in doubted_up_ms.';
comment on column server_day.availability_high is 'The same if the server was up in all unknown time and in doubted_down_ms.';
comment on column server_day.outages is 'Outages that began on this day.';
comment on column server_day.flaps is 'DOWN->UP cycles that ended on this day.';
comment on column server_day.flapping_ms is 'Time in which the server was flapping.';
comment on column server_day.longest_ms is 'The longest down time within this day.';
comment on column server_day.mttr_ms is 'Mean time to recovery: mean length of the outages that ended with UP on this day; null without one.';
comment on column server_day.mtbf_ms is 'Mean time between failures: time up per outage; null without one.';
comment on column server_day.doubted_up_ms is 'Part of the time up and draining in which a DOWN line may be missing: lines of the backend were lost (see losses), or no line has confirmed the state since Risefall was away (see doubts).';
comment on column server_day.doubted_down_ms is 'The same for the time down.';
