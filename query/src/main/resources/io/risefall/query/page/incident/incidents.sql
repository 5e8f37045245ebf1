-- Which incidents touch a range of time, the latest first? Parameters: its begin and end, and how many at most.
select incident_id, label, epoch_us(started_at) as started_us, epoch_us(ended_at) as ended_us, duration_ms, servers, outages, emptied
from incidents_between(make_timestamptz(?), make_timestamptz(?))
order by started_at desc, incident_id
limit ?::bigint;
