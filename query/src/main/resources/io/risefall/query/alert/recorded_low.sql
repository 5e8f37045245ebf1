-- When did backends begin to have few servers, in a time? In order of the begin. Parameters: start, end, below how many that is.
select 'LOW' as kind, node || '/' || proxy || ' ' || epoch_us(from_at) as id, node, proxy, '' as server, epoch_us(from_at) as from_us,
    epoch_us(from_at) as since_us, null as reason, (active_up + backup_up) || ' of ' || servers as words, 10000 as near_ms,
    epoch_us(to_at) as ended_us, 'up' as ended_by
from capacity
where from_at >= make_timestamptz($1) and from_at < make_timestamptz($2) and active_up + backup_up > 0
    and active_up + backup_up < $3::bigint and active_up + backup_up < servers
order by from_us, id;
