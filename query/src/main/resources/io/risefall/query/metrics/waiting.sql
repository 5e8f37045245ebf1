-- How many of them are not read yet?
select source, coalesce(waiting, 0) as value from store.positions order by source
