-- Which outages belong together, and what do they share? Of the incidents that touch a range of time: which outages belong together
-- is worked out of all of them, the rest of these only.
-- roles is the name of what has node and proxy of the role backends.
create or replace macro store.incidents_of(roles, begin_at, end_at) as table
with chained as materialized (
    select * from store.incident_outages_of(roles, begin_at, end_at)
), spans as (
    select incident, min(started_at) as started_at, case when bool_or(ended_at is null) then null else max(ended_at) end as ended_at
    from chained group by incident
), wanted as materialized (
    select * from chained
    where incident in (
        select incident from spans
        where started_at < end_at::timestamptz and (ended_at is null or ended_at > begin_at::timestamptz))
), own as materialized (
    select o.* from store.own_outages o semi join wanted w on w.record_key = o.record_key
), members as materialized (
    -- A server that tracks another goes with it: what is in common is judged by those that lead, or that no line shows.
    select o.*, w.incident, w.from_ms, w.near_ms,
        via is null or not bool_or(via is null) over (partition by w.incident) as leads,
        coalesce(split_part(via, '/', 1), o.proxy) as lead_proxy, coalesce(split_part(via, '/', 2), o.server) as lead_server
    from store.told_outages_of('own') o join wanted w on w.outage_id = o.outage_id
), left_by as (
    -- What each backend had left, by HAProxy's own counts.
    select incident, node, proxy, min(active_left) as active_left, min(backup_left) as backup_left,
        max(active_left + (not backup)::int) as active_before,
        bool_or(backend_emptied) as emptied
    from members group by incident, node, proxy
), capacity as (
    select incident, count(*) filter (where emptied) as emptied,
        bool_and(emptied or active_left is null) as all_emptied,
        min_by({'node': node, 'proxy': proxy, 'active_left': active_left, 'backup_left': backup_left, 'active_before': active_before},
            (active_left / greatest(active_before, 1), active_left, node, proxy)) filter (where active_left is not null) as worst
    from left_by group by incident
), steps as (
    -- One after another: of each name the first begin and the last end.
    select incident, lead_server as server, min(from_ms) as from_ms, max(epoch_ms(ended_at)) as to_ms, bool_or(ended_at is null) as lasts
    from members where leads group by incident, lead_server
), ordered as (
    select *, from_ms - lag(from_ms) over by_start as gap_ms, lag(to_ms) over by_start as before_to_ms, lag(lasts) over by_start as before_lasts
    from steps window by_start as (partition by incident order by from_ms, server)
), spacing as (
    select t.incident, count(*) as names, min(gap_ms) as shortest_ms, max(gap_ms) as longest_ms, median(gap_ms)::bigint as gap_ms,
        max(t.from_ms) - min(t.from_ms) as span_ms, bool_or(before_lasts or before_to_ms > t.from_ms + near_ms) as overlapping,
        any_value(near_ms) as near_ms
    from ordered t join (select incident, max(near_ms) as near_ms from members group by incident) using (incident)
    group by t.incident
), led as (
    select incident, count(*) as outages, count(distinct (node, proxy, server)) as seen, count(distinct (lead_proxy, lead_server)) as servers,
        count(distinct lead_server) as names, count(distinct lead_proxy) as backends, count(distinct node) as nodes,
        min(node) as node, min(lead_proxy) as proxy, min(lead_server) as server, min(started_at) as first_at,
        max(started_at) as last_at, list(distinct node) as seen_by, max(near_ms) * interval 1 millisecond as near,
        bool_and(certain) as certain,
        bool_or(regexp_matches(lower(coalesce(info, '')), 'no route|unreachable|timed? ?out')) as on_the_way,
        count(distinct coalesce(reason, '')) as reasons, any_value(reason) as reason,
        case when count(distinct coalesce(code, -9999)) = 1 then any_value(code) end as code
    from members where leads group by incident
), whole as (
    select incident, min(started_at) as started_at, case when bool_or(ended_at is null) then null else max(ended_at) end as ended_at,
        max(epoch_ms(started_at) + duration_ms) - min(epoch_ms(started_at)) as duration_ms, count(*) as outages,
        count(distinct (proxy, server)) as servers, count(distinct proxy) as backends, count(distinct node) as nodes,
        count(distinct (proxy, server)) filter (where via is not null) as followers,
        case when count(distinct coalesce(reason, '')) = 1 then any_value(reason) end as reason,
        sum(sessions_active)::bigint as sessions_active, sum(requeued)::bigint as requeued,
        list(outage_id order by started_at, node, proxy, server) as outage_ids
    from members group by incident
), begins as materialized (
    -- When the last outage of an incident began, and the servers that lead it.
    select t.incident, t.lead_proxy as proxy, t.lead_server as server, any_value(led.last_at) as last_at
    from members t join led using (incident) where t.leads group by t.incident, t.lead_proxy, t.lead_server
), serving as (
    -- How many servers were in service then, on a node that alone saw several go.
    select k.node, k.last_at, count(s.node) as servers
    from (select distinct node, last_at from led where nodes = 1 and servers > 1) k
    left join store.own_states s on s.node = k.node and s.state in ('up', 'drain') and s.from_at <= k.last_at
        and (s.to_at is null or s.to_at > k.last_at)
    group by k.node, k.last_at
), moments as (
    select proxy, server, min(last_at) as first_at, max(last_at) as last_at from begins group by proxy, server
), around as materialized (
    select s.*
    from store.own_states s join moments m on m.proxy = s.proxy and m.server = s.server
    where s.from_at <= m.last_at and (s.to_at is null or s.to_at >= m.first_at)
), around_of_fleet as (
    select * from around where node not in (select node from store.same_hosts)
), knowing as (
    -- As in the view sightings: what lasts where a log has ended is not known.
    select t.proxy, t.server, t.node, t.from_at,
        case when t.to_at is null and e.node is not null then greatest(t.from_at, e.until_at) else t.to_at end as to_at
    from store.state_times_of('around_of_fleet') t left join store.ended_nodes e on e.node = t.node
    where t.state in ('up', 'drain', 'down')
), watched as (
    -- How many nodes know the state of each of its servers: the least of them.
    select incident, min(nodes) as nodes
    from (
        select l.incident, l.proxy, l.server, count(k.node) as nodes
        from begins l left join knowing k on k.proxy = l.proxy and k.server = l.server
            and k.from_at <= l.last_at and (k.to_at is null or k.to_at > l.last_at)
        group by l.incident, l.proxy, l.server
    )
    group by incident
), others as (
    -- The other nodes that know its servers, and the last state that each has logged of them.
    select k.incident, k.proxy, k.server, k.node, k.first_at - k.near as from_at, k.last_at + k.near as to_at,
        s.to_at is not null or known.until_at is null or known.until_at > k.last_at as tells,
        case when s.to_at > k.last_at or s.to_at is null then s.state end as state
    from (
        select distinct t.incident, t.lead_proxy as proxy, t.lead_server as server, w.node, led.first_at, led.last_at, led.near
        from members t join led using (incident)
        join (select distinct node, proxy, server from around) w on w.proxy = t.lead_proxy and w.server = t.lead_server
        where t.leads and not list_contains(led.seen_by, w.node)
    ) k
    asof join around s on s.node = k.node and s.proxy = k.proxy and s.server = k.server and k.last_at >= s.from_at
    left join store.node_known known on known.node = k.node
), doubted as (
    -- Which of them may not know: lines are missing, or Risefall was away, near to where these began.
    select o.incident, o.proxy, o.server, o.node
    from others o join store.doubt_spans d on d.node = o.node and d.proxy = o.proxy and d.server = o.server
        and d.from_at <= o.to_at and d.to_at >= o.from_at
    union
    select o.incident, o.proxy, o.server, o.node
    from others o join store.absent_spans a on a.node = o.node and a.from_at <= o.to_at and a.to_at >= o.from_at
), proof as (
    -- For each server the other nodes that have seen it up all the while; of one that lacks them, there is no such proof.
    select incident, min(up) as up, max(unsure) as unsure
    from (
        select incident, proxy, server,
            count(*) filter (where tells and state in ('up', 'drain') and d.node is null) as up,
            count(*) filter (where tells and (state = 'down' or state in ('up', 'drain') and d.node is not null)) as unsure
        from (select distinct incident, lead_proxy as proxy, lead_server as server from members where leads)
        left join others using (incident, proxy, server)
        left join doubted d using (incident, proxy, server, node)
        group by incident, proxy, server
    )
    group by incident
), away as (
    -- What began while Risefall was away, or as it came back, shares that.
    select distinct t.incident
    from members t join store.absent_spans a
        on a.node = t.node and a.from_at <= t.started_at and a.to_at >= t.started_at - t.near_ms * interval 1 millisecond
    where t.leads
), seen as (
    select l.*, c.all_emptied, t.gap_ms, l.nodes + coalesce(p.up, 0) as sure, coalesce(p.unsure, 0) as unsure,
        l.incident in (select incident from away) as away, l.certain and l.incident not in (select incident from away) as proven,
        greatest(l.nodes, w.nodes) as watchers, l.servers + coalesce(s.servers, 0) as in_service,
        t.names >= 3 and l.outages = l.seen and not coalesce(t.overlapping, false) and t.span_ms > t.near_ms
            and t.longest_ms <= t.shortest_ms + greatest(t.near_ms // 3, t.shortest_ms // 2) as rolling
    from led l
    join capacity c using (incident)
    join spacing t using (incident)
    join watched w using (incident)
    left join proof p using (incident)
    left join serving s on s.node = l.node and s.last_at = l.last_at
), judged as (
    select *,
        case
            when servers = 1 and nodes = sure then 'server'
            when nodes = 1 and servers > 1 and (backends > 1 or watchers > 1) and all_emptied and servers >= 0.9 * in_service then 'node'
            when nodes < sure then 'path'
            when rolling then 'rolling restart'
            when names = 1 then 'host'
            when backends = 1 and reasons = 1 then 'backend'
            else 'several'
        end as kind
    from seen
), labelled as (
    select incident, kind,
        case kind
            when 'path' then
                case
                    when servers = 1 then 'server ' || proxy || '/' || server
                    else servers || ' servers of ' || case when backends = 1 then proxy else backends || ' backends' end
                end || ': seen DOWN by ' || nodes || ' of ' || sure || ' nodes'
                || case when not proven then '' when nodes = 1 then ': the path from ' || node else ': the path from these' end
            when 'server' then 'server ' || proxy || '/' || server
                || case when nodes > 1 then ': seen DOWN by ' || case when unsure = 0 then 'all ' else '' end || nodes || ' nodes'
                    else '' end
                || case when outages > seen then ', repeatedly' else '' end
            when 'node' then 'node ' || node || ': ' || servers || ' of ' || in_service || ' servers'
                || case when proven then ': the node or its network' else '' end
            when 'rolling restart' then 'rolling restart of ' || names || ' servers of '
                || case when backends = 1 then proxy else backends || ' backends' end
                || ', one every ' || round(gap_ms / 1000)::bigint || ' s'
            when 'host' then 'server name ' || server || ' in ' || backends || ' backends'
                || case when proven then ': the machine' else '' end
            when 'backend' then 'backend ' || proxy || ': ' || servers || ' servers, '
                || coalesce(reason || coalesce(' ' || code, ''), 'reason not logged')
                || case when proven and not on_the_way and (reason = 'L4CON' or starts_with(reason, 'L7') or starts_with(reason, 'PROC'))
                    then ': application or deploy' else '' end
            else servers || ' servers of ' || case when backends = 1 then 'backend ' || proxy else backends || ' backends' end
                || case when nodes = 1 then ' on node ' || node else ' on ' || nodes || ' nodes' end
        end || case when away then ' (Risefall was away when they began)' else '' end as label
    from judged
)
select substr(md5('incident ' || w.outage_ids[1]), 1, 12) as incident_id, w.started_at, w.ended_at, w.servers, w.backends,
    w.nodes, w.reason,
    l.label || case
        when w.followers = 0 then ''
        when w.followers = 1 then ', and 1 tracking server' else ', and ' || w.followers || ' tracking servers' end as label,
    w.outage_ids, l.kind, w.duration_ms, w.outages, c.emptied, c.worst.node as worst_node, c.worst.proxy as worst_backend,
    c.worst.active_before as active_before, c.worst.active_left as active_left, c.worst.backup_left as backup_left,
    w.sessions_active, w.requeued
from whole w join labelled l using (incident) join capacity c using (incident);

create or replace macro incidents_between(begin_at, end_at) as table
select * from store.incidents_of('main.role_backends', begin_at, end_at);

create or replace view incidents as select * from incidents_between(timestamptz '-infinity', timestamptz 'infinity');

comment on view incidents is 'Outages that belong together: close in time, and of one backend, one server name or one node. Standbys of role backends are left out.';
comment on column incidents.incident_id is 'Its id. It changes only when an earlier outage joins.';
comment on column incidents.started_at is 'When its first outage began.';
comment on column incidents.ended_at is 'When its last outage ended; null while one is open.';
comment on column incidents.servers is 'Servers that went down; each counts once in the fleet.';
comment on column incidents.backends is 'Backends of these servers; each counts once in the fleet.';
comment on column incidents.nodes is 'Nodes that saw it.';
comment on column incidents.reason is 'HAProxy''s short code if all outages have the same one; else null.';
comment on column incidents.label is 'What the outages have in common, in words. It is an interpretation, not proof.';
comment on column incidents.outage_ids is 'The outages in order of their start.';
comment on column incidents.kind is 'What the outages have in common. server: all nodes that know it saw it. path: other nodes saw the servers up. host: one name in several backends. node: all servers of a node. backend: one reason. rolling restart: one after another, at equal intervals. several: none of these.';
comment on column incidents.duration_ms is 'From the first start to the last end; so far, if one is open.';
comment on column incidents.outages is 'Number of outages.';
comment on column incidents.emptied is 'Backends without any server left, counted per node.';
comment on column incidents.worst_node is 'The node whose backend kept the smallest share of its servers, by HAProxy''s own counts; null if no line has counts.';
comment on column incidents.worst_backend is 'That backend.';
comment on column incidents.active_before is 'Usable active servers in that backend before.';
comment on column incidents.active_left is 'Usable active servers left in that backend at the worst moment.';
comment on column incidents.backup_left is 'Usable backup servers left.';
comment on column incidents.sessions_active is 'Sessions on all these servers when they went down; null if no line has counts.';
comment on column incidents.requeued is 'Sessions that waited for these servers and moved to others.';
