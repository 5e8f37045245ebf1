-- Until when does the log tell of each node?
select node, epoch(until_at) as value from store.node_known order by node
