-- Who sees what: of each server of the fleet, how many nodes had it in which state, and when?
-- Of some states only: chosen is the name of what has rows of store.own_states. A moment is told right if all states of that moment
-- are among them, of all nodes that know the server.
create or replace macro store.sightings_of(chosen) as table
with ended as (
    select * from store.ended_nodes
), of_fleet as (
    select * from query_table(chosen) where node not in (select node from store.same_hosts)
), times as materialized (
    select proxy, server, node, state, from_at, to_at from store.state_times_of('of_fleet')
), shown as (
    select t.proxy, t.server, t.node, t.state, t.from_at,
        case when t.to_at is null and e.node is not null then greatest(t.from_at, e.until_at) else t.to_at end as to_at
    from times t left join ended e on e.node = t.node
    union all
    select t.proxy, t.server, t.node, 'unknown', greatest(t.from_at, e.until_at), null
    from times t join ended e on e.node = t.node
    where t.to_at is null
), changes as (
    select proxy, server, node, state, from_at as "at", 1 as one from shown
    union all
    select proxy, server, node, state, to_at, -1 from shown where to_at is not null
), edges as (
    -- What one node says of one moment: a state that goes on under another cause is no change.
    select proxy, server, node, "at",
        coalesce(sum(one) filter (where state = 'up'), 0) as up, coalesce(sum(one) filter (where state = 'down'), 0) as down,
        coalesce(sum(one) filter (where state = 'drain'), 0) as drain, coalesce(sum(one) filter (where state = 'maint'), 0) as maint,
        coalesce(sum(one) filter (where state = 'unknown'), 0) as unknown
    from changes group by proxy, server, node, "at"
), sums as (
    select proxy, server, "at", sum(up) as up, sum(down) as down, sum(drain) as drain, sum(maint) as maint, sum(unknown) as unknown,
        -- One node's DOWN ends as another's begins: as many, and not the same ones.
        bool_or(down <> 0) as other_nodes
    from edges group by proxy, server, "at"
), pieces as (
    select proxy, server, "at" as from_at, lead("at") over fleet as to_at, row_number() over fleet as nth,
        count(*) over (partition by proxy, server) as pieces,
        sum(up) over fleet as up, sum(down) over fleet as down, sum(drain) over fleet as drain, sum(maint) over fleet as maint,
        sum(unknown) over fleet as unknown
    from sums
    where up <> 0 or down <> 0 or drain <> 0 or maint <> 0 or unknown <> 0 or other_nodes
    window fleet as (partition by proxy, server order by "at")
), downs as (
    select proxy, server, node, down, "at" as from_at, lead("at") over (partition by proxy, server, node order by "at") as to_at
    from edges where down <> 0
), down_pieces as (
    -- Each begin and end of a DOWN is the begin of a piece: no comparison of times, which a flapping server would square.
    select d.proxy, d.server, d.node, unnest(range(first.nth, coalesce(after.nth, first.pieces + 1))) as nth
    from downs d
    join pieces first on first.proxy = d.proxy and first.server = d.server and first.from_at = d.from_at
    left join pieces after on after.proxy = d.proxy and after.server = d.server and after.from_at = d.to_at
    where d.down > 0
), seen as (
    -- Grouped and not joined: a LIMIT right above a join of two scans of one CTE never ends (DuckDB 2.0.0).
    select proxy, server, nth, any_value(from_at) as from_at, any_value(to_at) as to_at, any_value(up) as up, any_value(down) as down,
        any_value(drain) as drain, any_value(maint) as maint, any_value(unknown) as unknown,
        list(node order by node) filter (where node is not null) as down_on
    from (
        select proxy, server, nth, from_at, to_at, up, down, drain, maint, unknown, null as node from pieces
        union all
        select proxy, server, nth, null, null, null, null, null, null, null, node from down_pieces
    )
    group by proxy, server, nth
)
select proxy, server, from_at, to_at, (up + down + drain + maint + unknown)::bigint as nodes, up::bigint as nodes_up,
    down::bigint as nodes_down, drain::bigint as nodes_drain, maint::bigint as nodes_maint, unknown::bigint as nodes_unknown,
    coalesce(down_on, []) as down_on
from seen
where up + down + drain + maint + unknown > 0;

create or replace view sightings as
select * from store.sightings_of('store.own_states');

-- Cut to a range of time. Where an interval began before it, or ends after it, is not known from its own states.
create or replace macro sightings_between(begin_at, end_at) as table
with touching as (
    select * from store.own_states where from_at < end_at::timestamptz and (to_at is null or to_at > begin_at::timestamptz)
)
select * replace (
    greatest(from_at, begin_at::timestamptz) as from_at, case when to_at < end_at::timestamptz then to_at else end_at::timestamptz end as to_at)
from store.sightings_of('touching')
where from_at < end_at::timestamptz and (to_at is null or to_at > begin_at::timestamptz);

comment on view sightings is 'How many nodes saw a server of the fleet in which state. Each row is an interval in which this does not change. Clocks of nodes are taken as they are.';
comment on column sightings.proxy is 'The backend.';
comment on column sightings.server is 'The server.';
comment on column sightings.from_at is 'Start of the interval.';
comment on column sightings.to_at is 'End of the interval; null while it lasts.';
comment on column sightings.nodes is 'HAProxy hosts that have logged about the server by then.';
comment on column sightings.nodes_up is 'How many of them saw it up.';
comment on column sightings.nodes_down is 'How many saw it DOWN.';
comment on column sightings.nodes_drain is 'How many saw it draining.';
comment on column sightings.nodes_maint is 'How many saw it in maintenance.';
comment on column sightings.nodes_unknown is 'How many do not know its state: after a reload, in a silence, or because their log ends earlier than others.';
comment on column sightings.down_on is 'The nodes that saw it DOWN.';
