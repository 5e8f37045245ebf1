-- Which HAProxy hosts speak where, and are their clocks right?
create or replace view nodes as
select n.node, n.source, n.last_at, c.behind_ms as clock_behind_ms,
    k.reach_ms as corrections_ms, coalesce(k.too_late, 0) as too_late, h.habit_ms, g.node is not null as silent,
    coalesce(l.lost, 0) as lost, same.host as same_as,
    coalesce(b.records, 0) as behind, b.since_at as behind_since
from store.position_nodes n
left join store.position_clocks c on c.source = n.source and c.node = n.node
left join store.corrections k on k.node = n.node
left join store.habits h on h.node = n.node
left join store.same_hosts same on same.node = n.node
left join store.nodes_behind b on b.node = n.node and b.since_at < now() - interval 30 seconds
left join silences g on g.node = n.node and g.to_at is null
left join (select node, sum(missing)::bigint as lost from store.own_losses group by node) l on l.node = n.node;

comment on view nodes is 'Each HAProxy host and the sources that have its lines.';
comment on column nodes.node is 'The HAProxy host.';
comment on column nodes.source is 'A source that has its lines.';
comment on column nodes.last_at is 'Event time of its latest line in the source, traffic included.';
comment on column nodes.clock_behind_ms is 'How far its timestamps are behind the arrival of its lines: the minimum of its last minute with lines. Negative if its clock is ahead. Null if the arrival is unknown, or if lines are more than 5 s late and the delay was not constant for five minutes.';
comment on column nodes.corrections_ms is 'How much older than the newest line of its server a line of this node may be and still correct the past; null before its first health line.';
comment on column nodes.too_late is 'Health lines of this node, from all sources, that arrived later than that. They are events, but changed no state.';
comment on column nodes.habit_ms is 'The length that 99 % of the pauses between its minutes with traffic do not exceed; null without enough traffic.';
comment on column nodes.silent is 'True if its present pause is longer than usual.';
comment on column nodes.lost is 'Minimum number of changes of its servers that have no line in any source although counts prove them (see losses).';
comment on column nodes.same_as is 'The host of which this seems to be another name (see same_hosts); else null.';
comment on column nodes.behind is 'Records of this node, or of others on its partition, that the streams part has not processed for more than half a minute. States, outages and reports of the node end there. 0 if streams keeps up.';
comment on column nodes.behind_since is 'When the streams part fell behind; null if it keeps up.';
