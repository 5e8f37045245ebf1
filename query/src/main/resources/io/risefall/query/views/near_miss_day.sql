-- How often did each server nearly go DOWN on each day?
create or replace macro near_miss_day_in(zone) as table
with cut as (select zone as zone)
select ("at" at time zone cut.zone)::date as day, node, proxy, server, count(*)::bigint as near_misses,
    count(*) filter (where became_outage)::bigint as became_outages
from near_misses, cut
group by day, node, proxy, server;

create or replace view near_miss_day as
select * from near_miss_day_in((select any_value(settings.zone) from store.settings settings));

comment on macro table near_miss_day_in is 'The view near_miss_day with days of another zone: near_miss_day_in(''Europe/Berlin'').';
comment on view near_miss_day is 'Near misses per server and day of the report zone; only days that have one.';
comment on column near_miss_day.day is 'The day on which they began, in the report zone.';
comment on column near_miss_day.node is 'The HAProxy host.';
comment on column near_miss_day.proxy is 'The backend.';
comment on column near_miss_day.server is 'The server.';
comment on column near_miss_day.near_misses is 'Number of near misses.';
comment on column near_miss_day.became_outages is 'How many were followed by an outage within an hour.';
