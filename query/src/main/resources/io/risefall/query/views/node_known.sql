-- Until when is the log of each node known, whatever name it has there? Now, while a live source that carries it is read to its end.
create or replace view store.node_known as
select coalesce(folded.host, shown.node) as node, least(max(until_at), now()) as until_at
from (
    select node, "at" as until_at from store.last_events
    union all
    select seen.node, case when read.live then greatest(read.as_of, seen.last_at) else seen.last_at end
    from store.position_nodes seen join store.positions read on read.source = seen.source
) shown
left join store.folded_nodes folded on folded.node = shown.node
group by coalesce(folded.host, shown.node);

-- Logs that end before that of another node does: what lasts in them is not known to last. Lines come seconds apart.
create or replace view store.ended_nodes as
select node, until_at from store.node_known where until_at < (select max(until_at) from store.node_known) - interval 1 minute;
