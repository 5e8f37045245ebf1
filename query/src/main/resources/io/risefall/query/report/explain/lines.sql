-- Which lines are there about some servers and their backends in some spans? Parameters, as lists: node, proxy,
-- server or nothing, from when, to when. Of a long span the first and the last ones.
with asked as (
    select unnest(?::varchar[]) as node, unnest(?::varchar[]) as proxy, unnest(?::varchar[]) as server,
        unnest(?::bigint[]) as from_us, unnest(?::bigint[]) as to_us
), spans as (
    select *, row_number() over () as nr, make_timestamptz(from_us) as from_at, make_timestamptz(to_us) as to_at from asked
), near as (
    select a.nr, e.*,
        row_number() over (partition by a.nr order by e."at", e.source, e.position, e.repeat) as place,
        count(*) over (partition by a.nr) as of_all
    from spans a join store.events e
        on e.node = a.node and e.proxy = a.proxy
        and (a.server in ('', e.server) or e.kind in ('backend-empty', 'proxy')
            or e.old_name = a.server)
        and e."at" >= a.from_at and e."at" <= a.to_at
)
select nr, of_all, epoch_us("at") as at_us, epoch_us(received_at) as received_us, near.node, near.proxy, near.server,
    near.pid, near.kind, near.agent, near.outcome, near.reason, near.code, near.duration_ms, near.health, near.threshold,
    near.state, near.up, near.active_left, near.backup_left, near.message, near.line, near.source, near.position, near.repeat,
    exists (
        select 1 from store.repeats r
        where r.source = near.source and r.position = near.position and r.repeat = near.repeat
    ) as again
from near
where place <= 300 or place > of_all - 100
order by nr, place;
