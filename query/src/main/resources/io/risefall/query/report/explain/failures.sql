-- Which lines are failed checks that count? Without log-health-checks that is the DOWN line, where it began an outage.
-- Parameters: from when, to when; node, proxy, server, reason, the reason in HAProxy's words, or nothing; code, - for none, or
-- nothing.
with asked as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at, ?::varchar as node, ?::varchar as proxy,
        ?::varchar as server, ?::varchar as reason, ?::varchar as words, ?::varchar as code
), lines as (
    select e.* exclude (duration_ms), coalesce(duration_ms,
            try_cast(regexp_extract(message, '.*check duration: (\d+)ms', 1) as bigint)) as duration_ms
    from store.events e, asked a
    where kind in ('check', 'switch') and a.node in ('', e.node) and a.proxy in ('', e.proxy) and a.server in ('', e.server)
        and e."at" < a.to_at and not exists (
            select 1 from store.repeats r
            where r.source = e.source and r.position = e.position and r.repeat = e.repeat)
), stays as (
    -- After maintenance HAProxy begins to check anew; an agent is asked all along.
    select *, sum(regexp_matches(message,
            '^(Backup )?Server [^ ]+ (\(''[^'']*''\) )?is (UP|DOWN)(/(READY|DRAIN))? \((leaving (forced )?maintenance|resolves again)\)')::int)
            over (partition by node, proxy, server order by "at", source, position, repeat) as stay
    from lines
), checks_in_order as (
    -- A check line with the same outcome and n/m as the one before it repeats it.
    select *, coalesce(lag(outcome) over before = outcome and lag(health) over before is not distinct from health
            and lag(threshold) over before is not distinct from threshold and lag(reason) over before is not distinct from reason
            and lag(code) over before is not distinct from code and lag(pid) over before is not distinct from pid, false) as same
    from stays where kind = 'check'
    window before as (partition by node, proxy, server, agent, case when agent then 0 else stay end
        order by "at", source, position, repeat)
), failed as (
    select s.* exclude (same, stay) from checks_in_order s, asked a
    where outcome = 'failed' and s.reason is not null and not same and "at" >= a.from_at and a.reason in ('', s.reason)
        and (a.code = '' or a.code = '-' and s.code is null or s.code = try_cast(a.code as integer))
    union all
    select s.* from lines s, asked a
    where kind = 'switch' and "at" >= a.from_at and regexp_matches(message, '^(Backup )?Server [^ ]+ is DOWN, reason: ')
        and a.words in ('', regexp_extract(message, '^(?:Backup )?Server [^ ]+ is DOWN, reason: ([^,.]+)', 1))
        and a.code in ('', coalesce(nullif(
            regexp_extract(message, '^(?:Backup )?Server [^ ]+ is DOWN, reason: [^,.]+, code: (-?\d+)', 1), ''), '-'))
        and exists (
            select 1 from store.told_outages o
            where o.node = s.node and o.proxy = s.proxy and o.server = s.server
                and o.started_at >= s."at" and o.started_at <= s."at" + interval 1 millisecond)
)
select count(*) over () as of_all, max(duration_ms) over () as slowest, epoch_us("at") as at_us,
    epoch_us(received_at) as received_us, node, proxy, server, pid, kind, agent, outcome, reason, code, duration_ms, health,
    threshold, state, message, line, source, position, repeat, false as again
from failed
order by "at", node, source, position, repeat
limit 400;
