-- Where do a backend's counts not follow from the lines before them?
create or replace view losses as
select node, proxy, pid, from_at, to_at, missing, expected_active, expected_backup, seen_active, seen_backup,
    exists (select 1 from store.absences a where a.node = losses.node and a.from_at < losses.to_at and a.to_at > losses.from_at)
        as absence
from store.own_losses losses;

-- The same as spans of each backend that do not overlap.
create or replace view store.loss_spans as
select node, proxy, min(from_at) as from_at, max(to_at) as to_at
from (
    select *, sum(begins) over (partition by node, proxy order by from_at, to_at) as span
    from (
        select node, proxy, from_at, to_at,
            coalesce(from_at > max(to_at) over (partition by node, proxy order by from_at, to_at
                rows between unbounded preceding and 1 preceding), true)::integer as begins
        from store.own_losses
    )
)
group by node, proxy, span;

-- Where can a lost line tell otherwise of a server? Stretches of each that do not overlap.
create or replace view store.doubt_spans as
select node, proxy, server, min(from_at) as from_at, max(to_at) as to_at
from (
    select *, sum(begins) over (partition by node, proxy, server order by from_at, to_at) as span
    from (
        select *, coalesce(from_at > max(to_at) over (partition by node, proxy, server order by from_at, to_at
            rows between unbounded preceding and 1 preceding), true)::integer as begins
        from (
            select s.node, s.proxy, s.server, lost.from_at, lost.to_at
            from store.loss_spans lost
            join (
                -- Mostly there are none: then no state is read.
                select distinct o.node, o.proxy, o.server
                from store.own_states o semi join store.own_losses l on l.node = o.node and l.proxy = o.proxy
            ) s on s.node = lost.node and s.proxy = lost.proxy
            union all
            select node, proxy, server, from_at, greatest(from_at, coalesce(to_at, now())) from store.doubts
        )
    )
)
group by node, proxy, server, span;

comment on view losses is 'Counts of usable servers that do not follow from the lines before them: evidence of missing lines. Other explanations: a weight changed to or from 0, a log target that drops some levels, or an HAProxy restart with the same pid.';
comment on column losses.node is 'The HAProxy host.';
comment on column losses.proxy is 'The backend.';
comment on column losses.pid is 'The process that printed the counts.';
comment on column losses.from_at is 'Time of the last line whose counts matched.';
comment on column losses.to_at is 'Time of the line whose counts did not match.';
comment on column losses.missing is 'Minimum number of server changes without a line.';
comment on column losses.expected_active is 'Usable active servers according to the lines before.';
comment on column losses.expected_backup is 'Usable backup servers according to the lines before.';
comment on column losses.seen_active is 'Usable active servers according to the line.';
comment on column losses.seen_backup is 'Usable backup servers according to the line.';
comment on column losses.absence is 'True if Risefall did not listen to a source of the node in this time, which explains what is missing.';
