-- What are the outages of some ids? Parameter: the ids, as a list.
with asked as (
    select * from store.own_outages where list_contains(?::varchar[], substr(md5(record_key), 1, 12))
)
select outage_id, node, proxy, server, backup, epoch_us(started_at) as started_us, epoch_us(ended_at) as ended_us,
    epoch_us(coalesce(ended_at, greatest(started_at, known.until_at))) as until_us, duration_ms, ended_by, reason,
    reason_text, code, info, via, agent, joined, epoch_us(first_failure_at) as first_failure_us,
    epoch_us(first_success_at) as first_success_us, backend_emptied, certain
from store.told_outages_of('asked') o left join store.node_known known using (node)
order by started_at, node, proxy, server;
