-- Which incident that lasted at this time has this id, or an outage with it? Parameters: the time, the id.
select 'incident' as what, incident_id as id, label, outage_ids, epoch_us(started_at) as started_us
from incidents_between(make_timestamptz($1::bigint), make_timestamptz($1::bigint + 1))
where incident_id = $2::varchar or list_contains(outage_ids, $2::varchar);
