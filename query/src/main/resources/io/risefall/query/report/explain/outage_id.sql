-- Is this an outage's id? Parameter: the id. Most ids are, and to work out incidents takes longer.
select 'outage' as what, outage_id as id, node || ' ' || proxy || '/' || server as name, epoch_us(started_at) as started_us
from store.told_outages
where outage_id = ?;
