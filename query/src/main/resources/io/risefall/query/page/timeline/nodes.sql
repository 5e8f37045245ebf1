-- Which HAProxy hosts can be asked for?
select distinct node from store.node_known where node not in (select node from store.same_hosts) order by node limit 500;
