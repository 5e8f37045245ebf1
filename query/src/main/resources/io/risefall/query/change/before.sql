-- What was done shortly before some moments, to whatever? Parameters: from when on to look at all, to when, how long before, the moments.
select epoch_us("at") as at_us, node, kind, subject, what, proxy, server, pid, source, position
from changes
where "at" between make_timestamptz($1::bigint) and make_timestamptz($2::bigint)
    and list_bool_or(list_transform($4::bigint[], lambda moment: epoch_us("at") between moment - $3::bigint and moment))
order by "at" desc, node, source, position, kind, subject, what;
