-- Which servers does the log know, and of which time? A row for each server and node.
select s.node, s.proxy || '/' || s.server as name, epoch_us(min(s.from_at)) as from_us, epoch_us(known.until_at) as until_us
from store.own_states s join store.node_known known on known.node = s.node
group by s.node, name, known.until_at
order by s.node, name;
