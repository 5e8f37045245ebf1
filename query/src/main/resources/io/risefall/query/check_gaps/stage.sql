-- What was touched, and what comes of it? Columns one by one: of a table that is made as a SELECT with LIMIT 0, DuckDB 2.0.0 loses the
-- rows that a large INSERT of the same transaction puts there.
create or replace temp table stage_touched (node varchar, proxy varchar, server varchar, span bigint);
create or replace temp table stage_check_spans (
    node varchar, proxy varchar, server varchar, pid bigint, span bigint, first_ms bigint, first_place bigint, last_ms bigint,
    last_place bigint, within_ms bigint, gap_ms bigint);
