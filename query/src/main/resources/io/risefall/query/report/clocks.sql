-- Whose clock is further off than relays and queues make a line late?
select node, arg_max(clock_behind_ms, abs(clock_behind_ms)) as behind
from nodes where abs(clock_behind_ms) > 5000 group by node order by node;
