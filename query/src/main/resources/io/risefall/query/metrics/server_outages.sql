-- How many outages of each server are known?
select node, proxy, server, count(*) as value from store.told_outages group by node, proxy, server order by node, proxy, server
