-- When did Risefall itself not listen?
create or replace view absences as
select source, from_at, max(to_at) as to_at, epoch_ms(max(to_at)) - epoch_ms(from_at) as ms, any_value(why) as why,
    coalesce(list(node order by node) filter (where node <> ''), []) as nodes
from store.absences
group by source, from_at;

-- The same as spans of each node that do not overlap.
create or replace view store.absent_spans as
select node, min(from_at) as from_at, max(to_at) as to_at
from (
    select *, sum(begins) over (partition by node order by from_at, to_at) as span
    from (
        select node, from_at, to_at,
            coalesce(from_at > max(to_at) over (partition by node order by from_at, to_at
                rows between unbounded preceding and 1 preceding), true)::integer as begins
        from store.absences
    )
)
group by node, span;

comment on view absences is 'Times in which Risefall did not listen to a source that cannot send again. Lines printed meanwhile are lost, and the state of a server stays uncertain until its next line, unless another source has the lines of its node. Files, journals and RELP lose nothing and have no rows here.';
comment on column absences.source is 'The source.';
comment on column absences.from_at is 'When Risefall last listened to it. After a kill, at most half a second earlier.';
comment on column absences.to_at is 'When Risefall listened to it again.';
comment on column absences.ms is 'Its length.';
comment on column absences.why is 'The cause.';
comment on column absences.nodes is 'HAProxy hosts that had logged to the source by then.';
