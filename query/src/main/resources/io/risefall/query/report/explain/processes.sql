-- With which line was each process of a node first heard in a stretch? Parameters: node, from when, to when.
with asked as (
    select ? as node, make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
), firsts as (
    select e.pid, min(e."at") as first_at
    from store.events e, asked where e.node = asked.node and e.pid is not null group by e.pid
)
select 1 as nr, 1 as of_all, epoch_us(e."at") as at_us, epoch_us(received_at) as received_us, e.node, e.proxy, e.server,
    e.pid, e.kind, e.agent, e.outcome, e.reason, e.code, e.duration_ms, e.health, e.threshold,
    e.state, e.message, e.line, e.source, e.position, e.repeat, false as again
from firsts, asked, store.events e
where first_at >= asked.from_at and first_at <= asked.to_at and e.node = asked.node and e.pid = firsts.pid
    and e."at" = first_at
qualify row_number() over (partition by e.pid order by e.source, e.position, e.repeat) = 1
order by e."at", e.pid
limit 1000;
