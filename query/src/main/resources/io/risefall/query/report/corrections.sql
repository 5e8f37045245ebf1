-- How far back do late lines correct the past, and how many came too late?
select min(corrections_ms) as reach_ms, coalesce(sum(too_late), 0)::bigint as too_late
from (select distinct node, corrections_ms, too_late from nodes) nodes_of, (select cast(? as varchar) as node) requested
where requested.node is null or nodes_of.node = requested.node;
