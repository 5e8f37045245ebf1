-- Which outages did failed checks begin? Parameters: from when, to when; node, proxy, server, reason, or nothing;
-- code, - for none, or nothing.
with asked as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at, ?::varchar as node, ?::varchar as proxy,
        ?::varchar as server, ?::varchar as reason, ?::varchar as code
)
select outage_id, o.node, o.proxy, o.server, backup, epoch_us(started_at) as started_us, epoch_us(ended_at) as ended_us,
    epoch_us(coalesce(ended_at, greatest(started_at, known.until_at))) as until_us, duration_ms, ended_by, o.reason,
    reason_text, o.code, info, via, agent, joined, epoch_us(first_failure_at) as first_failure_us,
    epoch_us(first_success_at) as first_success_us, backend_emptied, certain
from store.told_outages o left join store.node_known known on known.node = o.node, asked a
where started_at >= a.from_at and started_at < a.to_at and via is null and o.reason is not null and a.node in ('', o.node)
    and a.proxy in ('', o.proxy) and a.server in ('', o.server) and a.reason in ('', o.reason)
    and (a.code = '' or a.code = '-' and o.code is null or o.code = try_cast(a.code as integer))
order by started_at, o.node, o.proxy, o.server;
