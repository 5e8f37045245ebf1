-- Which health lines of some spans of ten seconds say again what another line has said? Parameters: from when to when to look.
-- Within a lane (a source, a sender, a facility, stderr): the same words of the same process as the line before it about
-- that server, of its own kind; of a whole backend as the line before it at all. Between lanes: what one says first in a
-- stretch of equal words is what the other says first there; that with the finer stamp counts.
-- As io.risefall.streams.Copies, which also minds the order of different words.
insert into stage_repeats
with near as (
    select "at", node, proxy, server, pid, kind, coalesce(agent, false) as agent, source, position, repeat,
        hash(if(kind = 'backend-empty', replace(message, '''', ''), message)) as words,
        hash(source, sender, regexp_extract(line, '^<(\d+)>', 1, ''), contains(line, '(' || pid || ') : ')) as lane,
        "at" = date_trunc('second', "at") as whole
    from store.events
    where "at" >= make_timestamptz(?::bigint) and "at" < make_timestamptz(?::bigint)
        and epoch_us("at") // 10000000 in (select span from stage_spans)
), spoken as (
    select *, coalesce(lag(words) over heard = words and lag(pid) over heard is not distinct from pid
        and "at" - lag("at") over heard <= interval 3 second, false) as doubled
    from near where kind in ('switch', 'check')
    window heard as (partition by lane, node, proxy, server, kind, agent order by "at", position, repeat)
    union all
    select *, coalesce(lag(words) over heard = words and lag(pid) over heard is not distinct from pid
        and "at" - lag("at") over heard <= interval 1 second, false)
    from near
    window heard as (partition by lane, node, proxy order by "at", position, repeat)
    qualify kind not in ('switch', 'check')
), stretches as (
    select *, count_if(coalesce("at" - before_at > interval 1 second, true))
        over (partition by node, proxy, server, pid, words
            order by "at", source, position, repeat rows unbounded preceding) as stretch
    from (
        select *, lag("at" + if(whole, interval 1 second, interval 0 second)) over same as before_at
        from spoken where not doubled
        window same as (partition by node, proxy, server, pid, words order by "at", source, position, repeat)
    )
), numbered as (
    select *, row_number() over (partition by node, proxy, server, pid, words, stretch, lane
        order by "at", position, repeat) as nth
    from stretches
), said as (
    select "at", source, position, repeat, row_number() over (partition by node, proxy, server, pid, words, stretch, nth
        order by whole, source, position, lane) > 1 as again
    from numbered
    union all
    select "at", source, position, repeat, true from spoken where doubled
)
select "at", source, position, repeat from said
where again and epoch_us("at") // 10000000 in (select span from stage_spans where told);
