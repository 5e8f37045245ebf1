-- What did each logged check find? Only with option log-health-checks.
create or replace view store.check_lines as
select e.* from store.events e
where kind = 'check' and not exists (
    select 1 from store.repeats r
    where r.source = e.source and r.position = e.position and r.repeat = e.repeat);

create or replace view checks as
select "at", node, proxy, server, agent, outcome, reason, code, info, duration_ms, health, threshold, state, pid
from store.check_lines;

comment on view checks is 'Health check results, each once. HAProxy logs them only with option log-health-checks.';
comment on column checks."at" is 'Event time, from the line.';
comment on column checks.node is 'The HAProxy host.';
comment on column checks.proxy is 'The backend.';
comment on column checks.server is 'The server.';
comment on column checks.agent is 'True for the agent check, false for the health check.';
comment on column checks.outcome is 'succeeded, conditionally_succeeded or failed.';
comment on column checks.reason is 'HAProxy''s short code, such as L4CON.';
comment on column checks.code is 'HTTP status, exit code or similar.';
comment on column checks.info is 'Text from the server, the agent or the system; untrusted.';
comment on column checks.duration_ms is 'How long the check took.';
comment on column checks.health is 'The n of n/m: failures left before DOWN while up, passed checks so far while down.';
comment on column checks.threshold is 'The m of n/m: fall while up, rise while down.';
comment on column checks.state is 'up, drain or down after this check.';
comment on column checks.pid is 'The HAProxy process; null if the line has none.';
