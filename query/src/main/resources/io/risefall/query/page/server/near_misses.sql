-- Where did checks fail and pass again before it was too late? Parameters: begin, end, backend, server or null, how many at most.
select node, server, epoch_us("at") as at_us, epoch_us(recovered_at) as recovered_us, lowest, threshold, reason, code, outage_id
from near_misses_between(make_timestamptz(?), make_timestamptz(?)), (select ?::varchar as of_proxy, ?::varchar as of_server)
where proxy = of_proxy and (of_server is null or server = of_server)
order by "at" desc, node, server
limit ?::bigint;
