-- Until when is each node's log known, and was Risefall away since the window began?
with asked as (
    select make_timestamptz(?) as from_at
), away as (
    select a.node, sum(epoch_ms(a.to_at) - epoch_ms(greatest(a.from_at, asked.from_at)))::bigint as away_ms
    from store.absent_spans a, asked where a.to_at > asked.from_at
    group by a.node
)
select n.node,
    -- A clock that is known to be behind does not make a log old.
    max(epoch_us(n.last_at) + 1000 * coalesce(n.clock_behind_ms, 0))::bigint as last_us,
    max(n.behind) as behind, coalesce(any_value(away.away_ms), 0) as away_ms
from nodes n left join away using (node)
group by n.node order by n.node;
