-- What does the view reasons_hour say of failed checks? It is asked of the minutes, as a condition on hours would not reach the table.
-- Parameters: from when, to when; node, proxy, server, reason, or nothing; code, - for none, or nothing.
with minutes as (
    select date_trunc('hour', minute) as hour, * from store.own_rollups
    where minute >= make_timestamptz($1) and minute < make_timestamptz($2) + interval 1 hour
)
select count(*) as cells, coalesce(sum(failures), 0)::bigint as failures, coalesce(sum(downs), 0)::bigint as downs,
    max(max_duration_ms) as max_duration_ms
from minutes
where hour >= make_timestamptz($1) and hour < make_timestamptz($2)
    and $3::varchar in ('', node) and $4::varchar in ('', proxy) and $5::varchar in ('', server) and $6::varchar in ('', reason)
    and ($7::varchar = '' or $7::varchar = '-' and code is null or code = try_cast($7::varchar as integer));
