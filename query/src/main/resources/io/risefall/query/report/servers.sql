-- Which servers does the log know, and what was the last reason of an outage of each?
with of_tracking as (
    -- An outage of a server that tracks another has the reason of that one's.
    select * from store.own_outages where via is not null
), told as (
    select node, proxy, server, reason, started_at from store.own_outages where via is null
    union all
    select node, proxy, server, reason, started_at from store.told_outages_of('of_tracking')
)
select s.node, s.proxy, s.server, s.backup, r.last_reason
from (select node, proxy, server, bool_or(backup) as backup from store.own_states group by node, proxy, server) s
left join (
    select node, proxy, server, arg_max(reason, started_at) as last_reason from told group by node, proxy, server
) r using (node, proxy, server)
order by s.node, s.proxy, s.server;
