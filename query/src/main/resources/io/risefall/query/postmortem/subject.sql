-- Which outages have an id that begins so? Parameter: the beginning.
select 'outage' as what, substr(md5(record_key), 1, 12) as id, node || ' ' || proxy || '/' || server as label, [id] as outage_ids,
    epoch_us(started_at) as started_us
from store.own_outages
where starts_with(id, ?::varchar)
order by started_at desc, id
limit 3;
