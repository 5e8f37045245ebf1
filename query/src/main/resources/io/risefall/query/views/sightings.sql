-- Who sees what: of each server of the fleet, how many nodes had it in which state, and when?
create or replace view sightings as
with changes as (
    select proxy, server, node, state, from_at as "at", 1 as one from store.state_times
    union all
    select proxy, server, node, state, to_at, -1 from store.state_times where to_at is not null
), sums as (
    select proxy, server, "at",
        coalesce(sum(one) filter (where state = 'up'), 0) as up, coalesce(sum(one) filter (where state = 'down'), 0) as down,
        coalesce(sum(one) filter (where state = 'drain'), 0) as drain, coalesce(sum(one) filter (where state = 'maint'), 0) as maint,
        coalesce(sum(one) filter (where state = 'unknown'), 0) as unknown,
        -- One node's DOWN ends as another's begins: as many, and not the same ones.
        bool_or(state = 'down') as other_nodes
    from changes group by proxy, server, "at"
), pieces as (
    select proxy, server, "at" as from_at, lead("at") over fleet as to_at,
        sum(up) over fleet as up, sum(down) over fleet as down, sum(drain) over fleet as drain, sum(maint) over fleet as maint,
        sum(unknown) over fleet as unknown
    from sums
    where up <> 0 or down <> 0 or drain <> 0 or maint <> 0 or unknown <> 0 or other_nodes
    window fleet as (partition by proxy, server order by "at")
), downs as (
    select p.proxy, p.server, p.from_at, list(s.node order by s.node) as down_on
    from pieces p
    join store.states s on s.proxy = p.proxy and s.server = p.server and s.state = 'down'
        and s.from_at <= p.from_at and coalesce(s.to_at, timestamptz 'infinity') > p.from_at
    where p.down > 0
    group by p.proxy, p.server, p.from_at
)
select p.proxy, p.server, p.from_at, p.to_at, (up + down + drain + maint + unknown)::bigint as nodes, up::bigint as nodes_up,
    down::bigint as nodes_down, drain::bigint as nodes_drain, maint::bigint as nodes_maint, unknown::bigint as nodes_unknown,
    coalesce(d.down_on, []) as down_on
from pieces p left join downs d on d.proxy = p.proxy and d.server = p.server and d.from_at = p.from_at
where up + down + drain + maint + unknown > 0;

comment on view sightings is 'How many nodes had a server of the fleet in which state: stretches in which it does not change. Nodes'' clocks are taken as they are.';
comment on column sightings.proxy is 'The backend.';
comment on column sightings.server is 'The server.';
comment on column sightings.from_at is 'When it began to be so.';
comment on column sightings.to_at is 'Until when; null while it is so.';
comment on column sightings.nodes is 'HAProxy hosts whose log names it by then.';
comment on column sightings.nodes_up is 'How many of them had it up.';
comment on column sightings.nodes_down is 'How many had it DOWN.';
comment on column sightings.nodes_drain is 'How many had it draining.';
comment on column sightings.nodes_maint is 'How many had it in maintenance.';
comment on column sightings.nodes_unknown is 'Of how many it is not known.';
comment on column sightings.down_on is 'The nodes that had it DOWN.';
