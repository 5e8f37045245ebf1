-- Which outages are these? Parameter: their ids.
with asked as (
    select * from store.own_outages where list_contains(?::varchar[], substr(md5(record_key), 1, 12))
), told as (
    select * from store.told_outages_of('asked')
), named as (
    -- As it was when the outage began, or as soon after as it is known.
    select t.outage_id, arg_min(concat_ws(', ', case when n.port is null then n.address
            when contains(n.address, ':') then '[' || n.address || ']:' || n.port else n.address || ':' || n.port end, n.fqdn), n.from_at) as reached
    from told t join names n on n.node = t.node and n.proxy = t.proxy and n.server = t.server
        and (t.ended_at is null or n.from_at < t.ended_at) and (n.to_at is null or n.to_at > t.started_at)
    group by t.outage_id
)
select outage_id, node, proxy, server, nullif(reached, '') as reached, epoch_us(started_at) as started_us, epoch_us(ended_at) as ended_us, duration_ms, ended_by, reason,
    code, epoch_us(first_failure_at) as failed_us, detection_ms, recovery_ms, certain, epoch_us(started_at) + duration_ms * 1000 as until_us
from told left join named using (outage_id)
order by started_at, proxy, server, node;
