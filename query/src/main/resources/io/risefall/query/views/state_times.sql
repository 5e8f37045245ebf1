-- The time of each server, with what is not known because its node was silent, or because nobody listened: silence is not
-- health. Outages and maintenance continue: only a line ends them.
-- Of some states only: chosen is the name of what has rows of store.own_states. Each state is cut for itself.
-- It is named again and again and not once in a CTE: a LIMIT right above a join of two scans of one CTE never ends (DuckDB 2.0.0).
create or replace macro store.state_times_of(chosen) as table
with holes as (
    -- Not the tables of the same names.
    select s.record_key, g.from_at, g.to_at, 'silence' as cause
    from query_table(chosen) s join main.silences g on g.node = s.node
    where s.state in ('up', 'drain') and (s.to_at is null or g.from_at < s.to_at) and (g.to_at is null or g.to_at > s.from_at)
    union all
    select s.record_key, d.from_at, d.away_until, 'absence'
    from query_table(chosen) s join store.doubts d on d.node = s.node and d.proxy = s.proxy and d.server = s.server
    where s.state in ('up', 'drain') and (s.to_at is null or d.from_at < s.to_at) and d.away_until > s.from_at
), merged as (
    select record_key, min(from_at) as from_at, case when bool_or(to_at is null) then null else max(to_at) end as to_at,
        arg_min(cause, from_at) as cause
    from (
        select *, sum(begins) over (partition by record_key order by from_at, to_at, cause) as hole
        from (
            select *, coalesce(from_at > max(coalesce(to_at, 'infinity'::timestamptz)) over (
                partition by record_key order by from_at, to_at, cause
                rows between unbounded preceding and 1 preceding), true)::integer as begins
            from holes
        )
    )
    group by record_key, hole
), silent as materialized (
    select s.record_key, s.node, s.proxy, s.server, s.backup, s.state, s.from_at, s.to_at, s.cause, s.pid,
        g.from_at as silent_from, g.to_at as silent_to, g.cause as silent_cause,
        row_number() over each_state as nth,
        lead(g.from_at) over each_state as next_silent_from
    from query_table(chosen) s join merged g on g.record_key = s.record_key
    window each_state as (partition by s.record_key order by g.from_at)
)
select node, proxy, server, backup, state, from_at, to_at, cause, pid
from query_table(chosen)
where record_key not in (select record_key from silent)
union all
select node, proxy, server, backup, state, from_at, silent_from, cause, pid
from silent where nth = 1 and from_at < silent_from
union all
select node, proxy, server, backup, 'unknown', greatest(from_at, silent_from), least(to_at, silent_to), silent_cause, null
from silent
union all
select node, proxy, server, backup, state, silent_to, least(to_at, next_silent_from), cause, pid
from silent where silent_to is not null and silent_to < coalesce(next_silent_from, to_at, 'infinity'::timestamptz);

create or replace view store.state_times as
select * from store.state_times_of('store.own_states');

-- Of the states that touch a range of time, its ends included.
create or replace macro store.state_times_between(begin_at, end_at) as table
with touching as (
    select * from store.own_states where from_at <= end_at::timestamptz and (to_at is null or to_at >= begin_at::timestamptz)
)
select * from store.state_times_of('touching');

-- Of hosts that may have two names under one of them.
create or replace view store.fleet_state_times as
select * from store.state_times where node not in (select node from store.same_hosts);
