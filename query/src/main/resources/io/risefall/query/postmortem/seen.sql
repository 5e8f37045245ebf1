-- How did each node see the servers? Parameters: ids of the outages, from when and to when to look.
with own as (
    select distinct proxy, server from store.own_outages where list_contains($1::varchar[], substr(md5(record_key), 1, 12))
), chosen as (
    select s.* from store.own_states s semi join own on own.proxy = s.proxy and own.server = s.server
    where s.from_at <= make_timestamptz($3::bigint) and (s.to_at is null or s.to_at > make_timestamptz($2::bigint))
        and s.node not in (select node from store.same_hosts)
)
select node, count(distinct proxy || '/' || server) as servers,
    count(distinct proxy || '/' || server) filter (where state = 'down') as down,
    count(distinct proxy || '/' || server) filter (where state = 'unknown') as unknown,
    count(distinct proxy || '/' || server) filter (where state = 'maint') as maint,
    epoch_us(min(from_at) filter (where state = 'down')) as first_us,
    case when bool_or(to_at is null) filter (where state = 'down') then null
        else epoch_us(max(to_at) filter (where state = 'down')) end as last_us
from store.state_times_of('chosen')
where from_at <= make_timestamptz($3::bigint) and (to_at is null or to_at > make_timestamptz($2::bigint))
group by node
order by down desc, node;
