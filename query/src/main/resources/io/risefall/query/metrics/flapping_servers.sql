-- How many servers are flapping?
select count(*) filter (where flapping) as value from scraped_servers
