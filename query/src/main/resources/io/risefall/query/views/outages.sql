-- What was down, since when, why and until when?
-- Of some outages only: chosen is the name of what has rows of store.own_outages.
create or replace macro store.told_outages_of(chosen) as table
with recursive tracks as (
    select node, proxy, server, arg_max(via, started_at) as via
    from store.own_outages where via is not null group by node, proxy, server
), chain(node, proxy, server, root_proxy, root_server, depth) as (
    select node, proxy, server, split_part(via, '/', 1), split_part(via, '/', 2), 1 from tracks
    union all
    -- HAProxy refuses tracking in circles; the limit is for logs that two configurations share.
    select chain.node, chain.proxy, chain.server, split_part(tracks.via, '/', 1), split_part(tracks.via, '/', 2), depth + 1
    from chain
    join tracks on tracks.node = chain.node and tracks.proxy = chain.root_proxy and tracks.server = chain.root_server
    where depth < 16
), root as (
    select node, proxy, server, arg_max(root_proxy, depth) as root_proxy, arg_max(root_server, depth) as root_server
    from chain group by node, proxy, server
), own as materialized (
    select o.*, case when o.via is null then null else coalesce(root.root_proxy, split_part(o.via, '/', 1)) end as root_proxy,
        case when o.via is null then null else coalesce(root.root_server, split_part(o.via, '/', 2)) end as root_server,
        o.started_at + interval 1 second as not_later
    from query_table(chosen) o
    left join root on o.via is not null and root.node = o.node and root.proxy = o.proxy and root.server = o.server
), of_tracked as (
    select o.*
    from store.own_outages o semi join (select node, root_proxy, root_server from own where via is not null) w
        on w.node = o.node and w.root_proxy = o.proxy and w.root_server = o.server
), with_tracked as (
    select own.*, tracked.reason as t_reason, tracked.reason_text as t_reason_text, tracked.code as t_code,
        tracked.info as t_info, tracked.agent as t_agent, tracked.first_failure_at as t_first_failure_at,
        tracked.first_success_at as t_first_success_at,
        -- The tracked server's outage must be the one that this one comes from.
        tracked.record_key is not null and (tracked.ended_at is null or tracked.ended_at >= own.started_at - interval 1 second)
            as is_tracked
    from own
    asof left join of_tracked tracked
        on tracked.node = own.node and tracked.proxy = own.root_proxy and tracked.server = own.root_server
        and own.not_later >= tracked.started_at
), lasting as materialized (
    select record_key, node, proxy, server, started_at from own where ended_at is null
), contradicted as (
    -- Of those that are open: counts that show more servers than the lines tell of, or another node that saw the server go
    -- at the same time and come back long ago.
    select o.record_key
    from lasting o join store.own_losses l on l.node = o.node and l.proxy = o.proxy and l.to_at > o.started_at
    where l.seen_active + l.seen_backup > l.expected_active + l.expected_backup
    union
    select o.record_key
    from lasting o
    join (
        select node, proxy, server, started_at, ended_at from store.own_outages t
        semi join lasting l on l.proxy = t.proxy and l.server = t.server
        where t.ended_by = 'up'
    ) other on other.proxy = o.proxy and other.server = o.server and other.node <> o.node
        and abs(epoch_ms(other.started_at) - epoch_ms(o.started_at)) <= 10000
    join store.own_states back on back.node = other.node and back.proxy = other.proxy and back.server = other.server
        and back.to_at is null and back.state = 'up'
    join store.node_known known on known.node = o.node and other.ended_at < known.until_at - interval 1 minute
), timed as (
    select *, case when is_tracked then t_first_failure_at else first_failure_at end as failed_first_at,
        case when is_tracked then t_first_success_at else first_success_at end as passed_first_at
    from with_tracked
)
select substr(md5(timed.record_key), 1, 12) as outage_id, timed.node, proxy, server, backup, started_at, ended_at,
    greatest(0, epoch_ms(coalesce(ended_at, known.until_at)) - epoch_ms(started_at)) as duration_ms,
    ended_by,
    case when is_tracked then t_reason else reason end as reason,
    case when is_tracked then t_reason_text else reason_text end as reason_text,
    case when is_tracked then t_code else code end as code,
    case when is_tracked then t_info else info end as info,
    via,
    case when is_tracked then t_agent else agent end as agent,
    joined or (is_tracked and t_reason is not null) as joined,
    failed_first_at as first_failure_at,
    backend_emptied, certain and timed.record_key not in (select record_key from contradicted) as certain,
    passed_first_at as first_success_at,
    case when failed_first_at <= started_at then epoch_ms(started_at) - epoch_ms(failed_first_at) end as detection_ms,
    case when ended_by = 'up' and passed_first_at <= ended_at then epoch_ms(ended_at) - epoch_ms(passed_first_at) end
        as recovery_ms,
    active_left, backup_left, sessions_active, requeued, queued
