-- How many servers have backends left, of the node that has the fewest? Parameter: the backends.
select proxy, min_by(usable, (usable, node)) as usable, min_by(configured, (usable, node)) as configured
from store.usable_servers
where list_contains($1::varchar[], proxy)
group by proxy;
