-- How much of its error budget has each server and backend spent? Parameters: target in per cent, start, end, node or null,
-- backend or null, server or null.
with asked as (
    select cast(? as varchar) as slo, make_timestamptz(cast(? as bigint)) as begin_at, make_timestamptz(cast(? as bigint)) as end_at,
        cast(? as varchar) as of_node, cast(? as varchar) as of_proxy, cast(? as varchar) as of_server
)
select kind, node, proxy, server, servers, epoch_us(from_at) as from_us, epoch_us(to_at) as to_us, epoch_us(as_of) as as_of_us,
    allowed_ms, spent_ms, spent_low_ms, spent_high_ms, left_ms, "left", left_low, left_high, for_some_ms, maint_ms,
    burn_1h, burn_6h, epoch_us(gone_at) as gone_us
from budget_in((select slo from asked), (select begin_at from asked), (select end_at from asked),
    of_node := (select of_node from asked)) b, asked
where (asked.of_proxy is null or b.proxy = asked.of_proxy) and (asked.of_server is null or b.server = asked.of_server)
order by "left", b.spent_ms desc, b.spent_high_ms desc, b.kind, b.proxy, b.server;
