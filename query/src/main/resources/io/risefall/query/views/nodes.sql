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

comment on view nodes is 'Each HAProxy host and the sources in which it speaks.';
comment on column nodes.node is 'The HAProxy host.';
comment on column nodes.source is 'A source that has lines of it.';
comment on column nodes.last_at is 'Event time of its latest line there, traffic included.';
comment on column nodes.clock_behind_ms is 'How far its stamps are behind the arrival of its lines, the least in its last minute with lines; less than zero where its clock is ahead; null where arrival is not known, and where lines are late by more than 5 s, but not by the same for five minutes.';
comment on column nodes.corrections_ms is 'A line of this node that is so much older than the newest one of its server still corrects the past; null before its first health line.';
comment on column nodes.too_late is 'Health lines of this node, of all sources, that came later than that: they are events, and changed no state.';
comment on column nodes.habit_ms is 'Of the pauses between its minutes with traffic, one in a hundred is longer; null where it has no habit.';
comment on column nodes.silent is 'Whether it is silent now, for longer than is its habit.';
comment on column nodes.lost is 'Changes of its servers, at least, that no line of any source tells of, though counts show them (view losses).';
comment on column nodes.same_as is 'The host of which this seems to be another name (view same_hosts); null where nothing says so.';
comment on column nodes.behind is 'Records of this node, or of others on its partition, that the streams part has not processed for more than half a minute: what states, outages and reports say of it stops there. 0: it keeps up.';
comment on column nodes.behind_since is 'Since when it has not been at the end; null where it keeps up.';
