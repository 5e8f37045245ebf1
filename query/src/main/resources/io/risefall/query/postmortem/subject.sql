-- Which incidents and outages have an id that begins so? Parameter: the beginning.
with asked as (
    select ?::varchar as beginning
), known as (
    select 'outage' as what, outage_id as id, node || ' ' || proxy || '/' || server as label, [outage_id] as outage_ids, started_at
    from store.told_outages
    union all
    select 'incident', incident_id, label, outage_ids, started_at from incidents
)
select what, id, label, outage_ids
from known, asked
where starts_with(id, beginning)
order by started_at desc, what, id
limit 3;
