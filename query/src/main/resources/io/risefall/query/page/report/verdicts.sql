-- How did the fleet do in each of some periods? A server is down while a load balancer sees it so, and known while one tells of it in service
-- or down; a role backend is one server, down while it has no leader, which is no outage of a server. Parameters: begins and ends of the periods.
with periods as (
    select make_timestamptz(unnest($1::bigint[])) as begin_at, make_timestamptz(unnest($2::bigint[])) as end_at
), range as (
    select min(begin_at) as begin_at, max(end_at) as end_at from periods
), roles as materialized (
    select distinct node, proxy from role_backends
), states as materialized (
    select s.node, s.proxy, if(r.proxy is null, s.server, '') as server, if(r.proxy is null, s.state, 'up') as state,
        s.from_at, coalesce(s.to_at, greatest(s.from_at, k.until_at)) as to_at
    from store.state_times_between((select begin_at from range), (select end_at from range)) s
    join store.node_known k on k.node = s.node
    left join roles r on r.node = s.node and r.proxy = s.proxy
    where s.state in ('up', 'drain', 'down')
), leaderless as (
    select b.node, b.proxy, '' as server, b.started_at, coalesce(b.ended_at, greatest(b.started_at, k.until_at)) as ended_at
    from store.own_backend_outages b join roles using (node, proxy) join store.node_known k on k.node = b.node, range
    where b.started_at < range.end_at and (b.ended_at is null or b.ended_at > range.begin_at)
), outages as (
    select o.node, o.proxy, o.server, o.started_at, coalesce(o.ended_at, greatest(o.started_at, k.until_at)) as ended_at
    from store.own_outages o join store.node_known k on k.node = o.node, range
    where o.started_at < range.end_at and (o.ended_at is null or o.ended_at > range.begin_at)
        and not exists (select 1 from roles r where r.node = o.node and r.proxy = o.proxy)
), spans as (
    select 'known' as kind, node, proxy, server, from_at, to_at from states
    union all
    select 'down', node, proxy, server, from_at, to_at from states where state = 'down'
    union all
    select 'down', node, proxy, server, started_at, ended_at from leaderless
    union all
    select 'outage', node, proxy, server, started_at, ended_at from outages
), ordered as (
    select *, lag(node) over earlier as node_before, lag(from_at) over earlier as from_before,
        max(to_at) over (partition by kind, proxy, server order by from_at, node rows between unbounded preceding and 1 preceding) as until_at
    from spans
    window earlier as (partition by kind, proxy, server order by from_at, node)
), pieces as (
    -- What overlaps is one, and so is an outage that two load balancers see begin at nearly the same time.
    select *, sum((until_at is null or (from_at >= until_at
            and not (kind = 'outage' and node <> node_before and from_at <= from_before + interval 10 second)))::int)
        over (partition by kind, proxy, server order by from_at, node) as piece
    from ordered
), merged as (
    select kind, proxy, server, min(from_at) as from_at, max(to_at) as to_at from pieces group by kind, proxy, server, piece
), sums as (
    select begin_at, end_at,
        coalesce(sum(epoch_ms(least(to_at, end_at)) - epoch_ms(greatest(from_at, begin_at))) filter (where kind = 'known'), 0)::bigint as known_ms,
        coalesce(sum(epoch_ms(least(to_at, end_at)) - epoch_ms(greatest(from_at, begin_at))) filter (where kind = 'down'), 0)::bigint as down_ms,
        count(*) filter (where kind = 'outage') as outages
    from merged join periods on from_at < end_at and (to_at > begin_at or from_at >= begin_at)
    group by begin_at, end_at
), flapped as (
    select begin_at, end_at, count(distinct (f.proxy, f.server)) as flapping
    from store.own_flapping f join periods on f.started_at < end_at and least(f.calm_at, now()) > begin_at
    where not exists (select 1 from roles r where r.node = f.node and r.proxy = f.proxy)
    group by begin_at, end_at
)
select epoch_us(begin_at) as begin_us, epoch_us(end_at) as end_us, coalesce(known_ms, 0) as known_ms, coalesce(down_ms, 0) as down_ms,
    coalesce(outages, 0) as outages, coalesce(flapping, 0) as flapping
from periods left join sums using (begin_at, end_at) left join flapped using (begin_at, end_at)
order by begin_at, end_at;
