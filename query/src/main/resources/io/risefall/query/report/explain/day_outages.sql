-- Which outages of one server began or ended on a day? Parameters: zone, day, node, proxy, server.
with asked as (
    select ? as zone, cast(? as date) as day, ? as node, ? as proxy, ? as server
), theirs as (
    select o.* from store.own_outages o semi join asked on o.node = asked.node and o.proxy = asked.proxy and o.server = asked.server
)
select outage_id, o.node, o.proxy, o.server, backup, epoch_us(started_at) as started_us, epoch_us(ended_at) as ended_us,
    epoch_us(coalesce(ended_at, greatest(started_at, known.until_at))) as until_us, duration_ms, ended_by, reason,
    reason_text, code, info, via, agent, joined, epoch_us(first_failure_at) as first_failure_us,
    epoch_us(first_success_at) as first_success_us, backend_emptied, certain,
    (started_at at time zone zone)::date = day as began, coalesce((ended_at at time zone zone)::date = day, false) as ended
from store.told_outages_of('theirs') o cross join asked
    left join store.node_known known on known.node = o.node
where began or ended
order by started_at;
