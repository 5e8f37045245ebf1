-- Which zones of times are one of several, or not known, so that their lines were rejected?
select why, count(*) as lines
from rejected
where starts_with(why, 'the zone ')
group by why
order by lines desc, why
limit 5
