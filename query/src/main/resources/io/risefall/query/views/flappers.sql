-- Which servers went DOWN and UP most, week by week?
create or replace view flappers as
select week, proxy, server, max(flaps) as flaps, max(outages) as outages, max(down_ms)::bigint as down_ms, count(*) as nodes,
    arg_max_null(reason, outages) as reason
from (
    select date_trunc('week', o.started_at at time zone settings.zone)::date as week, o.node, o.proxy, o.server, count(*) as outages,
        count(*) filter (where o.ended_by = 'up' and coalesce(o.reason_text, '') not like 'changed from %') as flaps,
        sum(greatest(0, epoch_ms(coalesce(o.ended_at, known.until_at)) - epoch_ms(o.started_at))) as down_ms, mode(o.reason) as reason
    from store.told_outages o left join store.node_known known on known.node = o.node,
        (select any_value(zone) as zone from store.settings) settings
    group by week, o.node, o.proxy, o.server
)
group by week, proxy, server;

comment on view flappers is 'Servers of the fleet per week in the report zone, with how often they went DOWN and UP. Of several nodes, the most that one saw.';
comment on column flappers.week is 'Monday of the week.';
comment on column flappers.proxy is 'The backend.';
comment on column flappers.server is 'The server.';
comment on column flappers.flaps is 'Outages that began in this week, were caused by checks, and ended with UP.';
comment on column flappers.outages is 'All outages that began in this week.';
comment on column flappers.down_ms is 'Their length; of an open one, its length so far.';
comment on column flappers.nodes is 'HAProxy hosts that saw any.';
comment on column flappers.reason is 'HAProxy''s short code of most of them; null if no line has one.';
