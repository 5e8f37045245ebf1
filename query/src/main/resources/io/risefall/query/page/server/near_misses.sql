-- Where did checks fail and pass again before it was too late? Parameters: begin, end, backend, server or null, how many at most.
with chosen as (
    select * from store.check_lines
    where proxy = $3::varchar and ($4::varchar is null or server = $4::varchar)
)
select node, server, epoch_us("at") as at_us, epoch_us(recovered_at) as recovered_us, lowest, threshold, reason, code, outage_id
from store.near_misses_of('chosen', make_timestamptz($1), make_timestamptz($2))
order by "at" desc, node, server
limit $5::bigint;
