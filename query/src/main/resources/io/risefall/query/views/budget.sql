-- How much of its error budget has each server and backend spent?
create or replace macro budget_in(slo, begin_at, end_at, of_node := null) as table
with asked as (
    select slo::decimal(9, 6) as slo, begin_at::timestamptz as begin_at, end_at::timestamptz as end_at,
        of_node::varchar as of_node
), told as (
    -- One moment for everything: where the last log ends, or the period.
    select asked.slo, (100 - asked.slo) / 100 as share, asked.of_node, epoch_ms(asked.begin_at) as begin_ms,
        epoch_ms(asked.end_at) as end_ms, epoch_ms(least(asked.end_at, max(known.until_at))) as now_ms
    from asked join store.node_known known on asked.of_node is null or known.node = asked.of_node
    group by asked.slo, asked.of_node, asked.begin_at, asked.end_at
), spans as materialized (
    select s.proxy, s.server, s.state, 0 as partly, s.from_at, s.to_at
    from store.state_times s join told on s.node = told.of_node
    union all
    select s.proxy, s.server,
        case when nodes_down > 0 then 'down' when nodes_up > 0 then 'up' when nodes_drain > 0 then 'drain'
            when nodes_maint > 0 then 'maint' else 'unknown' end,
        (nodes_down > 0 and nodes_up + nodes_drain > 0)::integer, s.from_at, s.to_at
    from sightings s join told on told.of_node is null
), seen as (
    -- What is before its first known state was not measured, which is not the same as unknown.
    select proxy, server, min(epoch_ms(from_at)) filter (where state <> 'unknown') as from_ms,
        case when bool_or(to_at is null) then null else max(epoch_ms(to_at)) end as to_ms
    from spans group by all
), members as (
    select o.proxy, o.server, bool_or(o.backup) as backup
    from store.own_states o join told on told.of_node is null or o.node = told.of_node
    group by all
), leadership as materialized (
    select * from store.leadership_in(store.role_patterns())
), roles as materialized (
    select distinct r.proxy from store.role_backends_of('leadership') r join told on told.of_node is null or r.node = told.of_node
), cut as materialized (
    select s.proxy, s.server, s.state, s.partly,
        greatest(epoch_ms(s.from_at), told.begin_ms, coalesce(seen.from_ms, told.begin_ms)) as from_ms,
        least(coalesce(epoch_ms(s.to_at), told.now_ms), told.now_ms) as to_ms
    from spans s join seen on seen.proxy = s.proxy and seen.server = s.server cross join told
    where epoch_ms(s.from_at) < told.now_ms and (s.to_at is null or epoch_ms(s.to_at) > told.begin_ms)
), doubts as (
    -- Of all nodes together; spans that do not overlap.
    select proxy, server, min(from_ms) as from_ms, max(to_ms) as to_ms
    from (
        select *, sum(begins) over (partition by proxy, server order by from_ms, to_ms) as span
        from (
            select d.proxy, d.server, epoch_ms(d.from_at) as from_ms, epoch_ms(d.to_at) as to_ms,
                coalesce(epoch_ms(d.from_at) > max(epoch_ms(d.to_at)) over (partition by d.proxy, d.server
                    order by d.from_at, d.to_at rows between unbounded preceding and 1 preceding), true)::integer as begins
            from store.doubt_spans d join told on told.of_node is null or d.node = told.of_node
        )
    )
    group by proxy, server, span
), times as (
    select proxy, server, from_ms, to_ms, (state in ('up', 'drain'))::integer as up, (state = 'down')::integer as down,
        (state = 'maint')::integer as maint, (state = 'unknown')::integer as unknown, partly, 0 as up_doubted, 0 as down_doubted
    from cut where from_ms < to_ms
    union all
    select c.proxy, c.server, greatest(c.from_ms, d.from_ms), least(c.to_ms, d.to_ms), 0, 0, 0, 0, 0,
        (state in ('up', 'drain'))::integer, (state = 'down')::integer
    from cut c join doubts d on d.proxy = c.proxy and d.server = c.server and d.from_ms < c.to_ms and d.to_ms > c.from_ms
), backends as (
    select m.proxy, roles.proxy is not null as role, bool_and(m.backup) as only_backups,
        count(*) filter (where not m.backup) as active, count(*) as all_of_them
    from members m left join roles on roles.proxy = m.proxy
    group by m.proxy, roles.proxy
), counted as (
    -- HAProxy's own counts, with the server that had just gone: partly servers have no line of their own.
    select o.proxy, max(o.active_left) + 1 as active
    from store.own_outages o join told on (told.of_node is null or o.node = told.of_node)
        and epoch_ms(o.started_at) < told.now_ms and coalesce(epoch_ms(o.ended_at) > told.begin_ms, true)
    where not o.backup and o.active_left is not null
    group by o.proxy
), sizes as (
    select b.proxy, b.role, b.only_backups, case when b.only_backups then b.all_of_them else b.active end as lines,
        case when b.only_backups then b.all_of_them else greatest(b.active, coalesce(c.active, 0)) end as servers
    from backends b left join counted c on c.proxy = b.proxy
), nodes as (
    select o.proxy, count(distinct o.node) as nodes
    from store.own_states o join told on told.of_node is null or o.node = told.of_node
    where o.node not in (select node from store.same_hosts)
    group by o.proxy
), empties as (
    select b.proxy, epoch_ms(b.started_at) as from_ms, epoch_ms(b.ended_at) as to_ms, 1 as empty, 0 as up, 0 as unknown
    from store.own_backend_outages b join told on told.of_node is null or b.node = told.of_node
        left join roles on roles.proxy = b.proxy
    where roles.proxy is null
    union all
    -- In a role backend only the leader counts.
    select l.proxy, epoch_ms(l.from_at), epoch_ms(l.to_at), (l.kind = 'leaderless')::integer,
        (l.kind in ('led', 'several', 'unseen'))::integer, (l.kind = 'unknown')::integer
    from leadership l join told on told.of_node is null or l.node = told.of_node
        join roles on roles.proxy = l.proxy
), empty_times as (
    select e.proxy, greatest(e.from_ms, told.begin_ms) as from_ms, least(coalesce(e.to_ms, told.now_ms), told.now_ms) as to_ms,
        e.empty, e.up, e.unknown
    from empties e cross join told
    where e.from_ms < told.now_ms and (e.to_ms is null or e.to_ms > told.begin_ms)
), parts as (
    select 'server' as kind, t.proxy, t.server, from_ms, to_ms, up, down, maint, unknown, partly, up_doubted, down_doubted,
        0 as empty
    from times t join sizes z on z.proxy = t.proxy and not z.role
    union all
    select 'backend', t.proxy, null, from_ms, to_ms, case when z.role then 0 else up end, 0, 0,
        case when z.role then 0 else unknown end, 0, up_doubted, down_doubted, 0
    from times t join sizes z on z.proxy = t.proxy
    union all
    select 'capacity', t.proxy, null, from_ms, to_ms, up, down, maint, unknown, partly, up_doubted, down_doubted, 0
    from times t join sizes z on z.proxy = t.proxy and not z.role
        join members m on m.proxy = t.proxy and m.server = t.server and (z.only_backups or not m.backup)
    union all
    select 'backend', proxy, null, from_ms, to_ms, up, 0, 0, unknown, 0, 0, 0, empty from empty_times
    union all
    select 'capacity', e.proxy, null, from_ms, to_ms, 0, 0, 0, 0, 0, 0, 0, empty
    from empty_times e join sizes z on z.proxy = e.proxy and not z.role
), steps as (
    select kind, proxy, server, "at", sum(sign * up) as up, sum(sign * down) as down, sum(sign * maint) as maint,
        sum(sign * unknown) as unknown, sum(sign * partly) as partly, sum(sign * up_doubted) as up_doubted,
        sum(sign * down_doubted) as down_doubted, sum(sign * empty) as empty
    from (
        select *, from_ms as "at", 1 as sign from parts
        union all
        select *, to_ms, -1 from parts
    )
    group by kind, proxy, server, "at"
), pieces as (
    select kind, proxy, server, "at" as from_ms, lead("at") over subject as to_ms, sum(up) over subject as up,
        sum(down) over subject as down, sum(maint) over subject as maint, sum(unknown) over subject as unknown,
        sum(partly) over subject as partly, sum(up_doubted) over subject as up_doubted,
        sum(down_doubted) over subject as down_doubted, sum(empty) over subject as empty
    from steps window subject as (partition by kind, proxy, server order by "at")
), shares as materialized (
    -- Of each piece the share that is spent, at least and at most.
    select p.kind, p.proxy, p.server, p.from_ms, p.to_ms, p.to_ms - p.from_ms as ms,
        case p.kind when 'server' then p.down when 'backend' then (p.empty > 0)::integer
            else case when p.empty > 0 then 1 when n = 0 then 0 else p.down / n end end as spent,
        case p.kind when 'server' then p.down - p.down_doubted
            when 'backend' then (p.empty > 0 and p.down_doubted = 0)::integer
            else case when p.empty > 0 and p.down_doubted = 0 then 1 when n = 0 then 0
                else (p.down - p.down_doubted) / n end end as spent_low,
        case p.kind when 'server' then p.down + p.unknown + p.up_doubted
            when 'backend' then (p.empty > 0 or (p.up - p.up_doubted <= 0 and p.unknown + p.up_doubted > 0))::integer
            else case when p.empty > 0 then 1 when n = 0 then 0
                else (p.down + p.unknown + p.up_doubted) / n end end as spent_high,
        case when p.kind = 'server' then p.partly when p.empty > 0 then (p.empty < coalesce(nodes.nodes, 1))::integer
            when p.kind = 'backend' or n = 0 then 0 else p.partly / n end as for_some,
        case p.kind when 'server' then p.maint else 0 end as maint
    from (
        select q.*, z.servers, (q.up + q.down + q.unknown + z.servers - z.lines)::double as n
        from pieces q join sizes z on z.proxy = q.proxy
        where q.to_ms is not null
    ) p
    left join nodes on nodes.proxy = p.proxy
), measured as (
    -- Of a backend: while any server of it was seen.
    select kind, proxy, server, min(from_ms) as from_ms, case when bool_or(to_ms is null) then null else max(to_ms) end as to_ms
    from (
        select kinds.kind, seen.proxy, case when kinds.kind = 'server' then seen.server end as server, seen.from_ms, seen.to_ms
        from seen cross join (select unnest(['server', 'backend', 'capacity']) as kind) kinds
    )
    group by all
), spent as (
    select s.kind, s.proxy, s.server, told.now_ms,
        greatest(told.begin_ms, coalesce(m.from_ms, told.begin_ms)) as from_ms,
        case when m.to_ms < told.now_ms then m.to_ms else told.end_ms end as to_ms,
        told.slo, told.share, told.of_node, m.to_ms is null or m.to_ms >= told.now_ms as lasts,
        round(sum(s.ms * s.spent))::bigint as spent_ms, round(sum(s.ms * s.spent_low))::bigint as spent_low_ms,
        round(sum(s.ms * s.spent_high))::bigint as spent_high_ms, round(sum(s.ms * s.for_some))::bigint as for_some_ms,
        sum(s.ms * s.maint)::bigint as maint_ms,
        sum(s.spent * greatest(0, s.to_ms - greatest(s.from_ms, told.now_ms - 3600000))) as spent_1h_ms,
        sum(s.spent * greatest(0, s.to_ms - greatest(s.from_ms, told.now_ms - 21600000))) as spent_6h_ms
    from shares s
    join measured m on m.kind = s.kind and m.proxy = s.proxy and m.server is not distinct from s.server
    cross join told
    group by all
), allowed as materialized (
    select *, round((to_ms - from_ms - maint_ms) * share)::bigint as allowed_ms,
        case when lasts then spent_1h_ms / least(3600000, now_ms - from_ms) end as rate_1h,
        case when lasts then spent_6h_ms / least(21600000, now_ms - from_ms) end as rate_6h
    from spent
), gone as (
    select kind, proxy, server, min(from_ms + (allowed_ms - before) / spent) as gone_ms
    from (
        select s.*, a.allowed_ms,
            sum(s.ms * s.spent) over (partition by s.kind, s.proxy, s.server order by s.from_ms) - s.ms * s.spent as before
        from shares s
        join allowed a on a.kind = s.kind and a.proxy = s.proxy and a.server is not distinct from s.server
            and a.spent_ms >= a.allowed_ms
    )
    where spent > 0 and before + ms * spent >= allowed_ms
    group by all
), rows as (
    select a.*, a.allowed_ms - a.spent_ms as left_ms,
        case when a.spent_ms >= a.allowed_ms then g.gone_ms
            when a.rate_6h > 0 and a.now_ms + (a.allowed_ms - a.spent_ms) / a.rate_6h <= a.to_ms
                then a.now_ms + (a.allowed_ms - a.spent_ms) / a.rate_6h end as gone_ms
    from allowed a left join gone g on g.kind = a.kind and g.proxy = a.proxy and g.server is not distinct from a.server
)
select r.kind, r.of_node as node, r.proxy, r.server,
    (case when r.kind = 'capacity' then z.servers end)::bigint as servers,
    make_timestamptz(r.from_ms * 1000) as from_at, make_timestamptz(r.to_ms * 1000) as to_at,
    make_timestamptz(r.now_ms * 1000) as as_of, r.slo::double as slo, r.allowed_ms, r.spent_ms, r.spent_low_ms,
    r.spent_high_ms, r.left_ms, r.left_ms / nullif(r.allowed_ms, 0) as "left",
    (r.allowed_ms - r.spent_high_ms) / nullif(r.allowed_ms, 0) as left_low,
    (r.allowed_ms - r.spent_low_ms) / nullif(r.allowed_ms, 0) as left_high, r.for_some_ms, r.maint_ms,
    r.rate_1h / r.share::double as burn_1h, r.rate_6h / r.share::double as burn_6h,
    make_timestamptz(round(r.gone_ms)::bigint * 1000) as gone_at
