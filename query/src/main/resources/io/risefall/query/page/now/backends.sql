-- How many servers does each backend have left now, where it has fewest? Those that no line names count, as HAProxy's last DOWN line
-- counts them: a server that was up since the log began has no line.
select proxy, count(*) as nodes, min(active_up) as active_up, arg_min(actives, (active_up, node)) as actives,
    arg_min(backup_up, (active_up, node)) as backup_up, arg_min(backups, (active_up, node)) as backups,
    arg_min(not_known, (active_up, node)) as not_known, arg_min(unnamed, (active_up, node)) as unnamed,
    arg_min(node, (active_up, node)) as node, bool_or(role) as role
from (
    select l.node, l.proxy, any_value(coalesce(u.unnamed, 0)) as unnamed,
        count(*) filter (where not backup) + any_value(coalesce(u.unnamed, 0)) as actives,
        count(*) filter (where not backup and state = 'up') + any_value(coalesce(u.unnamed, 0)) as active_up,
        count(*) filter (where backup) as backups, count(*) filter (where backup and state = 'up') as backup_up,
        count(*) filter (where state = 'unknown') as not_known,
        bool_or(r.node is not null) as role
    from store.fleet_state_times l
    left join (select distinct node, proxy from role_backends) r on r.node = l.node and r.proxy = l.proxy
    left join store.usable_servers u on u.node = l.node and u.proxy = l.proxy
    where to_at is null
    group by l.node, l.proxy
)
group by proxy
order by proxy;
