-- How long has each server been down, all outages together?
select node, proxy, server, sum(duration_ms) / 1000.0 as value from store.told_outages group by node, proxy, server
order by node, proxy, server