from rows r join sizes z on z.proxy = r.proxy;

create or replace view budget as
select * from budget_in(99.9,
    (select date_trunc('month', now() at time zone any_value(s.zone)) at time zone any_value(s.zone) from store.settings s),
    (select (date_trunc('month', now() at time zone any_value(s.zone)) + interval 1 month) at time zone any_value(s.zone)
        from store.settings s));

comment on macro table budget_in is 'The view budget for another target in per cent and another period: budget_in(99.95, timestamptz ''2026-11-01 00:00:00+01'', timestamptz ''2026-12-01 00:00:00+01''), and with of_node := ''lb1'' of one node.';
comment on view budget is 'Error budgets of this month in the report zone at 99.9 %: one row per server, and two per backend. For all nodes together; worst first is order by "left".';
comment on column budget.kind is 'server: time down. backend: time in which the backend had no server, or a role backend no leader. capacity: share of the active servers that were down, each server with the same weight.';
comment on column budget.node is 'The HAProxy host; null for all together, where a server is down while any of them sees it down.';
comment on column budget.proxy is 'The backend.';
comment on column budget.server is 'The server; null for a backend.';
comment on column budget.servers is 'For capacity: number of servers that count, also those without a line, by HAProxy''s counts. Backup servers count only in a backend that has no others.';
comment on column budget.from_at is 'The budget counts from here: the start of the period, or the first line that tells its state.';
comment on column budget.to_at is 'The budget is for the time until here: the end of the period, or when the server was removed.';
comment on column budget.as_of is 'What is spent counts until here: the end of the log, or of the period.';
comment on column budget.slo is 'The target, in per cent.';
comment on column budget.allowed_ms is 'The whole budget: (100 % - target) of the time from from_at to to_at, for a server without its maintenance.';
comment on column budget.spent_ms is 'How much of it is spent; unknown time is not.';
comment on column budget.spent_low_ms is 'Spent at least: the same without the time down that is doubtful (see doubts and losses).';
comment on column budget.spent_high_ms is 'Spent at most: the same with all unknown time and the time up that is doubtful.';
comment on column budget.left_ms is 'allowed_ms - spent_ms; negative if overspent.';
comment on column budget."left" is 'left_ms / allowed_ms.';
comment on column budget.left_low is 'The same if spent_high_ms is spent.';
comment on column budget.left_high is 'The same if spent_low_ms is spent.';
comment on column budget.for_some_ms is 'Part of spent_ms in which some nodes saw it down and others in service.';
comment on column budget.maint_ms is 'Time of a server in maintenance, which belongs neither to what is spent nor to what has to be available.';
comment on column budget.burn_1h is 'Spending in the hour before as_of, divided by even spending: at 1 the budget lasts exactly as long as the period. Null if the server was removed.';
comment on column budget.burn_6h is 'The same for the six hours before as_of.';
comment on column budget.gone_at is 'When the budget was spent, or will be at the rate of the last six hours; null if that is after to_at.';
