-- Which incidents hold an outage with such an id, or had such an id themselves? Parameter: the beginning of the id.
-- An incident is named after its first outage: each of its outages may have been the first, and given it the id that it had then.
select substr(md5('incident ' || arg_min(outage_id, (started_at, node, proxy, server))), 1, 12) as id, epoch_us(min(started_at)) as started_us
from store.incident_outages
group by incident
having bool_or(starts_with(outage_id, $1::varchar) or starts_with(substr(md5('incident ' || outage_id), 1, 12), $1::varchar));
