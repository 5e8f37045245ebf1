-- What does the view say of one server's day? Parameters: zone, day, proxy, server, node or nothing.
select d.node, up_ms, down_ms, maint_ms, drain_ms, unknown_ms, availability, availability_low, availability_high, outages,
    flaps, flapping_ms, longest_ms, mttr_ms, mtbf_ms, doubted_up_ms, doubted_down_ms
from server_day_in(?) d
where day = cast(? as date) and d.proxy = ? and d.server = ? and ?::varchar in ('', d.node)
order by d.node;
