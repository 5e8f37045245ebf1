-- Which servers of the fleet are not plainly up, for whom, since when and why?
with latest as (
    select node, proxy, server, backup, state, from_at from store.fleet_state_times where to_at is null
), open as (
    select node, proxy, server, outage_id, started_at, reason, code, info, certain, role from outages where ended_at is null
), flaps as (
    select distinct node, proxy, server from flapping where ended_at is null
), folded as (
    select l.proxy, l.server, bool_and(l.backup) as backup, count(*) as nodes, bool_or(coalesce(o.role, false)) as role,
        list(l.node order by l.node) filter (where l.state = 'down') as down_on,
        list(l.node order by l.node) filter (where l.state = 'maint') as maint_on,
        list(l.node order by l.node) filter (where l.state = 'drain') as drain_on,
        list(l.node order by l.node) filter (where l.state = 'unknown') as unknown_on,
        min(l.from_at) filter (where l.state = 'down') as down_at,
        min(l.from_at) filter (where l.state = 'maint') as maint_at,
        min(l.from_at) filter (where l.state = 'drain') as drain_at,
        min(l.from_at) filter (where l.state = 'unknown') as unknown_at,
        min(l.from_at) as up_at,
        arg_min(o.outage_id, (o.started_at, l.node)) as outage_id,
        min(o.started_at) as outage_at,
        arg_min(o.reason, (o.started_at, l.node)) as reason,
        arg_min(o.code, (o.started_at, l.node)) as code,
        arg_min(o.info, (o.started_at, l.node)) as info,
        bool_and(coalesce(o.certain, true)) as certain,
        bool_or(f.node is not null) as flapping
    from latest l
    left join open o using (node, proxy, server)
    left join flaps f on f.node = l.node and f.proxy = l.proxy and f.server = l.server
    group by l.proxy, l.server
    having bool_or(l.state <> 'up') or flapping
)
select proxy, server, backup, nodes, role, down_on, maint_on, drain_on, unknown_on, outage_id, reason, code, info, certain, flapping,
    epoch_us(down_at) as down_us, epoch_us(maint_at) as maint_us, epoch_us(drain_at) as drain_us, epoch_us(unknown_at) as unknown_us, epoch_us(up_at) as up_us,
    epoch_us(outage_at) as outage_us
from folded
order by proxy, server;
