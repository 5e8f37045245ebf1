-- Until when does the log tell of each node?
select node, epoch_us(until_at) as until_us
from store.node_known
order by node;
