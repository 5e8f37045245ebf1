-- What was done to a backend, to one of its servers, or to all? Parameters: backend, server or null, begin, end, how many at most.
with asked as (
    select ?::varchar as proxy, ?::varchar as server, make_timestamptz(?) as begin_at, make_timestamptz(?) as end_at
)
select epoch_us(c."at") as at_us, c.node, c.kind, c.subject, c.what
from changes c, asked
where c."at" >= asked.begin_at and c."at" < asked.end_at
    and (c.proxy is null or c.proxy = asked.proxy) and (c.server is null or asked.server is null or c.server = asked.server)
order by c."at" desc, c.node, c.subject
limit ?::bigint;
