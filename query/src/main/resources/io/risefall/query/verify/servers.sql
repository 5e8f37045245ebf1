-- How is each server now, and what happened to it since the window began?
with asked as (
    select ?::varchar as proxy, ?::varchar as server, ?::varchar as node, make_timestamptz(?) as from_at
), outage as (
    select o.node, o.proxy, o.server, count(*) as outages, max(o.ended_at) as last_end
    from outages o, asked where o.ended_at is null or o.ended_at > asked.from_at
    group by o.node, o.proxy, o.server
), failed as (
    select c.node, c.proxy, c.server, count(*) as failed, max(c."at") as last_at
    from checks c, asked where c.outcome = 'failed' and c."at" > asked.from_at
    group by c.node, c.proxy, c.server
)
select s.node, s.proxy || '/' || s.server as name, s.state, epoch_us(s.since) as since_us, s.certain, s.last_reason as reason,
    coalesce(r.leader <> s.server, false) as standby,
    coalesce(o.outages, 0) as outages, epoch_us(o.last_end) as last_end_us,
    coalesce(f.failed, 0) as failed, epoch_us(f.last_at) as last_failed_us
from servers s join asked
    on (asked.proxy is null or s.proxy = asked.proxy) and (asked.server is null or s.server = asked.server)
    and (asked.node is null or s.node = asked.node)
left join role_backends r on r.node = s.node and r.proxy = s.proxy
left join outage o on o.node = s.node and o.proxy = s.proxy and o.server = s.server
left join failed f on f.node = s.node and f.proxy = s.proxy and f.server = s.server
order by s.proxy, s.server, s.node;
