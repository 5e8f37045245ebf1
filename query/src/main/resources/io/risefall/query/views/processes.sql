-- Which HAProxy processes were heard, and when?
create or replace view processes as
-- The last minute begins before the first line where it is the only one. Compared over all signs and not in each: how
-- many there are of a minute depends on how often what was read was committed.
select node, pid, min(first_at) as first_at, greatest(min(first_at), max(last_at)) as last_at,
    bool_or(master) as master
from (
    -- The highest bit is the last minute.
    select node, pid, first_at, hour + to_minutes(length(bin(minutes)) - 1) as last_at, false as master
    from store.signs
    union all
    select node, pid, "at", "at", kind = 'master' from store.events
)
where pid is not null
group by node, pid;

comment on view processes is 'The HAProxy processes of each node, by their lines of any kind of the last weeks. Two with the same pid are one here.';
comment on column processes.node is 'The HAProxy host.';
comment on column processes.pid is 'The process.';
comment on column processes.first_at is 'Its first line.';
comment on column processes.last_at is 'Its last sign of life: of health its time, of traffic the minute that it came in; never before first_at.';
comment on column processes.master is 'Whether it speaks of workers, as a master process does; it serves nothing itself.';
