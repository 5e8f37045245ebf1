-- Which of some outages began first? Parameters: their ids, a time before which none of them began.
select substr(md5(record_key), 1, 12) as id, epoch_us(started_at) as started_us, ended_at is null as open
from store.own_outages
where started_at >= make_timestamptz($2) and list_contains($1::varchar[], substr(md5(record_key), 1, 12))
order by started_at, node, proxy, server
limit 1;
