-- Which health lines say again what another line has said?
-- Within a source: the same words of the same process as the line before it about that server; apart from switches only
-- within a second, because a backend can be empty again in the same words. Between sources: what one says first in a
-- stretch of equal words is what the other says first there; that with the finer stamp counts. As io.risefall.streams.Copies.
create or replace view store.told as
with spoken as (
    select *, coalesce(lag(message) over heard = message and lag(pid) over heard is not distinct from pid
        and (kind = 'switch' or "at" - lag("at") over heard <= interval 1 second), false) as doubled
    from store.events
    window heard as (partition by source, node, proxy, server order by "at", position, repeat)
), stretches as (
    select *, sum(case when "at" - before_at <= interval 1 second then 0 else 1 end)
        over (partition by node, pid, message order by "at" rows unbounded preceding) as stretch
    from (
        select *, lag("at") over (partition by node, pid, message order by "at") as before_at
        from spoken where not doubled
    )
), numbered as (
    select *, row_number() over (
        partition by node, pid, message, stretch, source order by "at", position, repeat) as nth
    from stretches
)
select source, position, repeat, row_number() over (
    partition by node, pid, message, stretch, nth order by "at" = date_trunc('second', "at"), source, position) > 1 as again
from numbered
union all
select source, position, repeat, true as again from spoken where doubled;
