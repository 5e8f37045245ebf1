-- Which servers failed checks and recovered before they went DOWN, and did they go DOWN soon after?
-- Of those that began in a range of time; of all lines it reads those of the range, of an hour before it, and of a day after it those of
-- servers whose fall may reach beyond it.
-- chosen is the name of what has rows of store.check_lines: all of some servers.
create or replace macro store.near_misses_of(chosen, begin_at, end_at) as table
with within as (
    -- Per process: another one begins with all lives. An agent has one life, so that it never nearly misses.
    select "at", node, proxy, server, pid, source, position, repeat, outcome, state, health, threshold, reason, code, info,
        outcome = 'failed' and state <> 'down' as fell
    from query_table(chosen)
    where not agent and state is not null and node not in (select node from store.folded_nodes)
        and "at" >= begin_at::timestamptz - interval 1 hour and "at" < end_at::timestamptz
), falling as (
    -- Only what has just fallen may go on falling, or recover, after the range.
    select node, proxy, server from within where fell and "at" >= end_at::timestamptz - interval 1 hour
), checked as (
    select * from within
    union all
    select c."at", c.node, c.proxy, c.server, c.pid, c.source, c.position, c.repeat, c.outcome, c.state, c.health, c.threshold, c.reason,
        c.code, c.info, c.outcome = 'failed' and c.state <> 'down'
    from query_table(chosen) c semi join falling f on f.node = c.node and f.proxy = c.proxy and f.server = c.server
    where not c.agent and c.state is not null
        and c."at" >= end_at::timestamptz and c."at" < end_at::timestamptz + interval 1 day
), lines as (
    select *, lag(fell) over process and "at" - lag("at") over process <= interval 1 hour as fell_before,
        lag(health) over process as health_before, row_number() over process as place, lead("at") over process as next_at,
        lead(outcome) over process as next_outcome,
        -- One that comes more than an hour later tells nothing: lines between them were lost.
        case when lead("at") over process - "at" <= interval 1 hour then lead(state) over process end as next_state
    from checked window process as (partition by node, proxy, server, pid order by "at", source, position, repeat)
), numbered as (
    -- Lives come back all at once: a failed check that leaves no fewer than the one before begins a new fall. So does one that comes
    -- more than an hour later: lines between them were lost.
    select *,
        sum(case when fell_before and health < health_before then 0 else 1 end)
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
    from falls where next_state <> 'down' and "at" >= begin_at::timestamptz and "at" < end_at::timestamptz
), ended as (
    select node, proxy, server, from_at from store.own_states
    where state in ('down', 'maint') and from_at >= begin_at::timestamptz and from_at < end_at::timestamptz + interval 2 day
), missed as (
    -- A DOWN of which the check lines were lost, or maintenance, which gives all lives back.
    select r.*
    from recovered r asof left join ended e
        on e.node = r.node and e.proxy = r.proxy and e.server = r.server and r.next_at >= e.from_at
    where e.from_at is null or e.from_at <= r."at"
), later as (
    select substr(md5(record_key), 1, 12) as outage_id, node, proxy, server, started_at
    from store.own_outages
    where not agent and via is null and coalesce(reason_text, '') not like 'changed from %'
        and started_at >= begin_at::timestamptz and started_at < end_at::timestamptz + interval 2 day
)
select m.node, m.proxy, m.server, m."at", m.recovered_at, m.lowest, m.threshold, m.reason, m.code, m.info,
    coalesce(o.started_at <= m.last_at + interval 1 hour, false) as became_outage,
    case when o.started_at <= m.last_at + interval 1 hour then o.outage_id end as outage_id
from missed m asof left join later o
    on o.node = m.node and o.proxy = m.proxy and o.server = m.server and m.last_at < o.started_at;

create or replace macro near_misses_between(begin_at, end_at) as table
select * from store.near_misses_of('store.check_lines', begin_at, end_at);

create or replace view near_misses as select * from near_misses_between(timestamptz '-infinity', timestamptz 'infinity');

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
