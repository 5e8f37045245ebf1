-- How much of its error budget has each server and backend spent?
-- Of some kinds only, which is a list of them. leadership is the name of what has the rows of store.leadership_in.
create or replace macro store.budget_of(kinds, leadership, slo, begin_at, end_at, of_node) as table
with asked as (
    select slo::decimal(9, 6) as slo, begin_at::timestamptz as begin_at, end_at::timestamptz as end_at,
        of_node::varchar as of_node
), told as (
    -- One moment for everything: where the last log ends, or the period.
    select asked.slo, (100 - asked.slo) / 100 as share, asked.of_node, epoch_ms(asked.begin_at) as begin_ms,
        epoch_ms(asked.end_at) as end_ms, epoch_ms(least(asked.end_at, max(known.until_at))) as now_ms
    from asked join store.node_known known on asked.of_node is null or known.node = asked.of_node
    group by asked.slo, asked.of_node, asked.begin_at, asked.end_at
), touching as materialized (
    select * from store.own_states
    where from_at <= end_at::timestamptz and (to_at is null or to_at >= begin_at::timestamptz)
        and case when of_node::varchar is null then node not in (select node from store.same_hosts) else node = of_node::varchar end
), known_before as materialized (
    -- Servers of which a state is known as the period begins: since when does not matter.
    select distinct s.proxy, s.server
    from touching s left join store.node_known known on known.node = s.node
    where s.state <> 'unknown' and s.from_at <= begin_at::timestamptz
        and s.from_at < coalesce(s.to_at, known.until_at, timestamptz 'infinity')
        and (s.state in ('down', 'maint') or (
            not exists (
                select 1 from main.silences g
                where g.node = s.node and g.from_at <= s.from_at and coalesce(g.to_at > s.from_at, true))
            and not exists (
                select 1 from store.doubts d
                where d.node = s.node and d.proxy = s.proxy and d.server = s.server and d.from_at <= s.from_at
                    and d.away_until > s.from_at)))
), chosen as materialized (
    -- Of the others all, as what is before the first known state was not measured.
    select * from touching
    union all
    select s.*
    from store.own_states s anti join known_before k on k.proxy = s.proxy and k.server = s.server
    where not (s.from_at <= end_at::timestamptz and (s.to_at is null or s.to_at >= begin_at::timestamptz))
        and case when of_node::varchar is null then node not in (select node from store.same_hosts) else node = of_node::varchar end
), spans as materialized (
    select s.proxy, s.server, s.state, 0 as partly, s.from_at, s.to_at
    from store.state_times_of('chosen') s
    where of_node::varchar is not null
    union all
    select s.proxy, s.server,
        case when nodes_down > 0 then 'down' when nodes_up > 0 then 'up' when nodes_drain > 0 then 'drain'
            when nodes_maint > 0 then 'maint' else 'unknown' end,
        (nodes_down > 0 and nodes_up + nodes_drain > 0)::integer, s.from_at, s.to_at
    from store.sightings_of('chosen') s
    where of_node::varchar is null
), members as materialized (
    select proxy, server, bool_or(backup) as backup, bool_or(tells) as tells,
        case when not bool_or(tells and to_at is null) then max(epoch_ms(to_at)) filter (where tells) end as to_ms
    from (
        -- In the view sightings a state of no length is none.
        select *, of_node::varchar is not null or (node not in (select node from store.same_hosts) and coalesce(to_at > from_at, true)) as tells
        from store.own_states where of_node::varchar is null or node = of_node::varchar
    )
    group by proxy, server
), seen as (
    -- What is before its first known state was not measured, which is not the same as unknown.
    select m.proxy, m.server, case when k.proxy is null then first.from_ms else told.begin_ms end as from_ms, m.to_ms
    from members m
    left join known_before k on k.proxy = m.proxy and k.server = m.server
    left join (
        select proxy, server, min(epoch_ms(from_at)) as from_ms from spans where state <> 'unknown' group by proxy, server
    ) first on first.proxy = m.proxy and first.server = m.server
    cross join told
    where m.tells
), roles as materialized (
    select distinct r.proxy from store.role_backends_of(leadership) r join told on told.of_node is null or r.node = told.of_node
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
    from query_table(leadership) l join told on told.of_node is null or l.node = told.of_node
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
    where list_contains(kinds, 'server')
    union all
    select 'backend', t.proxy, null, from_ms, to_ms, case when z.role then 0 else up end, 0, 0,
        case when z.role then 0 else unknown end, 0, up_doubted, down_doubted, 0
    from times t join sizes z on z.proxy = t.proxy
    where list_contains(kinds, 'backend')
    union all
    select 'capacity', t.proxy, null, t.from_ms, t.to_ms, up, down, maint, unknown, partly, up_doubted, down_doubted, 0
    from times t join sizes z on z.proxy = t.proxy and not z.role
        join members m on m.proxy = t.proxy and m.server = t.server and (z.only_backups or not m.backup)
    where list_contains(kinds, 'capacity')
    union all
    select 'backend', proxy, null, from_ms, to_ms, up, 0, 0, unknown, 0, 0, 0, empty from empty_times
    where list_contains(kinds, 'backend')
    union all
    select 'capacity', e.proxy, null, from_ms, to_ms, 0, 0, 0, 0, 0, 0, 0, empty
    from empty_times e join sizes z on z.proxy = e.proxy and not z.role
    where list_contains(kinds, 'capacity')
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
        select asked_for.kind, seen.proxy, case when asked_for.kind = 'server' then seen.server end as server, seen.from_ms, seen.to_ms
        from seen cross join (select unnest(kinds) as kind) asked_for
    )
    group by kind, proxy, server
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
    group by s.kind, s.proxy, s.server, m.from_ms, m.to_ms, told.now_ms, told.begin_ms, told.end_ms, told.slo, told.share, told.of_node
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
    group by kind, proxy, server
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
    r.spent_high_ms, r.left_ms, r.left_ms::double / nullif(r.allowed_ms, 0) as "left",
    (r.allowed_ms - r.spent_high_ms)::double / nullif(r.allowed_ms, 0) as left_low,
    (r.allowed_ms - r.spent_low_ms)::double / nullif(r.allowed_ms, 0) as left_high, r.for_some_ms, r.maint_ms,
    r.rate_1h / r.share::double as burn_1h, r.rate_6h / r.share::double as burn_6h,
    make_timestamptz(round(r.gone_ms)::bigint * 1000) as gone_at
from rows r join sizes z on z.proxy = r.proxy;

create or replace macro budget_in(slo, begin_at, end_at, of_node := null) as table
with leadership as materialized (
    select * from store.leadership_in(store.role_patterns())
)
select * from store.budget_of(['server', 'backend', 'capacity'], 'leadership', slo, begin_at, end_at, of_node);

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
