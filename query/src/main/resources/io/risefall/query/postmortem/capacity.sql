-- How many servers had the backends left? Parameters: ids of the outages, from when and to when to look.
with asked as (
    select ?::varchar[] as ids, make_timestamptz(?::bigint) as from_at, make_timestamptz(?::bigint) as to_at
), backends as (
    select distinct o.node, o.proxy from store.own_outages o, asked where list_contains(asked.ids, substr(md5(o.record_key), 1, 12))
)
select c.node, c.proxy, epoch_us(greatest(c.from_at, asked.from_at)) as from_us, c.active_up, c.backup_up, c.servers, c.unknown, c.level
from capacity c semi join backends on backends.node = c.node and backends.proxy = c.proxy, asked
where c.from_at <= asked.to_at and (c.to_at is null or c.to_at > asked.from_at)
order by c.proxy, c.node, from_us;
