-- In backends that may have a leader: who was up, and when was nobody? Private; the views on roles are built on it.

-- Which backends are asked for by a pattern, and in which may one server be up at a time: one that answered has taken over
-- from one that went, and all together were not up for longer than one alone could? The second only spares the work for all
-- others: role_backends_in decides. It is judged without silences first, whatever they may hide, which leaves most out.
create or replace macro store.role_possible_in(patterns) as table
with pattern as (
    select unnest(string_split(patterns, ' ')) as pattern
), requested as (
    select b.node, b.proxy, bool_or(p.pattern is not null) as is_set
    from (select distinct node, proxy from store.own_states) b left join pattern p on b.proxy glob p.pattern
    where not exists (select 1 from pattern n where starts_with(n.pattern, '!') and b.proxy glob substr(n.pattern, 2))
    group by b.node, b.proxy
), of_servers as (
    select s.node, s.proxy, s.server, min(epoch_ms(from_at)) as from_ms, max(epoch_ms(coalesce(to_at, greatest(from_at, known.until_at)))) as to_ms,
        sum(epoch_ms(coalesce(to_at, greatest(from_at, known.until_at))) - epoch_ms(from_at)) filter (where state in ('up', 'drain')) as up_ms,
        sum(epoch_ms(coalesce(to_at, greatest(from_at, known.until_at))) - epoch_ms(from_at)) filter (where state = 'unknown') as unknown_ms
    from store.own_states s join store.node_known known on known.node = s.node
    group by s.node, s.proxy, s.server
), at_most as (
    -- How much of what counts as up can be unknown, because the node was silent or nobody listened.
    select s.node, s.proxy, count(*) as servers, greatest(max(s.to_ms), any_value(away.until_ms)) - min(s.from_ms) as span_ms,
        sum(s.up_ms) as up_ms, coalesce(sum(s.unknown_ms), 0) as unknown_ms,
        count(*) * coalesce(any_value(silent.ms), 0) + coalesce(any_value(away.ms), 0) as maybe_ms
    from of_servers s
    left join (select node, sum(duration_ms) as ms from silences group by node) silent on silent.node = s.node
    left join (
        select node, proxy, sum(epoch_ms(away_until) - epoch_ms(from_at)) as ms, max(epoch_ms(away_until)) as until_ms
        from store.doubts group by node, proxy
    ) away on away.node = s.node and away.proxy = s.proxy
    group by s.node, s.proxy
), one_by_one as materialized (
    select node, proxy from at_most
    where up_ms - maybe_ms <= span_ms * (1 + 0.05 * servers) + (unknown_ms + maybe_ms) * servers
), answered as (
    select o.node, o.proxy, o.server, o.ended_at, o.ended_at + interval 60 second as not_later
    from store.own_outages o semi join one_by_one b on b.node = o.node and b.proxy = o.proxy
    where o.ended_by = 'up' and (o.agent or o.reason in ('L7STS', 'L7RSP', 'L7OKC'))
), went as (
    select o.node, o.proxy, o.server, o.started_at
    from store.own_outages o semi join one_by_one b on b.node = o.node and b.proxy = o.proxy
), possible as (
    select distinct a.node, a.proxy
    from answered a asof join went lost
        on lost.node = a.node and lost.proxy = a.proxy and a.not_later >= lost.started_at
    where lost.server <> a.server and lost.started_at >= a.ended_at - interval 60 second
)
select r.node, r.proxy, r.is_set
from requested r left join possible p on p.node = r.node and p.proxy = r.proxy
where r.is_set or p.node is not null;

-- The same with silences.
create or replace macro store.role_candidates_in(patterns) as table
with possible as materialized (
    select * from store.role_possible_in(patterns)
), their_states as (
    select s.* from store.own_states s semi join possible p on p.node = s.node and p.proxy = s.proxy and not p.is_set
), times as (
    select s.node, s.proxy, count(distinct s.server) as servers,
        max(epoch_ms(to_at)) - min(epoch_ms(from_at)) as span_ms,
        sum(epoch_ms(to_at) - epoch_ms(from_at)) filter (where state in ('up', 'drain')) as up_ms,
        sum(epoch_ms(to_at) - epoch_ms(from_at)) filter (where state = 'unknown') as unknown_ms
    from (
        select s.node, proxy, server, state, from_at, coalesce(to_at, greatest(from_at, known.until_at)) as to_at
        from store.state_times_of('their_states') s join store.node_known known on known.node = s.node
    ) s
    group by s.node, s.proxy
), alone as (
    select node, proxy from times
    where up_ms <= span_ms * (1 + 0.05 * servers) + coalesce(unknown_ms, 0) * servers
)
select r.node, r.proxy, r.is_set
from possible r left join alone a on a.node = r.node and a.proxy = r.proxy
where r.is_set or a.node is not null;

