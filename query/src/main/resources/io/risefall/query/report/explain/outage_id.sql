-- Is this an outage's id? Parameter: the id. Most ids are, and to work out incidents takes longer.
select 'outage' as what, substr(md5(record_key), 1, 12) as id, node || ' ' || proxy || '/' || server as name, epoch_us(started_at) as started_us
from store.own_outages
where id = ?;
