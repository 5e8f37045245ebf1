-- How many servers had the backends left? Parameters: ids of the outages, from when and to when to look, and their backends, so that only
-- these are counted.
with backends as (
    select distinct node, proxy from store.own_outages where list_contains($1::varchar[], substr(md5(record_key), 1, 12))
)
select c.node, c.proxy, epoch_us(greatest(c.from_at, make_timestamptz($2::bigint))) as from_us, c.active_up, c.backup_up, c.servers, c.unknown, c.level
from capacity c semi join backends on backends.node = c.node and backends.proxy = c.proxy
where list_contains($4::varchar[], c.proxy) and c.from_at <= make_timestamptz($3::bigint)
    and (c.to_at is null or c.to_at > make_timestamptz($2::bigint))
order by c.proxy, c.node, from_us;
