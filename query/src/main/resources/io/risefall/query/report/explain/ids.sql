-- Which ids of outages, incidents and backends' outages begin so? Parameters: the beginning, how many.
with asked as (
    select ?::varchar as beginning
), known as (
    select 'outage' as what, substr(md5(record_key), 1, 12) as id, node || ' ' || proxy || '/' || server as name, started_at from store.own_outages
    union all
    select 'incident', incident_id, label, started_at from incidents
    union all
    select 'backend_outage', backend_outage_id, node || ' ' || proxy, started_at from backend_outages
)
select what, id, name, epoch_us(started_at) as started_us
from known, asked
where starts_with(id, beginning)
order by started_at desc, id
limit ?;
