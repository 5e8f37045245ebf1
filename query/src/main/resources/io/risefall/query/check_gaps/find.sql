-- What do the check lines of some spans of ten minutes come to, and what follows for the spans of the day after? Parameters: first and last span.
-- A place is a number that grows by two from one line to the next in a run of checks that end alike, so that only neighbours of one run differ by two.
insert into stage_check_spans
with lines as (
    select e.node, e.proxy, e.server, e.pid, t.span, epoch_ms(e."at") as ms,
        case e.outcome when 'failed' then -2 * e.health::bigint else 2 * e.health::bigint + 1 end as place,
        row_number() over run as nth, epoch_ms(e."at") - lag(epoch_ms(e."at")) over run as since_ms,
        lag(case e.outcome when 'failed' then -2 * e.health::bigint else 2 * e.health::bigint + 1 end) over run as place_before
    from store.events e
    join stage_touched t on t.node = e.node and t.proxy = e.proxy and t.server = e.server and t.span = epoch_us(e."at") // 600000000
    anti join (
        select source, position, repeat from store.repeats
        where "at" >= make_timestamptz($1::bigint * 600000000) and "at" < make_timestamptz(($2::bigint + 1) * 600000000)
    ) r on r.source = e.source and r.position = e.position and r.repeat = e.repeat
    where e."at" >= make_timestamptz($1::bigint * 600000000) and e."at" < make_timestamptz(($2::bigint + 1) * 600000000)
        and e.kind = 'check' and not e.agent and e.outcome in ('failed', 'succeeded')
    window run as (partition by e.node, e.proxy, e.server, e.pid, t.span order by e."at", e.source, e.position, e.repeat)
), spans as (
    select node, proxy, server, pid, span, min(ms) as first_ms, arg_min_null(place, nth) as first_place, max(ms) as last_ms,
        arg_max_null(place, nth) as last_place, max(case when place = place_before + 2 then since_ms end) as within_ms
    from lines group by node, proxy, server, pid, span
    union all
    select s.node, s.proxy, s.server, s.pid, s.span, s.first_ms, s.first_place, s.last_ms, s.last_place, s.within_ms
    from store.check_spans s
    anti join stage_touched t on t.node = s.node and t.proxy = s.proxy and t.server = s.server and t.span = s.span
    where s.span >= $1::bigint and s.span <= $2::bigint + 144
        and (s.node, s.proxy, s.server) in (select (t.node, t.proxy, t.server) from stage_touched t)
    union all
    -- Of what was before, the last of each run.
    select s.node, s.proxy, s.server, s.pid, max(s.span), null, null, max(s.last_ms), arg_max_null(s.last_place, s.span), null
    from store.check_spans s
    where s.span >= $1::bigint - 144 and s.span < $1::bigint
        and (s.node, s.proxy, s.server) in (select (t.node, t.proxy, t.server) from stage_touched t)
    group by s.node, s.proxy, s.server, s.pid
), neighbours as (
    select *, first_ms - lag(last_ms) over run as since_ms, lag(last_place) over run as place_before
    from spans window run as (partition by node, proxy, server, pid order by span)
)
-- Nobody checks less often than once a day: lines were lost.
select node, proxy, server, pid, span, first_ms, first_place, last_ms, last_place, within_ms,
    greatest(within_ms, case when first_place = place_before + 2 and since_ms <= 86400000 then since_ms end)
from neighbours where span >= $1::bigint;
