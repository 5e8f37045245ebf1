-- How many servers of each backend are down?
select node, proxy, count(*) filter (where state = 'down') as value from scraped_servers group by node, proxy order by node, proxy
