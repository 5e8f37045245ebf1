-- What has each source carried, is it read, and when did something last come there?
select i.source, i.received, i.events, i.traffic, i."foreign" as foreign_lines, i.repeats, i.rejected, i.unknown_header, i.waiting, i.dropped, i.lost,
    i.live, p.live as followed, epoch_us(i.as_of) as as_of_us, epoch_us(coalesce(s.last_at, n.last_at)) as last_us,
    i.absences, i.absent_ms, i.level_cap
from ingest i
join store.positions p using (source)
left join (select source, max(last_at) as last_at from senders group by source) s using (source)
left join (select source, max(last_at) as last_at from nodes group by source) n using (source)
order by p.live desc, last_us desc nulls last, i.source
limit ?::bigint;
