-- Which lines did some nodes say at some moments, of whatever? Parameters, as lists: node, when.
with asked as (
    select unnest(?::varchar[]) as node, unnest(?::bigint[]) as at_us
), moments as (
    select *, row_number() over () as nr, make_timestamptz(at_us) as "at" from asked
)
select m.nr, 1 as of_all, epoch_us(e."at") as at_us, epoch_us(received_at) as received_us, e.node, e.proxy, e.server,
    e.pid, e.kind, e.agent, e.outcome, e.reason, e.code, e.duration_ms, e.health, e.threshold,
    e.state, e.message, e.line, e.source, e.position, e.repeat,
    exists (
        select 1 from store.repeats r
        where r.source = e.source and r.position = e.position and r.repeat = e.repeat
    ) as again
from moments m join store.events e on e.node = m.node and e."at" = m."at"
qualify row_number() over (partition by m.nr order by e.source, e.position, e.repeat) <= 20
order by m.nr, e.source, e.position, e.repeat;
