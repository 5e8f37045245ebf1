-- Which outages belong together? Private; incidents are built on it. Standbys of role backends are left out.

-- How long may a backend take from one check to the next? Only lines of one run of checks tell, so only with option log-health-checks.
create or replace view store.check_intervals as
select proxy, max(gap_ms) as interval_ms from store.check_gaps group by proxy;

-- Two outages belong together if they share the backend, the server's name or the node, and the later one begins near the
-- earlier one's begin; for backend and server's name also while that one lasts or near its end. Near is 10 s or 3 check intervals.
-- What has been down for 10 minutes is a condition that stands: what begins later has a cause of its own. On a node that
-- serves many backends something always is down: there only the common begin tells of a common cause.
-- Of the incidents that touch a range of time, and of some others. Outages that are apart in time cannot belong together, whatever they
-- share: only stretches of outages near to each other that touch the range are looked at. Narrow rows, as all outages are sorted for that.
-- roles is the name of what has node and proxy of the role backends.
create or replace macro store.incident_outages_of(roles, begin_at, end_at) as table
with recursive told as materialized (
    select o.record_key, o.node, o.proxy, o.server, o.started_at, o.ended_at, epoch_ms(o.started_at) as from_ms,
        least(epoch_ms(coalesce(o.ended_at, timestamptz '9999-01-01')), epoch_ms(o.started_at) + 600000) as held_ms,
        least(600000, greatest(10000, coalesce(3 * c.interval_ms, 0))) as near_ms
    from store.own_outages o left join store.check_intervals c on c.proxy = o.proxy
        anti join query_table(roles) r on r.node = o.node and r.proxy = o.proxy
), reaches as materialized (
    select from_ms - near_ms as first_ms, greatest(from_ms, held_ms) + near_ms as last_ms, started_at,
        coalesce(ended_at, timestamptz 'infinity') as ended_at
    from told
), stretches as materialized (
    select *, sum(is_apart::int) over (order by first_ms) as stretch
    from (
        select *, coalesce(max(last_ms) over (order by first_ms rows between unbounded preceding and 1 preceding) < first_ms, true) as is_apart
        from reaches
    )
), own as materialized (
    select * from told
    where from_ms - near_ms in (
        select first_ms from stretches
        where stretch in (
            select stretch from stretches group by stretch
            having min(started_at) < end_at::timestamptz and max(ended_at) > begin_at::timestamptz))
), placed as (
    select record_key, node, proxy, server, from_ms, held_ms, near_ms, row_number() over (order by from_ms, record_key) as place from own
), chained as (
    -- 1 where a chain begins: neither reach of those before to this one, nor of this one back to them.
    select record_key, node, proxy, server, place,
        (coalesce(from_ms > max(held_ms + near_ms) over of_backend, true)
            and coalesce(from_ms - near_ms > max(held_ms) over of_backend, true)) as backend_begins,
        (coalesce(from_ms > max(held_ms + near_ms) over of_server, true)
            and coalesce(from_ms - near_ms > max(held_ms) over of_server, true)) as server_begins,
        (coalesce(from_ms > max(from_ms + near_ms) over of_node, true)
            and coalesce(from_ms - near_ms > max(from_ms) over of_node, true)) as node_begins
    from placed
    window of_backend as (partition by proxy order by place rows between unbounded preceding and 1 preceding),
        of_server as (partition by server order by place rows between unbounded preceding and 1 preceding),
        of_node as (partition by node order by place rows between unbounded preceding and 1 preceding)
), numbered as materialized (
    -- Each chain has the place of its first outage.
    select record_key,
        max(case when backend_begins then place end) over (partition by proxy order by place) as of_backend,
        max(case when server_begins then place end) over (partition by server order by place) as of_server,
        max(case when node_begins then place end) over (partition by node order by place) as of_node
    from chained
), meeting as (
    -- Chains of backends that an outage of the same chain of a server's name or of a node joins, each with the first of them.
    select distinct n.of_backend, f.first
    from numbered n join (select of_server, min(of_backend) as first from numbered group by of_server) f on f.of_server = n.of_server
    union
    select distinct n.of_backend, f.first
    from numbered n join (select of_node, min(of_backend) as first from numbered group by of_node) f on f.of_node = n.of_node
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
select i.first as incident, o.record_key, substr(md5(o.record_key), 1, 12) as outage_id, o.node, o.proxy, o.server, o.started_at,
    o.ended_at, o.from_ms, o.near_ms
from own o join numbered n on n.record_key = o.record_key join incident i on i.chain = n.of_backend;

create or replace view store.incident_outages as
select * from store.incident_outages_of('main.role_backends', timestamptz '-infinity', timestamptz 'infinity');
