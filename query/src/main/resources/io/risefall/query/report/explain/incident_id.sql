-- When would an incident of this id have begun? Parameter: the id. It is named after its first outage, so it is enough to look at the time of
-- that one; to work out all incidents takes longer.
select epoch_us(started_at) as started_us from store.own_outages where substr(md5('incident ' || substr(md5(record_key), 1, 12)), 1, 12) = ?;
