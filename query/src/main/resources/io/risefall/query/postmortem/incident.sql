-- What is the incident of this id that began at this time? Parameters: the time, twice, and the id.
select 'incident' as what, incident_id as id, label, outage_ids, epoch_us(started_at) as started_us
from incidents_between(make_timestamptz(?::bigint), make_timestamptz(?::bigint + 1))
where incident_id = ?;
