-- What was done to a backend, to one of its servers, or to all? Parameters: backend, server or null, begin, end, how many at most.
select epoch_us("at") as at_us, node, kind, subject, what
from changes
where "at" >= make_timestamptz($3::bigint) and "at" < make_timestamptz($4::bigint)
    and (proxy is null or proxy = $1::varchar) and (server is null or $2::varchar is null or server = $2::varchar)
order by "at" desc, node, subject
limit $5::bigint;
