-- Which checks failed, how often and why, hour by hour?
create or replace view reasons_hour as
select date_trunc('hour', minute) as hour, node, proxy, server, reason, code,
    sum(failures)::bigint as failures, sum(downs)::bigint as downs, max(max_duration_ms) as max_duration_ms
from store.own_rollups
group by hour, node, proxy, server, reason, code;

comment on view reasons_hour is 'Failed checks per server, hour, reason and code. Without log-health-checks only the check that marked a server DOWN is known.';
comment on column reasons_hour.hour is 'Start of the hour.';
comment on column reasons_hour.node is 'The HAProxy host.';
comment on column reasons_hour.proxy is 'The backend.';
comment on column reasons_hour.server is 'The server.';
comment on column reasons_hour.reason is 'HAProxy''s short code, such as L4CON.';
comment on column reasons_hour.code is 'HTTP status, exit code or similar; null without one.';
comment on column reasons_hour.failures is 'Failed checks in the log; repeats count once.';
comment on column reasons_hour.downs is 'How many of them marked the server DOWN.';
comment on column reasons_hour.max_duration_ms is 'Duration of the slowest of them.';
