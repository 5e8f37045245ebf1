-- What is the incident that began at this time and has this id? Parameters: the time, the id.
select incident_id, epoch_us(started_at) as started_us, epoch_us(ended_at) as ended_us, servers, backends, nodes, reason,
    label, kind,
    active_left || ' of ' || active_before || ' in ' || worst_backend || ' on ' || worst_node as was_left,
    array_to_string(outage_ids, ',') as outage_ids
from incidents_between(make_timestamptz($1::bigint), make_timestamptz($1::bigint + 1))
where incident_id = $2::varchar;
