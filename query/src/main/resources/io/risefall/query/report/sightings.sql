-- Which servers did some nodes see down in the period, and did the others see it too? Only servers that several nodes know.
with period as (
    -- What lasts when all logs have ended is not known to last.
    select make_timestamptz(?) as from_at, least(make_timestamptz(?), (select max(until_at) from store.node_known)) as to_at
), touching as materialized (
    select s.* from store.own_states s, period p where s.from_at < p.to_at and coalesce(s.to_at > p.from_at, true)
), chosen as (
    select t.* from touching t semi join (from touching where state = 'down') d on d.proxy = t.proxy and d.server = t.server
), pieces as (
    select s.*, greatest(s.from_at, p.from_at) as since, least(coalesce(s.to_at, p.to_at), p.to_at) as until,
        nodes_up + nodes_drain as nodes_usable
    from store.sightings_of('chosen') s, period p
    where s.nodes_down > 0 and s.nodes > 1 and s.from_at < p.to_at and coalesce(s.to_at, p.to_at) > p.from_at
), lengths as (
    select *, greatest(0, epoch_ms(until) - epoch_ms(since)) as ms from pieces
), alone as (
    select proxy, server, node, sum(ms)::bigint as ms
    from (select proxy, server, unnest(down_on) as node, ms from lengths where nodes_usable > 0)
    group by proxy, server, node
), most as (
    -- Not those that only noticed it a moment earlier or later than the others.
    select proxy, server, list(node order by ms desc, node) as nodes
    from (select *, max(ms) over (partition by proxy, server) as longest_ms from alone)
    where ms * 10 >= longest_ms
    group by proxy, server
)
select l.proxy, l.server, max(l.nodes) as nodes,
    coalesce(sum(ms) filter (where nodes_usable = 0 and nodes_down > 1), 0)::bigint as all_ms,
    coalesce(sum(ms) filter (where nodes_usable > 0), 0)::bigint as some_ms,
    coalesce(sum(ms) filter (where nodes_usable = 0 and nodes_down = 1), 0)::bigint as only_ms,
    coalesce(any_value(m.nodes), []) as some_nodes
from lengths l left join most m on m.proxy = l.proxy and m.server = l.server
group by l.proxy, l.server
order by some_ms desc, all_ms desc, l.proxy, l.server;
