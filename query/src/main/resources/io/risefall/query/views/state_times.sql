-- The time of each server, with what is not known because its node was silent: silence is not health.
-- Outages and maintenance go on: only a word ends them.
create or replace view store.state_times as
with silent as materialized (
    select s.record_key, s.node, s.proxy, s.server, s.backup, s.state, s.from_at, s.to_at, s.cause, s.pid,
        g.from_at as silent_from, g.to_at as silent_to,
        row_number() over each_state as nth,
        lead(g.from_at) over each_state as next_silent_from
    from store.states s
    -- Not the table of the same name.
    join main.silences g on g.node = s.node and (s.to_at is null or g.from_at < s.to_at) and (g.to_at is null or g.to_at > s.from_at)
    where s.state in ('up', 'drain')
    window each_state as (partition by s.record_key order by g.from_at)
)
select node, proxy, server, backup, state, from_at, to_at, cause, pid
from store.states
where record_key not in (select record_key from silent)
union all
select node, proxy, server, backup, state, from_at, silent_from, cause, pid
from silent where nth = 1 and from_at < silent_from
union all
select node, proxy, server, backup, 'unknown', greatest(from_at, silent_from), least(to_at, silent_to), 'silence', null
from silent
union all
select node, proxy, server, backup, state, silent_to, least(to_at, next_silent_from), cause, pid
from silent where silent_to is not null and silent_to < coalesce(next_silent_from, to_at, 'infinity'::timestamptz);
