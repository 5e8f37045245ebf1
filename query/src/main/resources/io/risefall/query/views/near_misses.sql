-- Which servers failed checks and recovered before they went DOWN, and did they go DOWN soon after?
create or replace view near_misses as
with checked as (
    -- Per process: another one begins with all lives. An agent has one life, so that it never nearly misses.
    select *, outcome = 'failed' and state <> 'down' as fell
    from store.check_lines where not agent and state is not null and node not in (select node from store.folded_nodes)
), lines as (
    select *, lag(fell) over process as fell_before, lag(health) over process as health_before,
        row_number() over process as place, lead("at") over process as next_at, lead(outcome) over process as next_outcome,
        lead(state) over process as next_state
    from checked window process as (partition by node, proxy, server, pid order by "at", source, position, repeat)
), numbered as (
    -- Lives come back all at once: a failed check that leaves no fewer than the one before begins a new fall.
    select *, sum(case when fell_before and health < health_before then 0 else 1 end)
            over (partition by node, proxy, server, pid order by place) as fall
    from lines where fell
), falls as (
    select node, proxy, server, min("at") as "at", max("at") as last_at, min(health) as lowest,
        arg_max(threshold, place) as threshold, arg_max(reason, place) as reason, arg_max_null(code, place) as code,
        arg_max_null(info, place) as info, arg_max_null(next_at, place) as next_at,
        arg_max_null(next_outcome, place) as next_outcome, arg_max_null(next_state, place) as next_state
    from numbered group by node, proxy, server, pid, fall
), recovered as (
    select *, case when next_outcome <> 'failed' then next_at end as recovered_at
    from falls where next_state <> 'down'
), ended as (
    select node, proxy, server, from_at from states where state in ('down', 'maint')
), missed as (
    -- A DOWN of which the check lines were lost, or maintenance, which gives all lives back.
    select r.*
    from recovered r asof left join ended e
        on e.node = r.node and e.proxy = r.proxy and e.server = r.server and r.next_at >= e.from_at
    where e.from_at is null or e.from_at <= r."at"
), later as (
    select outage_id, node, proxy, server, started_at
    from store.told_outages where not agent and via is null and coalesce(reason_text, '') not like 'changed from %'
)
select m.node, m.proxy, m.server, m."at", m.recovered_at, m.lowest, m.threshold, m.reason, m.code, m.info,
    coalesce(o.started_at <= m.last_at + interval 1 hour, false) as became_outage,
    case when o.started_at <= m.last_at + interval 1 hour then o.outage_id end as outage_id
from missed m asof left join later o
    on o.node = m.node and o.proxy = m.proxy and o.server = m.server and m.last_at < o.started_at;

comment on view near_misses is 'Failed checks of a server that stayed up, followed by a passed check. Only with option log-health-checks.';
comment on column near_misses.node is 'The HAProxy host.';
comment on column near_misses.proxy is 'The backend.';
comment on column near_misses.server is 'The server.';
comment on column near_misses."at" is 'Time of the first failed check.';
comment on column near_misses.recovered_at is 'Time of the passed check; null if its line was lost and the next near miss proves it.';
comment on column near_misses.lowest is 'The n of the lowest n/m: failures left before DOWN.';
comment on column near_misses.threshold is 'The m of n/m: fall.';
comment on column near_misses.reason is 'HAProxy''s short code of the last failed check, such as L7TOUT.';
comment on column near_misses.code is 'HTTP status, exit code or similar of that check.';
comment on column near_misses.info is 'Text from the server or the system; untrusted.';
comment on column near_misses.became_outage is 'True if an outage caused by its checks began within an hour of the last failed check.';
comment on column near_misses.outage_id is 'That outage; null without one.';
