-- How much of its error budget has each server and backend spent? Parameters: target in per cent, start, end, node or null,
-- backend or null, server or null.
select kind, node, proxy, server, servers, epoch_us(from_at) as from_us, epoch_us(to_at) as to_us, epoch_us(as_of) as as_of_us,
    allowed_ms, spent_ms, spent_low_ms, spent_high_ms, left_ms, "left", left_low, left_high, for_some_ms, maint_ms,
    burn_1h, burn_6h, epoch_us(gone_at) as gone_us
from budget_in(cast($1 as varchar), make_timestamptz($2), make_timestamptz($3), of_node := $4)
where ($5::varchar is null or proxy = $5) and ($6::varchar is null or server = $6)
order by "left", spent_ms desc, spent_high_ms desc, kind, proxy, server;
