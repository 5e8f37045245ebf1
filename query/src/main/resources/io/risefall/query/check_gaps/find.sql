-- How long did a backend take on these days from one check to the next? Only neighbours in one run of checks tell. Parameters: from
-- when to when to look, which is a day longer than that: the line before may be of the day before.
insert into store.check_gaps
select node, proxy, day, max(gap_ms)
from (
    select node, proxy, ("at" at time zone 'UTC')::date as day, outcome, health, epoch_ms("at") - epoch_ms(lag("at") over run) as gap_ms,
        lag(outcome) over run as outcome_before, lag(health) over run as health_before
    from store.events e
    where "at" >= make_timestamptz(?::bigint) and "at" < make_timestamptz(?::bigint)
        and kind = 'check' and not agent and outcome in ('failed', 'succeeded')
        and (node, proxy) in (select (node, proxy) from stage_check_days)
        and not exists (
            select 1 from store.repeats r
            where r.source = e.source and r.position = e.position and r.repeat = e.repeat)
    window run as (partition by node, proxy, server, pid order by "at", source, position, repeat)
)
where outcome = outcome_before and health = health_before + case outcome when 'failed' then -1 else 1 end
    -- Nobody checks that seldom: lines were lost.
    and gap_ms <= 86400000
    and (node, proxy, day) in (select (node, proxy, day) from stage_check_days)
group by node, proxy, day;
