-- When did each HAProxy host log last, and is it silent?
select n.node, epoch_us(k.until_at) as until_us, epoch_us(n.last_at) as last_us, n.silent
from (select node, max(last_at) as last_at, bool_or(silent) as silent from nodes where same_as is null group by node) n
left join store.node_known k on k.node = n.node
order by n.last_at desc, n.node;
