-- Of which servers does no line tell that they are still as they were?
select node, proxy, server, case when state <> 'unknown' and not certain then 1 else 0 end as value from scraped_servers
order by node, proxy, server
