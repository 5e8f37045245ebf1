-- Which checks failed more often than before, by day and by week?
create or replace view store.local_rollups as
select (minute at time zone settings.zone)::date as day, proxy, server, reason, failures, downs
from store.own_rollups, (select any_value(zone) as zone from store.settings) settings;

create or replace view reasons_day as
select day, proxy, reason, sum(failures)::bigint as failures, sum(downs)::bigint as downs, sum(failures_before)::bigint as failures_before,
    (sum(failures) - sum(failures_before))::bigint as change
from (
    select day, proxy, reason, failures, downs, 0 as failures_before from store.local_rollups
    union all
    select (day + interval 1 day)::date, proxy, reason, 0, 0, failures from store.local_rollups
)
where day <= (now() at time zone (select any_value(zone) from store.settings))::date
group by day, proxy, reason;

create or replace view reasons_week as
select week, proxy, reason, sum(failures)::bigint as failures, sum(downs)::bigint as downs, sum(failures_before)::bigint as failures_before,
    (sum(failures) - sum(failures_before))::bigint as change
from (
    select date_trunc('week', day)::date as week, proxy, reason, failures, downs, 0 as failures_before from store.local_rollups
    union all
    select (date_trunc('week', day) + interval 7 day)::date, proxy, reason, 0, 0, failures from store.local_rollups
)
where week <= (now() at time zone (select any_value(zone) from store.settings))::date
group by week, proxy, reason;

comment on view reasons_day is 'Failed checks of all nodes per day in the report zone, backend and reason, against the day before. Without log-health-checks only the check that marked a server DOWN is known.';
comment on column reasons_day.day is 'The day in the report zone.';
comment on column reasons_day.proxy is 'The backend.';
comment on column reasons_day.reason is 'HAProxy''s short code, such as L4CON.';
comment on column reasons_day.failures is 'Failed checks in the log; 0 if there were some on the day before.';
comment on column reasons_day.downs is 'How many of them marked a server DOWN.';
comment on column reasons_day.failures_before is 'Failed checks on the day before.';
comment on column reasons_day.change is 'failures - failures_before. Sums of it are right, too.';
comment on view reasons_week is 'The same as reasons_day per week, which begins on Monday.';
comment on column reasons_week.week is 'Monday of the week in the report zone.';
comment on column reasons_week.proxy is 'The backend.';
comment on column reasons_week.reason is 'HAProxy''s short code, such as L4CON.';
comment on column reasons_week.failures is 'Failed checks in the log; 0 if there were some in the week before.';
comment on column reasons_week.downs is 'How many of them marked a server DOWN.';
comment on column reasons_week.failures_before is 'Failed checks in the week before.';
comment on column reasons_week.change is 'failures - failures_before. Sums of it are right, too. The current week is not over.';
