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

comment on view processes is 'HAProxy processes of each node, from all its lines of the last weeks. Two processes with the same pid are one row.';
comment on column processes.node is 'The HAProxy host.';
comment on column processes.pid is 'The process.';
comment on column processes.first_at is 'Time of its first line.';
comment on column processes.last_at is 'Time of its last health line, or the minute of its last traffic line; never before first_at.';
comment on column processes.master is 'True if it logs about workers, as a master process does. It serves no traffic.';