-- A row is a span in which one server was up (led), more than one (several), none (leaderless; unseen where HAProxy does
-- not say that the backend was empty: then a server that no line names was up), or it is not known which (unknown).
create or replace macro store.leadership_in(patterns) as table
with candidates as materialized (
    select node, proxy, is_set from store.role_candidates_in(patterns)
), their_states as (
    select s.* from store.own_states s semi join candidates c on c.node = s.node and c.proxy = s.proxy
), spans as (
    select node, proxy, server, state, from_at, coalesce(to_at, timestamptz 'infinity') as to_at
    from store.state_times_of('their_states')
), numbers as (
    select node, proxy, server, row_number() over (partition by node, proxy order by server) as number
    from (select distinct node, proxy, server from spans)
), empties as (
    select b.node, b.proxy, b.started_at as from_at, coalesce(b.ended_at, timestamptz 'infinity') as to_at
    from store.own_backend_outages b semi join candidates c on c.node = b.node and c.proxy = b.proxy
    union all
    select o.node, o.proxy, o.started_at, coalesce(o.ended_at, timestamptz 'infinity')
    from store.own_outages o semi join candidates c on c.node = o.node and c.proxy = o.proxy
    where o.backend_emptied
), weights as (
    select s.node, s.proxy, from_at, to_at, (state in ('up', 'drain'))::int as up, (state = 'down')::int as down,
        (state = 'maint')::int as maint, (state = 'unknown')::int as unknown, 0 as empty,
        case when state in ('up', 'drain') then n.number else 0 end as leader
    from spans s join numbers n on n.node = s.node and n.proxy = s.proxy and n.server = s.server
    union all
    select node, proxy, from_at, to_at, 0, 0, 0, 0, 1, 0 from empties
), steps as (
    select node, proxy, moment, sum(up) as up, sum(down) as down, sum(maint) as maint, sum(unknown) as unknown,
        sum(empty) as empty, sum(leader) as leader
    from (
        select node, proxy, from_at as moment, up, down, maint, unknown, empty, leader from weights
        union all
        select node, proxy, to_at, -up, -down, -maint, -unknown, -empty, -leader from weights
    )
    group by node, proxy, moment
), pieces as (
    select node, proxy, moment as from_at, lead(moment) over backend as to_at, sum(up) over backend as up,
        sum(down) over backend as down, sum(maint) over backend as maint, sum(unknown) over backend as unknown,
        sum(empty) over backend as empty, sum(leader) over backend as leader
    from steps window backend as (partition by node, proxy order by moment)
), named as (
    select *,
        case when up > 1 then 'several' when up = 1 then 'led' when unknown > 0 then 'unknown'
            when down + maint > 0 then 'none' else 'unknown' end as kind,
        case when up = 1 then leader end as one
    from pieces where to_at is not null
), grouped as (
    select *, sum(is_new) over (partition by node, proxy order by from_at) as span
    from (
        select *, case when kind = lag(kind) over backend and one is not distinct from lag(one) over backend
            then 0 else 1 end as is_new
        from named window backend as (partition by node, proxy order by from_at)
    )
), measured as (
    select g.*, epoch_ms(least(to_at, greatest(from_at, known.until_at))) - epoch_ms(from_at) as ms
    from grouped g join store.node_known known on known.node = g.node
), merged as (
    select node, proxy, span, any_value(one) as one, min(from_at) as from_at,
        nullif(max(to_at), timestamptz 'infinity') as to_at, sum(ms)::bigint as duration_ms,
        case when any_value(kind) <> 'none' then any_value(kind) when max(empty) > 0 then 'leaderless' else 'unseen' end
            as kind,
        -- Two servers in service at least: with fewer nothing shows how many are meant to be up.
        coalesce(sum(ms) filter (where unknown = 0 and up + down > 1), 0)::bigint as telling_ms
    from measured group by node, proxy, span
)
select s.node, s.proxy, c.is_set, s.kind, n.server as leader, s.from_at, s.to_at, s.duration_ms, s.telling_ms,
    s.span::bigint as span
from merged s
join candidates c on c.node = s.node and c.proxy = s.proxy
left join numbers n on n.node = s.node and n.proxy = s.proxy and n.number = s.one;

-- Which server took over from which? leadership is the name of what has the rows of store.leadership_in.
create or replace macro store.leader_changes_of(leadership) as table
with merged as (
    select *, lead(kind) over backend as next_kind,
        sum(case when kind = 'leaderless' then duration_ms else 0 end) over backend as leaderless_so_far_ms
    from query_table(leadership) window backend as (partition by node, proxy order by span)
), led as (
    select node, proxy, leader, from_at, lag(leader) over backend as from_server, lag(to_at) over backend as left_at,
        lag(next_kind) over backend as left_to,
        leaderless_so_far_ms - lag(leaderless_so_far_ms) over backend as leaderless_ms
    from merged where kind = 'led' window backend as (partition by node, proxy order by span)
)
select node, proxy,
    -- Where both were up for a while, the new one had come with the end of the old one's time alone.
    case when left_to = 'several' then left_at else from_at end as "at",
    from_server, leader as to_server, leaderless_ms::bigint as leaderless_ms, left_at, from_at as alone_at
from led where from_server <> leader;
