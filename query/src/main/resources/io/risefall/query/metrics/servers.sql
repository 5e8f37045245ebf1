-- How many servers are in each state?
select states.state, count(servers.state) as value
from (values ('up'), ('down'), ('maint'), ('drain'), ('unknown')) states(state)
    left join scraped_servers servers on servers.state = states.state
group by states.state order by states.state
