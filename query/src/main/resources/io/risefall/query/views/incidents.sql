-- Which outages belong together, and what do they share?
create or replace view incidents as
with waves as (
    -- A wave goes on while outages begin within 10 s of the one before.
    select *, sum(case when gap is null or gap > 10000 then 1 else 0 end)
            over (order by started_at, node, proxy, server) as wave
    from (
        select *, epoch_ms(started_at) - epoch_ms(lag(started_at) over (order by started_at, node, proxy, server)) as gap
        from outages
    )
), grouped as (
    select wave, coalesce(reason, '') as why, min(started_at) as started_at,
        case when bool_or(ended_at is null) then null else max(ended_at) end as ended_at,
        count(distinct (node, proxy, server)) as servers, count(distinct (node, proxy)) as backends,
        count(distinct node) as nodes, count(distinct (proxy, server)) as names, count(distinct proxy) as proxies,
        min(node) as node, min(proxy) as proxy, min(server) as server, min(outage_id) as first_id,
        list(outage_id order by started_at, node, proxy, server) as outage_ids
    from waves group by wave, why
)
select substr(md5(first_id || why), 1, 12) as incident_id, started_at, ended_at, servers, backends, nodes,
    nullif(why, '') as reason,
    case
        when servers = 1 then 'server ' || proxy || '/' || server
        when names = 1 then 'server ' || proxy || '/' || server || ' on ' || nodes || ' nodes'
        when proxies = 1 then 'backend ' || proxy || ': ' || servers || ' servers'
        when nodes = 1 then servers || ' servers of ' || backends || ' backends on node ' || node
        else servers || ' servers of ' || backends || ' backends on ' || nodes || ' nodes'
    end as label, outage_ids
from grouped;

comment on view incidents is 'Outages of one reason that began together, each within 10 s of the one before.';
comment on column incidents.incident_id is 'Names it.';
comment on column incidents.started_at is 'When its first outage began.';
comment on column incidents.ended_at is 'When its last outage ended; null while one lasts.';
comment on column incidents.servers is 'Servers that went down, counted per node.';
comment on column incidents.backends is 'Backends they are of, counted per node.';
comment on column incidents.nodes is 'Nodes that saw it.';
comment on column incidents.reason is 'HAProxy''s short code; null where no line says.';
comment on column incidents.label is 'What they share.';
comment on column incidents.outage_ids is 'The outages, in the order in which they began.';
