-- In which backends is exactly one server up by design, and which one leads?
-- Of what leads in each backend: leadership is the name of what has the rows of store.leadership_in, which is worked out once.
create or replace macro store.role_backends_of(leadership) as table
with totals as (
    select node, proxy, any_value(is_set) as is_set,
        coalesce(sum(telling_ms) filter (where kind in ('led', 'several', 'leaderless')), 0)::bigint as known_ms,
        coalesce(sum(telling_ms) filter (where kind = 'led'), 0)::bigint as one_up_ms,
        coalesce(sum(duration_ms) filter (where kind = 'leaderless'), 0)::bigint as leaderless_ms,
        coalesce(sum(duration_ms) filter (where kind = 'several'), 0)::bigint as several_ms,
        coalesce(max(duration_ms) filter (where kind = 'several'), 0)::bigint as longest_several_ms,
        arg_max(kind, span) as kind, arg_max_null(leader, span) as leader, max(from_at) as since
    from query_table(leadership) group by node, proxy
), members as (
    select s.node, s.proxy, count(distinct s.server) as servers, bool_or(s.backup) as has_backup
    from store.own_states s semi join totals t on t.node = s.node and t.proxy = s.proxy
    group by s.node, s.proxy
), changes as (
    select c.node, c.proxy, count(*) as failovers,
        count(*) filter (where epoch_ms(alone_at) - epoch_ms(left_at) <= 60000 and exists (
            select 1 from store.own_outages o
            where o.node = c.node and o.proxy = c.proxy and o.server = c.from_server
                and o.started_at >= c.left_at and o.started_at <= c.alone_at)) as logged
    from store.leader_changes_of(leadership) c group by c.node, c.proxy
), standby as (
    select o.node, o.proxy, sum(ms)::bigint as down_ms,
        coalesce(sum(ms) filter (where agent or reason in ('L7STS', 'L7RSP', 'L7OKC')), 0)::bigint as answered_ms
    from (
        select o.*, greatest(0, epoch_ms(coalesce(o.ended_at, known.until_at)) - epoch_ms(o.started_at)) as ms
        from store.own_outages o join store.node_known known on known.node = o.node
            semi join totals t on t.node = o.node and t.proxy = o.proxy
        where o.via is null
    ) o
    group by o.node, o.proxy
), judged as (
    select t.*, m.servers, coalesce(c.failovers, 0) as failovers, coalesce(s.down_ms, 0) as down_ms,
        coalesce(s.answered_ms, 0) as answered_ms,
        not m.has_backup and m.servers > 1 and t.known_ms >= 600000 and t.one_up_ms >= 0.95 * t.known_ms
            and t.longest_several_ms <= 60000 and c.logged > 0 and s.answered_ms * 2 >= s.down_ms as is_role
    from totals t
    join members m on m.node = t.node and m.proxy = t.proxy
    left join changes c on c.node = t.node and c.proxy = t.proxy
    left join standby s on s.node = t.node and s.proxy = t.proxy
)
select node, proxy, case when is_set then 'set' else 'learnt' end as how, leader,
    case when kind = 'led' then since end as since, servers, failovers, known_ms, one_up_ms, leaderless_ms, several_ms,
    down_ms, answered_ms
from judged where is_set or is_role;

create or replace macro role_backends_in(patterns) as table
with leadership as materialized (
    select * from store.leadership_in(patterns)
)
select * from store.role_backends_of('leadership');

create or replace macro store.role_patterns() as (select coalesce(any_value(s.role_backends), '') from store.settings s);

create or replace view role_backends as select * from role_backends_in(store.role_patterns());

comment on macro table role_backends_in is 'The view role_backends with other patterns: role_backends_in(''pg_* !pg_ro'').';
comment on view role_backends is 'Backends in which exactly one server is up by design (Patroni, Redis Sentinel): set by --role-backend, or learnt from the whole log.';
comment on column role_backends.node is 'The HAProxy host.';
comment on column role_backends.proxy is 'The backend.';
comment on column role_backends.how is 'set: by a pattern. learnt: assumed from the log.';
comment on column role_backends.leader is 'The server that is up; null if none is, if more than one is, or if no line names it.';
comment on column role_backends.since is 'When it became the only one.';
comment on column role_backends.servers is 'Number of its servers in the log.';
comment on column role_backends.failovers is 'How often another server took over.';
comment on column role_backends.known_ms is 'Time in which at least two servers were in service and the state of all was known.';
comment on column role_backends.one_up_ms is 'Part of known_ms in which exactly one server was up.';
comment on column role_backends.leaderless_ms is 'Part of known_ms in which no server was up.';
comment on column role_backends.several_ms is 'Part of known_ms in which more than one server was up.';
comment on column role_backends.down_ms is 'Total down time of all its servers.';
comment on column role_backends.answered_ms is 'Part of down_ms that began with an answer of the server (L7STS, L7RSP, L7OKC or its agent): the server was running and refused.';
