-- How many servers does each backend have left now, where it has fewest?
select proxy, count(*) as nodes, min(active_up) as active_up, arg_min(actives, (active_up, node)) as actives,
    arg_min(backup_up, (active_up, node)) as backup_up, arg_min(backups, (active_up, node)) as backups,
    arg_min(not_known, (active_up, node)) as not_known, arg_min(node, (active_up, node)) as node,
    bool_or(role) as role
from (
    select l.node, l.proxy, count(*) filter (where not backup) as actives, count(*) filter (where not backup and state = 'up') as active_up,
        count(*) filter (where backup) as backups, count(*) filter (where backup and state = 'up') as backup_up,
        count(*) filter (where state = 'unknown') as not_known,
        bool_or(r.node is not null) as role
    from store.fleet_state_times l
    left join (select distinct node, proxy from role_backends) r on r.node = l.node and r.proxy = l.proxy
    where to_at is null
    group by l.node, l.proxy
)
group by proxy
order by proxy;
