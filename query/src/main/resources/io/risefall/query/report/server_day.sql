-- What do each server's days hold besides time: flaps, flapping, mean time to repair, doubt? Parameters: zone, first and last day.
select node, proxy, server, sum(flaps)::bigint as flaps, sum(flapping_ms)::bigint as flapping_ms,
    round(sum(mttr_ms * flaps) / nullif(sum(flaps), 0))::bigint as mttr_ms,
    sum(doubted_up_ms)::bigint as doubted_up_ms, sum(doubted_down_ms)::bigint as doubted_down_ms
from server_day_between(?, cast(? as date), cast(? as date))
group by node, proxy, server;
