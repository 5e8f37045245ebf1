-- Which health lines of some spans of ten seconds repeat another line? Parameters: from when to when to look.
-- Within a log path (a source, and in it a sender, a facility, stderr): the same words of the same process as the line before it about
-- that server, of its own kind; of a whole backend as the line before it at all. Between log paths: in a run of equal words,
-- the first line of one path is the first line of the other; the one with the finer timestamp counts.
-- As Deduplicator of streams, which also minds the order of different words.
insert into stage_repeats
with near as (
    select "at", node, proxy, server, pid, kind, coalesce(agent, false) as agent, source, position, repeat,
        hash(if(kind = 'backend-empty', replace(message, '''', ''), message)) as words,
        hash(source, log_target) as log_path,
        "at" = date_trunc('second', "at") as whole
    from store.events
    where "at" >= make_timestamptz(?::bigint) and "at" < make_timestamptz(?::bigint)
        and epoch_us("at") // 10000000 in (select span from stage_spans)
), spoken as (
    select *, coalesce(lag(words) over neighbours = words and lag(pid) over neighbours is not distinct from pid
        and "at" - lag("at") over neighbours <= interval 3 second, false) as doubled
    from near where kind in ('switch', 'check')
    window neighbours as (partition by log_path, node, proxy, server, kind, agent order by "at", position, repeat)
    union all
    select *, coalesce(lag(words) over neighbours = words and lag(pid) over neighbours is not distinct from pid
        and "at" - lag("at") over neighbours <= interval 1 second, false)
    from near
    window neighbours as (partition by log_path, node, proxy order by "at", position, repeat)
    qualify kind not in ('switch', 'check')
), runs as (
    select *, count_if(coalesce("at" - before_at > interval 1 second, true))
        over (partition by node, proxy, server, pid, words
            order by "at", source, position, repeat rows unbounded preceding) as run
    from (
        select *, lag("at" + if(whole, interval 1 second, interval 0 second)) over same as before_at
        from spoken where not doubled
        window same as (partition by node, proxy, server, pid, words order by "at", source, position, repeat)
    )
), numbered as (
    select *, row_number() over (partition by node, proxy, server, pid, words, run, log_path
        order by "at", position, repeat) as nth
    from runs
), judged as (
    select "at", source, position, repeat, row_number() over (partition by node, proxy, server, pid, words, run, nth
        order by whole, source, position, log_path) > 1 as again
    from numbered
    union all
    select "at", source, position, repeat, true from spoken where doubled
)
select "at", source, position, repeat from judged
where again and epoch_us("at") // 10000000 in (select span from stage_spans where reported);
