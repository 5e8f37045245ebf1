-- How long did a backend take on these days from one check to the next? Parameters: first and last span.
insert into store.check_gaps
select node, proxy, date '1970-01-01' + (span // 144)::integer as day, max(gap_ms)
from store.check_spans
where span >= $1::bigint // 144 * 144 and span < (($2::bigint + 144) // 144 + 1) * 144 and gap_ms is not null
    and (node, proxy) in (select (t.node, t.proxy) from stage_touched t)
group by node, proxy, day;
