-- How many lines has each source received?
select source, lines + coalesce(waiting, 0) as value from store.positions order by source
