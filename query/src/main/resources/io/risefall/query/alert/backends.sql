-- How many servers have backends left, of the node that has the fewest? Parameter: the backends.
select proxy, min_by(usable, (usable, node)) as usable, min_by(configured, (usable, node)) as configured
from (
    select node, proxy, count(*) filter (where state = 'up') as usable,
        count(*) filter (where state in ('up', 'down', 'drain')) as configured
    from store.own_states
    where to_at is null and proxy in (select unnest($1::varchar[]))
    group by node, proxy
)
group by proxy;
