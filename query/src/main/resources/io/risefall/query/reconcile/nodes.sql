-- Which nodes are known, from when and until when, and which of them logged as a process? Parameter: its pid, or null.
with asked as (select ?::bigint as pid)
select k.node, epoch_us(p.first_at) as first_us, epoch_us(k.until_at) as until_us, coalesce(p.has_pid, false) as has_pid,
    epoch_us(p.process_us) as process_us
from store.node_known k
left join (
    select processes.node, min(first_at) as first_at, bool_or(processes.pid = asked.pid) as has_pid,
        -- Where no pid is asked for, the latest process.
        coalesce(max(first_at) filter (where processes.pid = asked.pid), max(first_at) filter (where not master)) as process_us
    from processes, asked
    group by processes.node
) p on p.node = k.node
order by k.node;
