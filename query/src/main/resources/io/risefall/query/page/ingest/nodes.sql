-- When did each HAProxy host log last, is its clock right, and what is not processed?
select n.node, list(n.source order by n.last_at desc, n.source) as sources, epoch_us(max(n.last_at)) as last_us, bool_or(n.silent) as silent,
    arg_max(n.clock_behind_ms, abs(n.clock_behind_ms)) as clock_behind_ms, max(n.habit_ms) as habit_ms, max(n.behind) as behind,
    epoch_us(min(n.behind_since)) as behind_us, max(n.lost) as lost, max(n.too_late) as too_late, any_value(n.same_as) as same_as
from nodes n
group by n.node
order by silent desc, last_us desc, n.node
limit ?::bigint;
