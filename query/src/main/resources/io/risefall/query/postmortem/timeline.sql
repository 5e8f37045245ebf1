-- What happened, moment by moment? Parameters: ids of the outages, from when and to when to look.
with chosen as (
    select * from store.own_outages where list_contains($1::varchar[], substr(md5(record_key), 1, 12))
), own as materialized (
    select * from store.told_outages_of('chosen')
), backends as (
    select distinct node, proxy from own
), moments as (
    select first_failure_at as "at", node, proxy, server, 'first failed check' as what from own where first_failure_at is not null
    union all
    select started_at, node, proxy, server, 'DOWN' from own
    union all
    select first_success_at, node, proxy, server, 'first passed check' from own where first_success_at is not null
    union all
    select ended_at, node, proxy, server,
        case ended_by when 'up' then 'UP' when 'maintenance' then 'maintenance ends the outage' when 'removed' then 'removed'
            else 'state unknown from here' end
    from own where ended_at is not null
    union all
    select b.started_at, b.node, b.proxy, null, 'backend without a server'
    from backend_outages b semi join backends on backends.node = b.node and backends.proxy = b.proxy
    where b.started_at between make_timestamptz($2::bigint) and make_timestamptz($3::bigint)
    union all
    select b.ended_at, b.node, b.proxy, null, 'backend has a server again'
    from backend_outages b semi join backends on backends.node = b.node and backends.proxy = b.proxy
    where b.ended_at between make_timestamptz($2::bigint) and make_timestamptz($3::bigint)
), said as (
    -- Of one moment may be the check and what followed from it.
    select e."at", e.node, e.proxy, e.server, min(e.message) filter (where e.kind = 'check') as of_check,
        min(e.message) filter (where e.kind <> 'check') as of_server
    from store.events e semi join backends on backends.node = e.node and backends.proxy = e.proxy
    where e."at" between make_timestamptz($2::bigint) and make_timestamptz($3::bigint) and e.kind in ('switch', 'check', 'backend-empty')
    group by all
)
select epoch_us(m."at") as at_us, m.node, case when m.server is null then m.proxy else m.proxy || '/' || m.server end as subject, m.what,
    case when m.what like '% check' then coalesce(of_check, of_server) else coalesce(of_server, of_check) end as message
from moments m
left join said on said."at" = m."at" and said.node = m.node and said.proxy = m.proxy and said.server is not distinct from m.server
union all
select epoch_us(c."at"), c.node, c.subject, 'change: ' || replace(c.kind, '-', ' '), c.what
from changes c
where c."at" between make_timestamptz($2::bigint) and make_timestamptz($3::bigint) and c.kind not in ('forced', 'server-state')
    and (c.node is null or c.node in (select node from backends)) and (c.proxy is null or c.proxy in (select proxy from backends))
order by at_us, node, message is null, subject, what not like '% check', what;
