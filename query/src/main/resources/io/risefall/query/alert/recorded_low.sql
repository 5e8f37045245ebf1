-- When did backends begin to have few servers, in a time? In order of the begin. What no line names until later was up. Parameters:
-- start, end, below how many that is.
with counted as (
    select c.node, c.proxy, c.from_at, c.to_at, c.active_up + c.backup_up + u.unnamed + u.named - c.servers as usable,
        u.named + u.unnamed as configured
    from capacity c join store.usable_servers u on u.node = c.node and u.proxy = c.proxy
    where c.from_at >= make_timestamptz($1) and c.from_at < make_timestamptz($2)
)
select 'LOW' as kind, node || '/' || proxy || ' ' || epoch_us(from_at) as id, node, proxy, '' as server, epoch_us(from_at) as from_us,
    epoch_us(from_at) as since_us, null as reason, usable || ' of ' || configured as words, 10000 as near_ms,
    epoch_us(to_at) as ended_us, 'up' as ended_by
from counted
where usable > 0 and usable < $3::bigint and usable < configured
order by from_us, id;
