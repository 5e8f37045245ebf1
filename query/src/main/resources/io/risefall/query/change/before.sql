-- What was done shortly before some moments, to whatever? Parameters: from when on to look at all, to when, how long before, the moments.
with asked as (
    select make_timestamptz(?::bigint) as from_at, make_timestamptz(?::bigint) as to_at, ?::bigint as before_us, ?::bigint[] as moments
)
select epoch_us(c."at") as at_us, c.node, c.kind, c.subject, c.what, c.proxy, c.server, c.pid, c.source, c.position
from changes c, asked
where c."at" between asked.from_at and asked.to_at
    and list_bool_or(list_transform(asked.moments, lambda moment: epoch_us(c."at") between moment - asked.before_us and moment))
order by c."at" desc, c.node, c.source, c.position, c.kind, c.subject, c.what;
