-- Of which days can the longest time between two checks be another one? Parameters: first and last span.
delete from store.check_gaps
where day >= date '1970-01-01' + ($1::bigint // 144)::integer and day <= date '1970-01-01' + (($2::bigint + 144) // 144)::integer
    and (node, proxy) in (select (t.node, t.proxy) from stage_touched t);
