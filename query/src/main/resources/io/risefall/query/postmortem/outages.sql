-- Which outages are these? Parameter: their ids.
with asked as (
    select * from store.own_outages where list_contains(?::varchar[], substr(md5(record_key), 1, 12))
)
select outage_id, node, proxy, server, epoch_us(started_at) as started_us, epoch_us(ended_at) as ended_us, duration_ms, ended_by, reason,
    code, epoch_us(first_failure_at) as failed_us, detection_ms, recovery_ms, certain, epoch_us(started_at) + duration_ms * 1000 as until_us
from store.told_outages_of('asked')
order by started_at, proxy, server, node;
