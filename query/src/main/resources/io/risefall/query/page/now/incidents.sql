-- Which incidents last, and what do their outages have in common?
select incident_id, kind, label, epoch_us(started_at) as started_us, servers, backends, nodes, reason, emptied,
    worst_node, worst_backend, active_before, active_left, backup_left, outage_ids
from incidents_between(now(), now())
where ended_at is null
order by started_at desc, incident_id;
