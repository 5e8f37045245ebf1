-- What would a fleet's warehouse hold after some months? Rows as the streams part would have written them of such a log.
-- Variables: begin_at, end_at, nodes, servers, outages, events, seed.

-- Twenty servers a backend, one of them a backup; each backend is served by two load balancers.
create temp table members as
select 'lb' || lpad(((s // 20 * 2 + copy) % getvariable('nodes'))::varchar, 2, '0') as node, 'app' || lpad((s // 20)::varchar, 4, '0') as proxy,
    'srv' || lpad(s::varchar, 5, '0') as server, s // 20 as backend, s, copy, s % 20 = 19 as backup
from range(getvariable('servers')) s(s), range(least(2, getvariable('nodes'))) copies(copy);

-- Every load balancer is reloaded once a week, and is silent for a quarter of an hour once a month.
create temp table reloads as
select 'lb' || lpad(n::varchar, 2, '0') as node, week, 1000 + n * 1000 + week as pid,
    case when week = 0 then getvariable('begin_at') else getvariable('begin_at') + to_hours(week * 168 + n) + interval 3 hour end as from_at,
    case when getvariable('begin_at') + to_hours((week + 1) * 168 + n) + interval 3 hour < getvariable('end_at')
        then getvariable('begin_at') + to_hours((week + 1) * 168 + n) + interval 3 hour else getvariable('end_at') end as to_at
from range(getvariable('nodes')) nodes(n), range(60) weeks(week)
where week = 0 or getvariable('begin_at') + to_hours(week * 168 + n) + interval 3 hour < getvariable('end_at');
create temp table quiet as
select 'lb' || lpad(n::varchar, 2, '0') as node, getvariable('begin_at') + to_hours(month * 720 + 100 + n) as from_at,
    getvariable('begin_at') + to_hours(month * 720 + 100 + n) + interval 15 minute as to_at
from range(getvariable('nodes')) nodes(n), range(12) months(month)
where getvariable('begin_at') + to_hours(month * 720 + 101 + n) < getvariable('end_at');

-- Troubles: of one server, of one server for one load balancer only, a deploy that takes some or all of a backend, a server that flaps.
create temp table troubles as
select k, hash(k, getvariable('seed'), 'server') % getvariable('servers') as s, kind,
    getvariable('begin_at') + to_milliseconds((hash(k, getvariable('seed'), 'time')
        % (epoch_ms(getvariable('end_at')) - epoch_ms(getvariable('begin_at'))))::bigint) as moment,
    5000 * exp(6 * (hash(k, getvariable('seed'), 'length') % 1000) / 1000.0) as ms,
    hash(k, getvariable('seed'), 'reason') % 3 as why, hash(k, getvariable('seed'), 'copy') % 2 as copy
from (
    select k, case when die < 65 then 'one' when die < 75 then 'path' when die < 90 then 'deploy' when die = 90 then 'whole'
        when die < 98 then 'flaps' else 'maint' end as kind
    from (select k, hash(k, getvariable('seed'), 'kind') % 100 as die from range(getvariable('outages') * 10 // 53) k(k))
);

create temp table intervals as
with wanted as (
    select m.node, m.proxy, m.server, m.backup, t.k, t.kind, t.why, cycle,
        t.moment + to_milliseconds(cycle * 40000 + m.copy * 300 + (hash(t.k, m.server) % 3000)::bigint) as from_at,
        (case kind when 'flaps' then 10000 when 'deploy' then least(ms, 90000) when 'whole' then 60000 when 'maint' then 1800000 + ms
            else ms end + m.copy * 200 + 5000)::bigint as ms
    from troubles t
    join members m on case kind when 'deploy' then m.backend = t.s // 20 and m.s % 20 < 5 when 'whole' then m.backend = t.s // 20
        else m.s = t.s and (kind <> 'path' or m.copy = t.copy) end
    cross join range(12) cycles(cycle)
    where cycle = 0 or kind = 'flaps'
), apart as (
    select * from (
        select *, from_at + to_milliseconds(ms) as to_at,
            max(from_at + to_milliseconds(ms)) over (partition by node, proxy, server order by from_at, k, cycle
                rows between unbounded preceding and 1 preceding) as before
        from wanted
    )
    where (before is null or from_at > before + interval 20 second) and from_at > getvariable('begin_at') + interval 1 hour
        and from_at < getvariable('end_at') - interval 1 second
)
select a.*, r.pid, hash(a.k, a.why) % 20 as actives,
    case why when 0 then 'L4CON' when 1 then 'L4TOUT' else 'L7STS' end as reason,
    case why when 0 then 'Layer4 connection problem' when 1 then 'Layer4 timeout' else 'Layer7 wrong status' end as reason_text,
    case why when 2 then 503 end as code,
    case why when 0 then 'Connection refused' when 2 then 'Service Unavailable' end as info,
    case why when 1 then 2001 else why end as check_ms
from apart a asof join reloads r on r.node = a.node and a.from_at >= r.from_at
where a.to_at < r.to_at - interval 1 minute or r.to_at = getvariable('end_at');
create or replace temp table intervals as
select i.* replace (case when to_at < getvariable('end_at') then to_at end as to_at)
from intervals i
where not exists (select 1 from quiet q where q.node = i.node and q.from_at < i.to_at + interval 1 minute and q.to_at > i.from_at - interval 1 minute);

-- Its lines; offset in ms from the begin, or before the end.
create temp table lines as
select node, pid, proxy, server, backup, k, cycle, moment, step, word, reason, reason_text, code, info, check_ms, health, threshold, state, actives
from (
    select i.*, kind as trouble, step, word, health, threshold, state,
        case when step < 4 then from_at + to_milliseconds(shift) else to_at + to_milliseconds(shift) end as moment
    from intervals i, (values (0, 'failed', -4000, 2, 3, 'up'), (1, 'failed', -2000, 1, 3, 'up'), (2, 'failed', 0, 0, 2, 'down'),
        (3, 'DOWN', 0, null, null, null), (4, 'succeeded', -2000, 1, 2, 'down'), (5, 'succeeded', 0, 3, 3, 'up'), (6, 'UP', 0, null, null, null))
        steps(step, word, shift, health, threshold, state)
    where kind <> 'maint'
    union all
    select i.*, kind, step, word, null, null, null, case when step = 3 then from_at else to_at end
    from intervals i, (values (3, 'maintenance'), (6, 'ready')) steps(step, word)
    where kind = 'maint'
)
where moment is not null and moment < getvariable('end_at');

-- And failed checks of servers that stay up, as many as there is room for.
create or replace temp table near as
select m.node, m.proxy, m.server, m.backup, k, moment, r.pid
from (
    select k, hash(k, getvariable('seed'), 'near') % (select count(*) from members) as member,
        getvariable('begin_at') + interval 1 minute + to_milliseconds((hash(k, getvariable('seed'), 'moment')
            % (epoch_ms(getvariable('end_at')) - epoch_ms(getvariable('begin_at')) - 120000))::bigint) as moment
    from range((getvariable('events') - (select count(*) from lines)) // 3) k(k)
) n
join (select *, row_number() over (order by node, s) - 1 as member from members) m using (member)
asof join reloads r on r.node = m.node and n.moment >= r.from_at
where n.moment < r.to_at - interval 10 second
    and not exists (select 1 from quiet q where q.node = m.node and q.from_at < n.moment + interval 1 minute and q.to_at > n.moment - interval 1 minute);
create or replace temp table near as
select n.* from near n asof left join (select node, proxy, server, from_at - interval 10 second as from_at, to_at from intervals) i
    on i.node = n.node and i.proxy = n.proxy and i.server = n.server and n.moment + interval 10 second >= i.from_at
where i.node is null or i.to_at < n.moment - interval 10 second;

insert into lines
select node, pid, proxy, server, backup, k, 99, moment + to_milliseconds(step * 2000), step, case when step < 2 then 'failed' else 'succeeded' end, 'L4TOUT',
    'Layer4 timeout', null, null, 2001, case step when 0 then 2 when 1 then 1 else 3 end, 3, 'up', 15
from near, range(3) steps(step);

create temp table said as
select *, 'file:/var/log/' || node || '/haproxy.log' as source, row_number() over (partition by node order by moment, server, step) * 160 as position,
    case when word in ('failed', 'succeeded') then
        'Health check for ' || case when backup then 'backup ' else '' end || 'server ' || proxy || '/' || server || ' ' || word || ', reason: '
            || case when word = 'failed' then reason_text || coalesce(', code: ' || code, '') || coalesce(', info: "' || info || '"', '')
                else 'Layer4 check passed' end
            || ', check duration: ' || case when word = 'failed' then check_ms else 1 end || 'ms, status: ' || health || '/' || threshold || ' ' || upper(state) || '.'
    when word = 'DOWN' then case when backup then 'Backup ' else '' end || 'Server ' || proxy || '/' || server || ' is DOWN, reason: ' || reason_text
        || coalesce(', code: ' || code, '') || coalesce(', info: "' || info || '"', '') || ', check duration: ' || check_ms || 'ms. ' || actives
        || ' active and 1 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.'
    when word = 'UP' then case when backup then 'Backup ' else '' end || 'Server ' || proxy || '/' || server || ' is UP. ' || actives + 1
        || ' active and 1 backup servers online. 0 sessions requeued, 0 total in queue.'
    when word = 'maintenance' then case when backup then 'Backup ' else '' end || 'Server ' || proxy || '/' || server
        || ' is going DOWN for maintenance. 18 active and 1 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.'
    else case when backup then 'Backup ' else '' end || 'Server ' || proxy || '/' || server
        || ' is UP/READY (leaving forced maintenance). 19 active and 1 backup servers online. 0 sessions requeued, 0 total in queue.' end as message
from lines;

insert into store.events ("at", received_at, node, pid, severity, kind, proxy, server, message, line, source, position, repeat, agent, outcome,
    reason, code, info, duration_ms, health, threshold, state, up, active_left, backup_left, log_target)
select moment, moment, node, pid, case when word in ('DOWN') then 'alert' else 'notice' end, case when checked then 'check' else 'switch' end, proxy, server, message,
    '<133>' || strftime(moment, '%Y-%m-%dT%H:%M:%S.%f') || '+00:00 ' || node || ' haproxy[' || pid || ']: ', source, position, 0,
    case when checked then false end, case when checked then word end,
    case when word in ('failed', 'DOWN') then reason when word = 'succeeded' then 'L4OK' end,
    case when word in ('failed', 'DOWN') then code end, case when word in ('failed', 'DOWN') then info end,
    case when word in ('failed', 'DOWN') then check_ms when word = 'succeeded' then 1 end, health, threshold, state,
    case when not checked then word in ('UP', 'ready') end,
    case when not checked then case when word = 'DOWN' then actives else actives + 1 end end, case when not checked then 1 end, 'file'
from (select *, word in ('failed', 'succeeded') as checked from said)
order by moment, node, position;

-- The streams part replaces the row of a state or an outage as it ends: rows lie in the order of their ends.
create temp table spells as
with begins as (
    select node, proxy, server, backup, from_at, case kind when 'maint' then 'maint' else 'down' end as state,
        case kind when 'maint' then 'going DOWN for maintenance' else reason end as cause, pid
    from intervals
    union all
    select node, proxy, server, backup, to_at, 'up', case kind when 'maint' then 'leaving forced maintenance' else 'UP' end, pid
    from intervals where to_at is not null
    union all
    select m.node, proxy, server, backup, r.from_at, 'up', case when week = 0 then 'process' else 'reload' end, r.pid
    from members m join reloads r on r.node = m.node
)
select *, lead(from_at) over (partition by node, proxy, server order by from_at) as to_at,
    node || '/' || proxy || '/' || server || '/state/' || epoch_us(from_at) as record_key
from begins;

insert into store.states (record_key, node, proxy, server, backup, state, from_at, to_at, cause, pid)
select record_key, node, proxy, server, backup, state, from_at, to_at, cause, pid from spells order by coalesce(to_at, from_at), node, proxy, server;

create temp table downs as
select *, node || '/' || proxy || '/' || server || '/outage/' || epoch_us(from_at) as record_key from intervals where kind <> 'maint';

insert into store.outages (record_key, node, proxy, server, backup, started_at, ended_at, ended_by, reason, reason_text, code, info, agent, joined,
    first_failure_at, backend_emptied, certain, pid, first_success_at, active_left, backup_left, sessions_active, requeued, queued)
select record_key, node, proxy, server, backup, from_at, to_at, case when to_at is not null then 'up' end, reason, reason_text, code, info, false, true,
    from_at - interval 4 second, false, true, pid, to_at - interval 2 second, actives, 1, 0, 0, 0
from downs order by coalesce(to_at, from_at), node, proxy, server;

insert into store.backend_outages
select node || '/' || proxy || '/backend-outage/' || epoch_us(max(from_at)), node, proxy, max(from_at), min(to_at)
from downs where kind = 'whole' group by node, proxy, k having count(*) = 20 and min(to_at) > max(from_at);

insert into store.flapping
select node || '/' || proxy || '/' || server || '/flapping/' || epoch_us(min(from_at)), node, proxy, server, min(from_at) + interval 80 second,
    max(to_at) + interval 30 minute, count(*), count(*) * 900.0
from downs where kind = 'flaps' group by node, proxy, server, k having count(*) > 3;

insert into store.rollups
select node || '/' || proxy || '/' || server || '/' || reason || '/' || coalesce(code::varchar, '') || '/' || epoch_us(minute), node, proxy, server, minute,
    reason, code, failures, downs, max_ms
from (
    select node, proxy, server, date_trunc('minute', moment) as minute, reason, code, count(*) as failures, count(*) filter (where health = 0) as downs,
        max(check_ms) as max_ms
    from said where word = 'failed' group by all
)
order by minute, node, proxy, server;

insert into store.evidence
select d.record_key, 'outage', row_number() over (partition by d.record_key order by s.step),
    case s.step when 0 then 'first_failure' when 2 then 'decided' when 3 then 'opened' when 4 then 'first_success' else 'closed' end, null, null, s.source,
    s.position, 0, 0
from downs d join said s on s.node = d.node and s.proxy = d.proxy and s.server = d.server and s.k = d.k and s.cycle = d.cycle and s.step in (0, 2, 3, 4, 6)
order by s.moment;
insert into store.evidence
select p.record_key, 'state', 1, 'opened', null, null, s.source, s.position, 0, 0
from spells p join said s on s.node = p.node and s.proxy = p.proxy and s.server = p.server and s.moment = p.from_at and s.step in (3, 6)
where s.cycle <> 99
order by s.moment;
insert into store.evidence
select node || '/' || proxy || '/' || server || '/' || reason || '/' || coalesce(code::varchar, '') || '/' || epoch_us(date_trunc('minute', moment)), 'rollup',
    row_number() over (partition by node, proxy, server, reason, code, date_trunc('minute', moment) order by moment), 'counted', null, null, source, position, 0, 0
from said where word = 'failed' order by moment;

-- Traffic in every minute but those in which the node was silent.
insert into store.signs
select r.node, 'file:/var/log/' || r.node || '/haproxy.log', r.pid, hour, bits, bits, greatest(hour, r.from_at), least(hour + interval 3599 second, r.to_at)
from (
    select r.*, h.hour, case when q.node is null then (1::bigint << 60) - 1 else ((1::bigint << 60) - 1) - 32767 end as bits
    from reloads r
    join (select unnest(generate_series(getvariable('begin_at'), getvariable('end_at') - interval 1 hour, interval 1 hour)) as hour) h
        on h.hour < r.to_at and h.hour + interval 1 hour > r.from_at
    left join quiet q on q.node = r.node and q.from_at = h.hour
) r
where hour > getvariable('end_at') - interval 40 day
order by hour, r.node;
insert into store.silences select node, from_at, to_at, 60000 from quiet;
insert into store.habits select distinct node, getvariable('end_at'), 60000 from reloads;
insert into store.positions (record_key, source, as_of, live, lines, events, traffic, "foreign", repeats, rejected, first_at, last_at, waiting, unstamped,
    unknown_header)
select source, source, getvariable('end_at'), false, count(*), count(*), 0, 0, 0, 0, min(moment), getvariable('end_at'), 0, 0, 0 from said group by source;
insert into store.position_nodes
select source, source, any_value(node), getvariable('end_at') from said group by source;
