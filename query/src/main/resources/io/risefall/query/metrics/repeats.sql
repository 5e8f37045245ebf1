-- How many of the health lines repeat another line?
select p.source, p.repeats + coalesce(r.repeats, 0) as value
from store.positions p
    left join (select source, count(*) as repeats from store.repeats where repeat > 0 group by source) r
        on r.source = p.source
order by p.source
