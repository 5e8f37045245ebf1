-- When did a node print nothing for longer than is its habit?
create or replace view silences as
select s.node, s.from_at, s.to_at, epoch_ms(s.to_at) - epoch_ms(s.from_at) as duration_ms, s.habit_ms
from store.silences s
union all
select h.node, h.heard_until, null, epoch_ms(known.until_at) - epoch_ms(h.heard_until), h.habit_ms
from store.habits h join store.node_known known on known.node = h.node
where epoch_ms(known.until_at) - epoch_ms(h.heard_until)
    -- Where Risefall was away, the silence is not the node's.
    - (select coalesce(sum(epoch_ms(a.to_at) - epoch_ms(greatest(a.from_at, h.heard_until))), 0)
        from store.absent_spans a where a.node = h.node and a.to_at > h.heard_until)
    > greatest(600000, 3 * h.habit_ms);

comment on view silences is 'Times in which a node printed nothing, not even traffic, for longer than usual: HAProxy, its host or the path of its log was down. Servers that were up are unknown meanwhile. Absences of Risefall itself (see absences) do not count.';
comment on column silences.node is 'The HAProxy host.';
comment on column silences.from_at is 'End of its last minute with a line, in any source.';
comment on column silences.to_at is 'Start of its next minute with a line; null while it lasts.';
comment on column silences.duration_ms is 'Its length; so far, while it lasts.';
comment on column silences.habit_ms is 'The length that 99 % of the pauses between its minutes with traffic did not exceed, within a week.';
