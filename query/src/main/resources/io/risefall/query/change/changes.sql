-- What was done in a period? Of some servers: also to the whole backend, and to processes of the nodes that know them.
-- Parameters: from when, to when, a backend or null, a server or null, nodes or null.
select epoch_us("at") as at_us, node, kind, subject, what, proxy, server, pid, source, position
from changes
where "at" >= make_timestamptz($1::bigint) and "at" < make_timestamptz($2::bigint)
    and ($5::varchar[] is null or node is null or list_contains($5::varchar[], node))
    and ($3::varchar is null or proxy is null or proxy = $3::varchar)
    and ($4::varchar is null or server is null or server = $4::varchar)
order by "at" desc, node, source, position, kind, subject, what;
