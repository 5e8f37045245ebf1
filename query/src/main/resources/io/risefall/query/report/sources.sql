-- Where did the lines come from, and what became of them?
select
    source, lines, events, traffic, "foreign" as other, repeats, rejected, unstamped,
    epoch_us(first_at) as first_us,
    epoch_us(last_at) as last_us
from ingest, (select cast(? as varchar) as node) requested
where requested.node is null or source in (select n.source from store.position_nodes n where n.node = requested.node)
order by source;