from timed
left join store.node_known known on known.node = timed.node;

create or replace view store.told_outages as
select * from store.told_outages_of('store.own_outages');

-- Of the outages that touch a range of time, its ends included.
create or replace macro store.told_outages_between(begin_at, end_at) as table
with touching as (
    select * from store.own_outages where started_at <= end_at::timestamptz and (ended_at is null or ended_at >= begin_at::timestamptz)
)
select * from store.told_outages_of('touching');

create or replace view outages as
select o.*, roles.node is not null as role
from store.told_outages o
left join (select node, proxy from role_backends group by node, proxy) roles
    on roles.node = o.node and roles.proxy = o.proxy;

comment on view outages is 'Unplanned DOWN intervals of servers. Maintenance is never an outage.';
comment on column outages.outage_id is 'Its id. It does not change when the outage ends.';
comment on column outages.node is 'The HAProxy host.';
comment on column outages.proxy is 'The backend.';
comment on column outages.server is 'The server.';
comment on column outages.backup is 'True for a backup server.';
comment on column outages.started_at is 'When HAProxy marked the server DOWN.';
comment on column outages.ended_at is 'When it ended; null while it lasts.';
comment on column outages.duration_ms is 'Its length; of an open one, its length so far, up to the end of the log.';
comment on column outages.ended_by is 'up, maintenance, removed or unknown; null while it lasts.';
comment on column outages.reason is 'HAProxy''s short code of the check that decided it, such as L4CON; null if no line has it.';
comment on column outages.reason_text is 'The reason in the words of the log; changed from CLI if an operator forced it.';
comment on column outages.code is 'HTTP status, exit code or similar of that check.';
comment on column outages.info is 'Text from the server, the agent or the system; untrusted.';
comment on column outages.via is 'The tracked server that caused this outage; the reason is that of the tracked server.';
comment on column outages.agent is 'True if the agent check decided it.';
comment on column outages.joined is 'True if the reason was taken from a preceding check line.';
comment on column outages.first_failure_at is 'Time of the first failed check of the run that led to DOWN; null without a check line.';
comment on column outages.backend_emptied is 'True if the backend had no server left afterwards.';
comment on column outages.certain is 'False if its start or end is inferred, not logged. For an open outage also false if Risefall was away and no line has confirmed it since (see doubts), if counts show more usable servers than the lines (see losses), or if another node that saw it go down at the same time saw it come back more than a minute ago.';
comment on column outages.first_success_at is 'Time of the first passed check of the run that ended it, or may end it; null without a check line.';
comment on column outages.detection_ms is 'From first_failure_at to started_at: how long HAProxy took to mark it DOWN; null without a check line.';
comment on column outages.recovery_ms is 'From first_success_at to ended_at: how long it stayed DOWN although checks passed; null without a check line, or if it did not end with UP.';
comment on column outages.active_left is 'Usable active servers left in the backend afterwards, from the DOWN line; null if the line has no counts.';
comment on column outages.backup_left is 'Usable backup servers left.';
comment on column outages.sessions_active is 'Sessions on the server when it went down.';
comment on column outages.requeued is 'Sessions that waited for it and moved to others.';
comment on column outages.queued is 'Sessions left waiting in the backend.';
comment on column outages.role is 'True for a server of a role backend: it is a standby by design, or a leader that failed (see role_backends).';
