-- Which incidents have an id that begins so? Parameter: the beginning.
select id, epoch_us(started_at) as started_us
from (
    select substr(md5('incident ' || arg_min(outage_id, (started_at, node, proxy, server))), 1, 12) as id, min(started_at) as started_at
    from store.incident_outages group by incident
)
where starts_with(id, ?::varchar)
order by started_at desc, id
limit 3;
