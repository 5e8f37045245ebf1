-- How long was each backend without a server, at least and at most? As the error budget counts it: the target does not matter.
-- Parameters: start, end, node or null.
with asked as (
    select make_timestamptz(cast(? as bigint)) as begin_at, make_timestamptz(cast(? as bigint)) as end_at,
        cast(? as varchar) as of_node
)
select proxy, greatest(0, epoch_ms(least(to_at, as_of)) - epoch_ms(from_at)) as measured_ms,
    spent_ms, spent_low_ms, spent_high_ms, for_some_ms
from budget_in(99, (select begin_at from asked), (select end_at from asked), of_node := (select of_node from asked))
where kind = 'backend'
order by proxy;
