-- How long was each backend without a server, at least and at most? As the error budget counts it: the target does not matter.
-- Parameters: start, end, node or null.
with leadership as materialized (
    select * from store.leadership_in(store.role_patterns())
)
select proxy, greatest(0, epoch_ms(least(to_at, as_of)) - epoch_ms(from_at)) as measured_ms,
    spent_ms, spent_low_ms, spent_high_ms, for_some_ms
from store.budget_of(['backend'], 'leadership', 99, make_timestamptz($1), make_timestamptz($2), $3)
order by proxy;
