-- When was each process of a node first heard in a span of time, and with which health line, if it was one? Parameters: node, from
-- when, to when.
with asked as (
    select ? as node, make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
), lines as (
    select e.*, exists (
            select 1 from store.repeats r
            where r.source = e.source and r.position = e.position and r.repeat = e.repeat) as again
    from store.events e, asked where e.node = asked.node and e.pid is not null
    -- Of one second, a stamp with fractions goes before one that only names the second.
    qualify row_number() over (partition by e.pid order by date_trunc('second', e."at"),
        e."at" = date_trunc('second', e."at"), e."at", e.source, e.position, e.repeat) = 1
), begun as (
    select p.pid, coalesce(l."at", p.first_at) as begun_at, l.* exclude (pid)
    from processes p join asked on asked.node = p.node
        left join lines l on l.pid = p.pid and date_trunc('second', l."at") = date_trunc('second', p.first_at)
)
select begun.pid, epoch_us(begun_at) as begun_us, begun."at" is not null as is_line, epoch_us("at") as at_us,
    epoch_us(received_at) as received_us, proxy, server, kind, agent, outcome, reason, code, duration_ms, health, threshold,
    state, message, line, source, position, repeat, again
from begun, asked
where begun_at >= asked.from_at and begun_at <= asked.to_at
order by begun_at, pid
limit 1000;
