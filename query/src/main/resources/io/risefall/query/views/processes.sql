-- Which HAProxy processes were heard, and when?
create or replace view processes as
select node, pid, min(first_at) as first_at, max(last_at) as last_at
from (
    -- The highest bit is the last minute.
    select node, pid, first_at, hour + to_minutes(length(bin(minutes)) - 1) as last_at from store.signs
    union all
    select node, pid, "at", "at" from store.events
)
where pid is not null
group by node, pid;

comment on view processes is 'The HAProxy processes of each node, by their lines of any kind of the last weeks. Two with the same pid are one here.';
comment on column processes.node is 'The HAProxy host.';
comment on column processes.pid is 'The process, a worker.';
comment on column processes.first_at is 'Its first line.';
comment on column processes.last_at is 'Its last sign of life: of health its time, of traffic the minute that it came in.';
