-- Whose checks take longer than they used to?
create or replace view check_days as
select day, node, proxy, server, agent, checks, median_ms, slowest_ms,
    median(median_ms) over before as usual_ms, median_ms / nullif(median(median_ms) over before, 0) as ratio
from (
    select ("at" at time zone settings.zone)::date as day, node, proxy, server, agent, count(*) as checks,
        median(duration_ms) as median_ms, max(duration_ms) as slowest_ms
    from store.check_lines, (select any_value(zone) as zone from store.settings) settings
    where duration_ms is not null and node not in (select node from store.folded_nodes)
    group by day, node, proxy, server, agent
)
window before as (partition by node, proxy, server, agent order by day range between interval 7 day preceding and interval 1 day preceding);

comment on view check_days is 'How long logged checks took per server and day in the report zone, against the seven days before. Only with option log-health-checks, which logs failed checks and changes of health, not every passed check.';
comment on column check_days.day is 'The day in the report zone.';
comment on column check_days.node is 'The HAProxy host.';
comment on column check_days.proxy is 'The backend.';
comment on column check_days.server is 'The server.';
comment on column check_days.agent is 'True for the agent check, false for the health check.';
comment on column check_days.checks is 'Logged checks with a duration.';
comment on column check_days.median_ms is 'Their median duration.';
comment on column check_days.slowest_ms is 'Duration of the slowest of them.';
comment on column check_days.usual_ms is 'Median of median_ms over the seven days before; null without any.';
comment on column check_days.ratio is 'median_ms / usual_ms: above 1 it is slower than it was.';
