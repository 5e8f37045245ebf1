-- How were servers in a range of time, the worst first: the worst backends, and of each of them the worst servers, drawn in cells?
-- Parameters: begin and end, a backend or null, a node or null, a pattern of PROXY/SERVER or null, how many cells; how many backends
-- to pass over, how many after these, how many servers of each to pass over, how many after these; nodes and role backends on them
-- (two lists, the nth of each belong together).
with touching as (
    select * from store.own_states
    where from_at < make_timestamptz($2::bigint) and (to_at is null or to_at > make_timestamptz($1::bigint))
        and ($3::varchar is null or proxy = $3::varchar) and ($4::varchar is null or node = $4::varchar)
        and ($5::varchar is null or proxy || '/' || server glob $5::varchar)
        and node not in (select node from store.same_hosts)
), lasting as (
    -- What lasts in a log is known up to its end.
    select t.node, t.proxy, t.server, t.state, greatest(t.from_at, make_timestamptz($1::bigint)) as from_at,
        least(coalesce(t.to_at, k.until_at), make_timestamptz($2::bigint)) as to_at
    from store.state_times_of('touching') t join store.node_known k on k.node = t.node
    where t.from_at < make_timestamptz($2::bigint) and (t.to_at is null or t.to_at > make_timestamptz($1::bigint))
), spans as (
    -- Of a role backend, one that stands by is as it should be.
    select l.proxy, l.server, case when l.state = 'down' and r.node is not null then 'standby' else l.state end as state, l.from_at, l.to_at
    from lasting l left join (select unnest($11::varchar[]) as node, unnest($12::varchar[]) as proxy) r on r.node = l.node and r.proxy = l.proxy
    where l.from_at < l.to_at
), changes as (
    select proxy, server, state, from_at as "at", 1 as one from spans
    union all
    select proxy, server, state, to_at, -1 from spans
), sums as (
    select proxy, server, "at", coalesce(sum(one) filter (where state = 'down'), 0) as down,
        coalesce(sum(one) filter (where state = 'maint'), 0) as maint, coalesce(sum(one) filter (where state = 'drain'), 0) as drain,
        coalesce(sum(one) filter (where state = 'up'), 0) as up, coalesce(sum(one) filter (where state = 'unknown'), 0) as unknown,
        coalesce(sum(one) filter (where state = 'standby'), 0) as standby
    from changes group by proxy, server, "at"
), counted as (
    select proxy, server, "at" as from_at, lead("at") over moments as to_at, sum(down) over moments as down, sum(maint) over moments as maint,
        sum(drain) over moments as drain, sum(up) over moments as up, sum(unknown) over moments as unknown,
        sum(standby) over moments as standby
    from sums window moments as (partition by proxy, server order by "at")
), pieces as materialized (
    -- The worst that a node says; what some know is known. The worse the state, the higher the rank.
    select proxy, server, from_at, to_at,
        case when down > 0 then 6 when maint > 0 then 4 when drain > 0 then 3 when up > 0 then 2 when standby > 0 then 1 else 5 end as rank
    from counted where to_at is not null and down + maint + drain + up + unknown + standby > 0
), servers as materialized (
    select proxy, server, count(*) filter (where rank = 6 and begins) as downs,
        coalesce(sum(ms) filter (where rank = 6), 0)::bigint as down_ms, coalesce(sum(ms) filter (where rank = 5), 0)::bigint as unknown_ms,
        coalesce(sum(ms) filter (where rank = 4), 0)::bigint as maint_ms, coalesce(sum(ms) filter (where rank = 3), 0)::bigint as drain_ms,
        coalesce(sum(ms) filter (where rank = 1), 0)::bigint as standby_ms, max(rank) > 2 as troubled
    from (
        select *, epoch_ms(to_at) - epoch_ms(from_at) as ms,
            rank is distinct from lag(rank) over moments or from_at > lag(to_at) over moments as begins
        from pieces window moments as (partition by proxy, server order by from_at)
    )
    group by proxy, server
), empty as materialized (
    -- On the node that saw it longest.
    select proxy, max_by({'times': times, 'ms': ms}, (ms, node)) as most
    from (
        select b.node, b.proxy, count(*) as times, sum(epoch_ms(least(coalesce(b.ended_at, k.until_at), make_timestamptz($2::bigint)))
            - epoch_ms(greatest(b.started_at, make_timestamptz($1::bigint))))::bigint as ms
        from store.own_backend_outages b join store.node_known k on k.node = b.node
        where b.started_at < make_timestamptz($2::bigint) and coalesce(b.ended_at, k.until_at) > make_timestamptz($1::bigint)
            and ($4::varchar is null or b.node = $4::varchar)
        group by b.node, b.proxy
    )
    group by proxy
), backends as materialized (
    select *, row_number() over (order by empty_ms desc, down_ms desc, unknown_ms desc, maint_ms desc, drain_ms desc, proxy) as nth
    from (
        select s.proxy, count(*) as servers, count(*) filter (where troubled) as troubled, count(*) filter (where downs > 0) as down_servers,
            sum(downs)::bigint as downs, sum(down_ms)::bigint as down_ms, max(unknown_ms) as unknown_ms, max(maint_ms) as maint_ms,
            max(drain_ms) as drain_ms, max(standby_ms) as standby_ms,
            list_sort(min(server, 5) filter (where not troubled)) as well,
            coalesce(any_value(e.most.times), 0) as empty_times, coalesce(any_value(e.most.ms), 0) as empty_ms
        from servers s left join empty e on e.proxy = s.proxy
        group by s.proxy
    )
    where troubled > 0 or empty_times > 0 or $3::varchar is not null
), shown_backends as materialized (
    select * from backends where nth > $7::bigint and nth <= $7::bigint + $8::bigint
), shown_servers as materialized (
    select * from (
        select s.*, row_number() over (
            partition by s.proxy order by s.down_ms desc, s.unknown_ms desc, s.maint_ms desc, s.drain_ms desc, s.server) as nth
        from servers s semi join shown_backends b on b.proxy = s.proxy
        where s.troubled or $3::varchar is not null
    )
    where nth > $9::bigint and nth <= $9::bigint + $10::bigint
), placed as (
    select p.proxy, p.server, rank,
        floor((epoch_us(from_at) - $1::bigint) * $6::double / ($2::bigint - $1::bigint))::bigint as first,
        least(ceil((epoch_us(to_at) - $1::bigint) * $6::double / ($2::bigint - $1::bigint))::bigint, $6::bigint) as after
    from pieces p semi join shown_backends b on b.proxy = p.proxy
), runs as (
    select p.proxy, p.server, p.rank, p.first, p.after from placed p semi join shown_servers s on s.proxy = p.proxy and s.server = p.server
    union all
    -- Servers that share what befell them count once here.
    select distinct proxy, null, rank, first, after from placed
), cells as (
    select proxy, server, cell, max(rank) as rank
    from (
        select proxy, server, rank, unnest(range(first, greatest(after, first + 1))) as cell from runs
        union all
        select proxy, server, 0, unnest(range($6::bigint)) from (select distinct proxy, server from runs)
    )
    group by proxy, server, cell
), drawn as (
    select proxy, server, string_agg(substr('.sudm?x', rank::int + 1, 1), '' order by cell) as cells from cells group by proxy, server
), totals as (
    select count(*) as all_servers, count(*) filter (where s.troubled) as all_troubled, count(*) filter (where downs > 0) as all_down,
        count(distinct proxy) as all_backends, (select count(*) from backends) as troubled_backends,
        list_sort(min(distinct proxy, 20) filter (where proxy not in (select proxy from backends))) as well_backends
    from servers s
)
select t.*, b.nth as backend_nth, 0 as server_nth, b.proxy, null as server, b.downs, b.down_ms, b.unknown_ms,
    b.maint_ms, b.drain_ms, b.standby_ms, d.cells, b.servers, b.troubled, b.down_servers, b.empty_times, b.empty_ms, b.well
from totals t left join shown_backends b on true left join drawn d on d.proxy = b.proxy and d.server is null
union all
select t.*, b.nth, s.nth, s.proxy, s.server, s.downs, s.down_ms, s.unknown_ms, s.maint_ms, s.drain_ms, s.standby_ms, d.cells, 1, 1, 0, 0, 0, null
from totals t, shown_servers s join shown_backends b on b.proxy = s.proxy
    left join drawn d on d.proxy = s.proxy and d.server = s.server
order by backend_nth, server_nth;
