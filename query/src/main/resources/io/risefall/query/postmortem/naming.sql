-- Which outages have such an id, or would give it to the incident that they begin? Parameter: the beginning of the id.
-- An incident is named after its first outage: each of its outages may have been the first, and given it the id that it had then.
select substr(md5(record_key), 1, 12) as id, epoch_us(started_at) as started_us, proxy, server
from store.own_outages
where starts_with(id, $1::varchar) or starts_with(substr(md5('incident ' || id), 1, 12), $1::varchar)
order by started_at, id
limit 2;
