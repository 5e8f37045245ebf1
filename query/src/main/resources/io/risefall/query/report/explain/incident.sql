-- What is one incident? Parameter: its id.
select incident_id, epoch_us(started_at) as started_us, epoch_us(ended_at) as ended_us, servers, backends, nodes, reason,
    label, array_to_string(outage_ids, ',') as outage_ids
from incidents
where incident_id = ?;
