-- How did each node see the servers? Parameters: ids of the outages, from when and to when to look.
with asked as (
    select ?::varchar[] as ids, make_timestamptz(?::bigint) as from_at, make_timestamptz(?::bigint) as to_at
), own as (
    select o.* from store.own_outages o, asked where list_contains(asked.ids, substr(md5(o.record_key), 1, 12))
)
select t.node, count(distinct t.proxy || '/' || t.server) as servers,
    count(distinct t.proxy || '/' || t.server) filter (where t.state = 'down') as down,
    count(distinct t.proxy || '/' || t.server) filter (where t.state = 'unknown') as unknown,
    count(distinct t.proxy || '/' || t.server) filter (where t.state = 'maint') as maint,
    epoch_us(min(t.from_at) filter (where t.state = 'down')) as first_us,
    case when bool_or(t.to_at is null) filter (where t.state = 'down') then null
        else epoch_us(max(t.to_at) filter (where t.state = 'down')) end as last_us
from store.fleet_state_times t semi join own on own.proxy = t.proxy and own.server = t.server, asked
where t.from_at <= asked.to_at and (t.to_at is null or t.to_at > asked.from_at)
group by t.node
order by down desc, t.node;
