-- How often was nobody listening to each source?
select p.source, count(a.source) as value from store.positions p left join absences a on a.source = p.source
group by p.source order by p.source
