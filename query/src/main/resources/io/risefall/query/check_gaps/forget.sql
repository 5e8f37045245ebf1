-- Which spans are written again? Parameters: first and last span.
delete from store.check_spans
where span >= $1::bigint and span <= $2::bigint + 144
    and (node, proxy, server) in (select (t.node, t.proxy, t.server) from stage_touched t);
