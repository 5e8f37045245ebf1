-- At what hour and on which weekday do checks fail?
create or replace view failure_hours as
select proxy, server, reason, isodow(day) as weekday, hour, sum(failures)::bigint as failures, sum(downs)::bigint as downs,
    count(distinct day) as days
from (
    select (minute at time zone settings.zone)::date as day, hour(minute at time zone settings.zone) as hour, proxy, server, reason,
        failures, downs
    from store.own_rollups, (select any_value(zone) as zone from store.settings) settings
)
group by proxy, server, reason, weekday, hour;

comment on view failure_hours is 'Failed checks of all nodes by weekday and hour of the day in the report zone: what fails always at 02:00 has many days there.';
comment on column failure_hours.proxy is 'The backend.';
comment on column failure_hours.server is 'The server.';
comment on column failure_hours.reason is 'HAProxy''s short code, such as L4CON.';
comment on column failure_hours.weekday is '1 for Monday to 7 for Sunday.';
comment on column failure_hours.hour is 'Hour of the local clock, 0 to 23.';
comment on column failure_hours.failures is 'Failed checks in the log.';
comment on column failure_hours.downs is 'How many of them marked the server DOWN.';
comment on column failure_hours.days is 'On how many different days of this weekday.';
