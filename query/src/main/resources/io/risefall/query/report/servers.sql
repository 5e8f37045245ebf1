-- Which servers does the log know, and what was the last reason of an outage of each?
select s.node, s.proxy, s.server, s.backup, r.last_reason
from (select node, proxy, server, bool_or(backup) as backup from store.own_states group by node, proxy, server) s
left join (
    select node, proxy, server, arg_max(reason, started_at) as last_reason from store.told_outages group by node, proxy, server
) r using (node, proxy, server)
order by s.node, s.proxy, s.server;
