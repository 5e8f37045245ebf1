-- What is one incident? Parameter: its id.
select incident_id, epoch_us(started_at) as started_us, epoch_us(ended_at) as ended_us, servers, backends, nodes, reason,
    label, kind,
    active_left || ' of ' || active_before || ' in ' || worst_backend || ' on ' || worst_node as was_left,
    array_to_string(outage_ids, ',') as outage_ids
from incidents
where incident_id = ?;
