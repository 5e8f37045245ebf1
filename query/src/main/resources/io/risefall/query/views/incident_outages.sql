-- Which outages belong together? Private; incidents are built on it. Standbys of role backends are left out.

-- How long may a backend take from one check to the next? Only lines of one run of checks tell, so only with option log-health-checks.
create or replace view store.check_intervals as
select proxy, max(gap_ms) as interval_ms from store.check_gaps group by proxy;

-- Two outages belong together if they share the backend, the server's name or the node, and the later one begins near the
-- earlier one's begin; for backend and server's name also while that one lasts or near its end. Near is 10 s or 3 check intervals.
-- What has been down for 10 minutes is a condition that stands: what begins later has a cause of its own. On a node that
-- serves many backends something always is down: there only the common begin tells of a common cause.
create or replace view store.incident_outages as
with recursive own as (
    select o.*, epoch_ms(started_at) as from_ms,
        least(epoch_ms(coalesce(ended_at, timestamptz '9999-01-01')), epoch_ms(started_at) + 600000) as held_ms,
        least(600000, greatest(10000, coalesce(3 * c.interval_ms, 0))) as near_ms
    -- Not the table of the same name.
    from main.outages o left join store.check_intervals c on c.proxy = o.proxy
    where not role
), chained as (
    -- 1 where a chain begins: neither reach of those before to this one, nor of this one back to them.
    select *,
        (coalesce(from_ms > max(held_ms + near_ms) over of_backend, true)
            and coalesce(from_ms - near_ms > max(held_ms) over of_backend, true))::int as backend_begins,
        (coalesce(from_ms > max(held_ms + near_ms) over of_server, true)
            and coalesce(from_ms - near_ms > max(held_ms) over of_server, true))::int as server_begins,
        (coalesce(from_ms > max(from_ms + near_ms) over of_node, true)
            and coalesce(from_ms - near_ms > max(from_ms) over of_node, true))::int as node_begins
    from own
    window of_backend as (partition by proxy order by from_ms, outage_id rows between unbounded preceding and 1 preceding),
        of_server as (partition by server order by from_ms, outage_id rows between unbounded preceding and 1 preceding),
        of_node as (partition by node order by from_ms, outage_id rows between unbounded preceding and 1 preceding)
), numbered as materialized (
    select *,
        sum(backend_begins) over (order by proxy, from_ms, outage_id)::bigint as of_backend,
        sum(server_begins) over (order by server, from_ms, outage_id)::bigint as of_server,
        sum(node_begins) over (order by node, from_ms, outage_id)::bigint as of_node
    from chained
), meeting as (
    -- Chains of backends that an outage of the same chain of a server's name or of a node joins, each with the first of them.
    select distinct of_backend, min(of_backend) over (partition by of_server) as first from numbered
    union
    select distinct of_backend, min(of_backend) over (partition by of_node) from numbered
), joins as materialized (
    select of_backend as a, first as b from meeting where of_backend <> first
    union all
    select first, of_backend from meeting where of_backend <> first
), incident(chain, first) using key (chain) as (
    select distinct of_backend, of_backend from numbered
    union
    (select j.b, min(i.first)
    from incident i join joins j on j.a = i.chain join recurring.incident known on known.chain = j.b
    group by j.b, known.first
    having min(i.first) < known.first)
)
select i.first as incident, n.* exclude (backend_begins, server_begins, node_begins, of_backend, of_server, of_node)
from numbered n join incident i on i.chain = n.of_backend;
