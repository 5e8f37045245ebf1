-- Why did checks fail in a range of time, of one server or of all of a backend? Parameters: backend, server or null, begin, end.
with asked as (
    select ?::varchar as proxy, ?::varchar as server, make_timestamptz(?) as begin_at, make_timestamptz(?) as end_at
)
select r.reason, r.code, sum(r.failures)::bigint as failures, sum(r.downs)::bigint as downs, max(r.max_duration_ms) as slowest_ms
from store.own_rollups r, asked
where r.proxy = asked.proxy and (asked.server is null or r.server = asked.server) and r.minute >= asked.begin_at and r.minute < asked.end_at
group by r.reason, r.code
order by failures desc, r.reason, r.code;
