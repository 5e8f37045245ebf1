-- Which servers are flapping?
select node, proxy, server, case when flapping then 1 else 0 end as value from scraped_servers order by node, proxy, server
