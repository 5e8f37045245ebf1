-- What does the view say of failed checks? Parameters: from when, to when; node, proxy, server, reason, or nothing; code, - for
-- none, or nothing.
with asked as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at, ?::varchar as node, ?::varchar as proxy,
        ?::varchar as server, ?::varchar as reason, ?::varchar as code
)
select count(*) as cells, coalesce(sum(failures), 0)::bigint as failures, coalesce(sum(downs), 0)::bigint as downs,
    max(max_duration_ms) as max_duration_ms
from reasons_hour r, asked a
where r.hour >= a.from_at and r.hour < a.to_at and a.node in ('', r.node) and a.proxy in ('', r.proxy)
    and a.server in ('', r.server) and a.reason in ('', r.reason)
    and (a.code = '' or a.code = '-' and r.code is null or r.code = try_cast(a.code as integer));
