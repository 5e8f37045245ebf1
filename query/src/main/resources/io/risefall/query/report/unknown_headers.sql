-- How many health sentences stand behind a header that is not known, and which form of one is the most frequent?
with most as (
    select example, tag from unknown_headers order by lines desc, source, shape limit 1
)
select any_value(counted.lines) as lines, any_value(most.example) as example, any_value(most.tag) as tag
from (select sum(unknown_header)::bigint as lines from ingest) counted left join most on true
having any_value(counted.lines) > 0
