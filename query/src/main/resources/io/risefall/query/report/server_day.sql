-- What does each server's day hold besides time: flaps, flapping, mean time to repair, doubt?
select node, proxy, server, outages, flaps, flapping_ms, mttr_ms, doubted_up_ms, doubted_down_ms
from server_day_in(?)
where day = cast(? as date);
