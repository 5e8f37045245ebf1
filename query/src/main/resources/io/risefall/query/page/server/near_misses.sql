-- Where did checks fail and pass again before it was too late? Parameters: begin, end, backend, server or null, how many at most.
-- Conditions with nothing but a column and parameters: they are met before the lines are put in order, not after.
select node, server, epoch_us("at") as at_us, epoch_us(recovered_at) as recovered_us, lowest, threshold, reason, code, outage_id
from near_misses_between(make_timestamptz($1::bigint), make_timestamptz($2::bigint))
where proxy = $3::varchar and ($4::varchar is null or server = $4::varchar)
order by "at" desc, node, server
limit $5::bigint;
