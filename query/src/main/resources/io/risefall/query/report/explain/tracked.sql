-- Which outages of a tracked server lasted when the one of the server that tracks it began? Parameters: node, proxy, server, when.
with asked as (
    select ? as node, ? as proxy, ? as server, make_timestamptz(?) as started_at
), theirs as (
    select o.* from store.own_outages o semi join asked on o.node = asked.node and o.proxy = asked.proxy and o.server = asked.server
)
select outage_id, o.node, o.proxy, o.server, backup, epoch_us(o.started_at) as started_us, epoch_us(ended_at) as ended_us,
    epoch_us(coalesce(ended_at, greatest(o.started_at, known.until_at))) as until_us, duration_ms, ended_by, reason,
    reason_text, code, info, via, agent, joined, epoch_us(first_failure_at) as first_failure_us,
    epoch_us(first_success_at) as first_success_us, backend_emptied, certain
from store.told_outages_of('theirs') o cross join asked
    left join store.node_known known on known.node = o.node
where o.started_at <= asked.started_at + interval 1 second
    and (o.ended_at is null or o.ended_at >= asked.started_at - interval 1 second)
order by o.started_at;
