-- Which servers went DOWN and UP most, week by week?
create or replace view flappers as
with begun as (
    select date_trunc('week', o.started_at at time zone settings.zone)::date as week, o.*,
        greatest(0, epoch_ms(coalesce(o.ended_at, known.until_at)) - epoch_ms(o.started_at)) as ms
    from store.told_outages o left join store.node_known known on known.node = o.node,
        (select any_value(zone) as zone from store.settings) settings
), sums as (
    select week, proxy, server, max(flaps) as flaps, max(outages) as outages, max(down_ms)::bigint as down_ms, count(*) as nodes
    from (
        select week, node, proxy, server, count(*) as outages, sum(ms) as down_ms,
            count(*) filter (where ended_by = 'up' and coalesce(reason_text, '') not like 'changed from %') as flaps
        from begun group by week, node, proxy, server
    )
    group by week, proxy, server
), reasons as (
    -- Of two that are as frequent, always the same one.
    select week, proxy, server, arg_min(reason, (-outages, reason)) as reason
    from (
        select week, proxy, server, reason, count(*) as outages from begun where reason is not null
        group by week, proxy, server, reason
    )
    group by week, proxy, server
)
select sums.*, reasons.reason from sums left join reasons using (week, proxy, server);

comment on view flappers is 'Servers of the fleet per week in the report zone, with how often they went DOWN and UP. Of several nodes, the most that one saw.';
comment on column flappers.week is 'Monday of the week.';
comment on column flappers.proxy is 'The backend.';
comment on column flappers.server is 'The server.';
comment on column flappers.flaps is 'Outages that began in this week, were caused by checks, and ended with UP.';
comment on column flappers.outages is 'All outages that began in this week.';
comment on column flappers.down_ms is 'Their length; of an open one, its length so far.';
comment on column flappers.nodes is 'HAProxy hosts that saw any.';
comment on column flappers.reason is 'HAProxy''s most frequent short code in them; null if no line has one.';
