-- Which outages touch the period, and what does the log hold that helps to name their cause? Parameters: start, end, the start of the
-- first of them, before which no line matters, and how many microseconds after an outage began another one may begin that has to do
-- with it (null: any).
with period as (
    select make_timestamptz($1) as from_at, make_timestamptz($2) as to_at
),
touching as materialized (
    select o.*, coalesce(o.ended_at, greatest(o.started_at, known.until_at)) as until_at
    from store.told_outages_between(make_timestamptz($1), make_timestamptz($2)) o join store.node_known known on known.node = o.node, period p
    where o.started_at < p.to_at and (o.started_at >= p.from_at or coalesce(o.ended_at, known.until_at) > p.from_at)
),
firsts as materialized (
    select s.node, s.proxy, s.server, min(s.from_at) filter (where s.state in ('up', 'drain')) as first_up_at
    from store.own_states s semi join touching t on t.proxy = s.proxy
    group by all
),
unsure as materialized (
    -- It was not known as their first time up began: that is not known to have been one, or not to have begun then.
    select f.node, f.proxy, f.server from firsts f join main.silences g
        on g.node = f.node and g.from_at <= f.first_up_at and coalesce(g.to_at > f.first_up_at, true)
    union
    select f.node, f.proxy, f.server from firsts f join store.doubts d
        on d.node = f.node and d.proxy = f.proxy and d.server = f.server and d.from_at <= f.first_up_at and d.away_until > f.first_up_at
),
moments as (
    select proxy, server, min(started_at) as first_at, max(started_at) as last_at from touching group by all
),
telling as (
    -- Of the servers that went, what they were then, on all nodes; of those that are unsure everything.
    select s.*
    from store.own_states s join moments m on m.proxy = s.proxy and m.server = s.server
    where s.from_at <= m.last_at and (s.to_at is null or s.to_at >= m.first_at)
        and not exists (select 1 from unsure u where u.node = s.node and u.proxy = s.proxy and u.server = s.server)
    union all
    select s.* from store.own_states s semi join unsure u on u.node = s.node and u.proxy = s.proxy and u.server = s.server
),
times as materialized (
    select node, proxy, server, state, from_at, to_at from store.state_times_of('telling')
),
ups as (
    select f.node, f.proxy, f.server, f.first_up_at
    from firsts f anti join unsure u on u.node = f.node and u.proxy = f.proxy and u.server = f.server
    union all
    select t.node, t.proxy, t.server, min(t.from_at) filter (where t.state in ('up', 'drain'))
    from times t semi join unsure u on u.node = t.node and u.proxy = t.proxy and u.server = t.server
    group by t.node, t.proxy, t.server
),
backends as (
    select node, proxy, count(*) as servers, count(*) filter (where first_up_at is null) as never_up from ups group by all
),
alike as (
    select t.outage_id, count(distinct o.server) as servers
    from touching t
    join touching o
        on o.node = t.node and o.proxy = t.proxy and o.reason = t.reason
        and o.started_at <= t.until_at and t.started_at <= o.until_at
        and ($4::bigint is null or o.started_at < t.started_at + to_microseconds($4::bigint))
    group by all
),
overlapping as (
    select distinct t.outage_id, o.node
    from touching t
    join touching o
        on o.proxy = t.proxy and o.server = t.server
        and o.started_at <= t.until_at and t.started_at <= o.until_at
        and ($4::bigint is null or o.started_at < t.started_at + to_microseconds($4::bigint))
),
elsewhere as (
    select outage_id, count(*) as nodes from overlapping group by all
),
others as (
    -- The other nodes that had it in service when it went, and have not seen it DOWN.
    select k.outage_id, k.node, k.proxy, k.server, k.started_at
    from (
        select t.outage_id, w.node, t.proxy, t.server, t.started_at
        from touching t
        join firsts w on w.proxy = t.proxy and w.server = t.server
        anti join overlapping o on o.outage_id = t.outage_id and o.node = w.node
    ) k
    asof join times s on s.node = k.node and s.proxy = k.proxy and s.server = k.server and k.started_at >= s.from_at
    left join store.node_known known on known.node = k.node
    where s.state in ('up', 'drain')
        and (s.to_at > k.started_at or (s.to_at is null and (known.until_at is null or known.until_at > k.started_at)))
),
witnesses as (
    -- Not those of which lines are missing then, nor those that Risefall did not listen to.
    select o.outage_id, count(*) as nodes
    from others o
    anti join store.doubt_spans d
        on d.node = o.node and d.proxy = o.proxy and d.server = o.server
        and d.from_at <= o.started_at + interval 10 second and d.to_at >= o.started_at - interval 10 second
    anti join store.absent_spans a
        on a.node = o.node
        and a.from_at <= o.started_at + interval 10 second and a.to_at >= o.started_at - interval 10 second
    group by all
),
timings as (
    select
        t.outage_id,
        arg_max(c.duration_ms, c.at) filter (where c.outcome = 'failed') as failed_ms,
        max(c.duration_ms) filter (where c.outcome <> 'failed') as slowest_pass_ms
    from touching t
    -- First those of these outages, then without repeats: not the view, which does both the other way round.
    join store.events c
        on c.node = t.node and c.proxy = t.proxy and c.server = t.server and c.agent = t.agent
        and c.at <= t.started_at and c.at > t.started_at - interval 15 minutes
    anti join store.repeats r on r.source = c.source and r.position = c.position and r.repeat = c.repeat
    where c.kind = 'check' and c.at > make_timestamptz($3) - interval 15 minutes and c.at < make_timestamptz($2)
    group by all
),
addresses as (
    -- As it was when the outage began, or as soon after as it is known.
    select t.outage_id, arg_min(n.address, n.from_at) as address
    from touching t join names n on n.node = t.node and n.proxy = t.proxy and n.server = t.server
        and (t.ended_at is null or n.from_at < t.ended_at) and (n.to_at is null or n.to_at > t.started_at)
    where n.address is not null group by all
),
rings as (
    -- Where its HAProxy is asked, if Risefall follows its ring: the line that began it was read there.
    select t.outage_id, min(regexp_extract(e.source, 'ring:([^#]+)', 1)) as socket
    from touching t join store.events e
        on e.node = t.node and e.proxy = t.proxy and e.server = t.server and e.at = t.started_at
    where e.at >= make_timestamptz($3) and e.at < make_timestamptz($2) and contains(e.source, 'ring:')
    group by all
)
select
    t.outage_id, t.node, t.proxy, t.server, t.backup,
    epoch_us(t.started_at) as started_us,
    epoch_us(t.ended_at) as ended_us,
    epoch_us(t.until_at) as until_us,
    t.duration_ms, t.ended_by, t.reason, t.reason_text, t.code, t.info, t.via, t.agent,
    epoch_us(t.first_failure_at) as first_failure_us,
    t.backend_emptied, t.certain,
    epoch_us(t.first_success_at) as first_success_us,
    t.detection_ms, t.recovery_ms,
    coalesce(ups.first_up_at < t.started_at, false) as was_up,
    coalesce(backends.servers, 1) as backend_servers,
    coalesce(alike.servers, 1) as backend_alike,
    coalesce(backends.never_up, 0) as backend_never_up,
    coalesce(elsewhere.nodes, 1) + coalesce(witnesses.nodes, 0) as nodes,
    coalesce(elsewhere.nodes, 1) as nodes_down,
    timings.failed_ms, timings.slowest_pass_ms,
    addresses.address, rings.socket
from touching t
left join ups using (node, proxy, server)
left join backends using (node, proxy)
left join alike using (outage_id)
left join elsewhere using (outage_id)
left join witnesses using (outage_id)
left join timings using (outage_id)
left join addresses using (outage_id)
left join rings using (outage_id)
order by t.started_at, t.node, t.proxy, t.server;
