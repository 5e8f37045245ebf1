-- Where did HAProxy tell another state than its log shows?
create or replace view differences as
-- A line of the five seconds around may have been under way, or have a stamp of whole seconds. UP and drain both serve: a weight has no line.
with told as (
    select "at", node, proxy, server, message,
        case regexp_extract(message, '^observed: [^ ]+ is ([A-Z]+)', 1)
            when 'UP' then 'up' when 'DOWN' then 'down' when 'MAINT' then 'maint' when 'DRAIN' then 'drain' when 'NOLB' then 'drain' end as told
    from store.events where kind = 'observed'
)
select t."at", t.node, t.proxy, t.server, t.told, s.state as recorded, s.from_at as recorded_since, s.cause, t.message
from told t join store.own_states s
    on s.node = t.node and s.proxy = t.proxy and s.server = t.server
    and s.from_at <= t."at" - interval 5 second and (s.to_at is null or s.to_at > t."at" + interval 5 second)
where t.told is not null and s.state <> 'unknown' and s.state <> t.told and s.cause <> 'observed'
    and t."at" < now() - interval 1 minute -- its lines are processed
    and not (s.state in ('up', 'drain') and t.told in ('up', 'drain'))
    and t.node not in (select node from store.folded_nodes);

comment on view differences is 'Where HAProxy told another state of a server, when it was asked (--haproxy) or by lua/risefall.lua, than its log shows: a line was lost, was not logged, or Risefall is wrong. None does not prove that all is right.';
comment on column differences."at" is 'When HAProxy told it.';
comment on column differences.node is 'The HAProxy host.';
comment on column differences.proxy is 'The backend.';
comment on column differences.server is 'The server.';
comment on column differences.told is 'The state that HAProxy told: up, down, maint or drain.';
comment on column differences.recorded is 'The state that its log shows: up, down, maint or drain.';
comment on column differences.recorded_since is 'Since when the log shows it.';
comment on column differences.cause is 'What began it (see states).';
comment on column differences.message is 'What HAProxy told, in words.';
