-- In which state is each server? One row per state, as HAProxy's own exporter has it.
select node, proxy, server, states.state, case when servers.state = states.state then 1 else 0 end as value
from scraped_servers servers cross join (values ('up'), ('down'), ('maint'), ('drain'), ('unknown')) states(state)
order by node, proxy, server, states.state
