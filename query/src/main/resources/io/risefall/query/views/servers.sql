-- How is each server now?
create or replace view servers as
with now_state as (
    select node, proxy, server, bool_or(backup) as backup, arg_max(state, from_at) as state, max(from_at) as since
    from store.state_times group by node, proxy, server
), seen as (
    -- What HAProxy told when it was asked counts only where it has logged nothing.
    select node, proxy, server,
        coalesce(max("at") filter (where kind <> 'observed'), max("at")) as last_seen,
        case when bool_or(kind <> 'observed') then arg_max(pid, "at") filter (where kind <> 'observed') else arg_max(pid, "at") end as pid
    from store.events where server is not null group by node, proxy, server
), reasons as (
    select node, proxy, server, arg_max(reason, started_at) as last_reason from store.told_outages group by node, proxy, server
), flaps as (
    select distinct node, proxy, server from flapping where ended_at is null
)
select s.node, s.proxy, s.server, s.backup, s.state, s.since, r.last_reason, seen.last_seen,
    flaps.node is not null as flapping, seen.pid,
    s.state <> 'unknown' and doubtful.node is null and inferred.node is null as certain
from now_state s
left join seen using (node, proxy, server)
left join reasons r using (node, proxy, server)
left join (select distinct node, proxy, server from store.doubts where to_at is null) doubtful
    on doubtful.node = s.node and doubtful.proxy = s.proxy and doubtful.server = s.server
left join (select distinct node, proxy, server from store.told_outages where ended_at is null and not certain) inferred
    on inferred.node = s.node and inferred.proxy = s.proxy and inferred.server = s.server
left join flaps on flaps.node = s.node and flaps.proxy = s.proxy and flaps.server = s.server;

comment on view servers is 'Each server and its latest state.';
comment on column servers.node is 'The HAProxy host.';
comment on column servers.proxy is 'The backend.';
comment on column servers.server is 'The server.';
comment on column servers.backup is 'True for a backup server.';
comment on column servers.state is 'up, down, maint, drain or unknown, at the end of the log.';
comment on column servers.since is 'When this state began.';
comment on column servers.last_reason is 'HAProxy''s short code of its latest outage; null without an outage or a reason.';
comment on column servers.last_seen is 'Time of its latest line; without one, when HAProxy told its state.';
comment on column servers.flapping is 'True if it is flapping now.';
comment on column servers.pid is 'The process that logged about it last, or that told its state; null if the line has none.';
comment on column servers.certain is 'True if lines prove the state. False if it is unknown, if Risefall was away and no line has confirmed it since (see doubts), or if its open outage is not certain.';
