-- How many outages of each server are known?
select node, proxy, server, count(*) as value from outages group by node, proxy, server order by node, proxy, server
