-- How long was nobody listening to each source?
select p.source, coalesce(sum(a.ms), 0) / 1000.0 as value from store.positions p left join absences a on a.source = p.source
group by p.source order by p.source
