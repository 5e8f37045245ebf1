-- How many servers has the fleet now?
select count(*) as servers
from (select distinct proxy, server from store.fleet_state_times where to_at is null);
