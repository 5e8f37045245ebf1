-- Which servers does the log know, and until when? A row for each server and node.
select s.node, s.proxy || '/' || s.server as name, epoch_us(known.until_at) as until_us
from store.own_states s join store.node_known known on known.node = s.node
group by s.node, name, known.until_at
order by s.node, name;
